// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/made_checkpoint.h"
#include "core/export/made_gguf.h"
#include "export/export_target.h"
#include "report/comparison.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace bitloupe;
using namespace bitloupe::tests;

namespace {

std::vector<std::uint16_t> choiceOf(const Plan& plan)
{
    std::vector<std::uint16_t> choice;
    for (const Choice& one : plan.choices)
        choice.push_back(one.option);
    return choice;
}

// Option d modulo how many there are: all widths come up.
std::vector<std::uint16_t> motley(const TargetProfile& profile)
{
    std::vector<std::uint16_t> choice;
    for (std::size_t d = 0; d < profile.decisions.size(); ++d)
        choice.push_back(static_cast<std::uint16_t>(d % profile.decisions[d].options.size()));
    return choice;
}

Plan planOf(const Bench& bench, const std::vector<std::uint16_t>& choice)
{
    Plan plan;
    plan.targetId = bench.profile.targetId;
    plan.modelDigest = bench.model->digest();
    for (const std::uint16_t option : choice)
        plan.choices.push_back({option});
    return completePlan(bench.profile, bench.evidence, std::move(plan)).value();
}

Evidence evidenceOf(const Model& model, const TargetProfile& profile)
{
    Analysis blank;
    blank.modelDigest = model.digest();
    blank.tensors.resize(model.tensors.size());
    return gatherEvidence(profile, blank);
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT
private slots:
    void init() { QVERIFY(m_bench.open(llamaConfig(), llamaTensors())); }

    void an_mlx_folder_is_the_plan_that_it_was_made_from()
    {
        const auto choice = motley(m_bench.profile);
        m_bench.plan = planOf(m_bench, choice);
        QVERIFY(m_bench.exportTo("mixed"));
        const auto written = openModel(m_bench.path("mixed"), Job());
        QVERIFY(written);
        const auto found = modelSide(m_bench.profile, &m_bench.evidence, **written);
        QVERIFY(found);
        const ComparedSide planned = planSide(m_bench.profile, m_bench.evidence, choice);
        for (std::size_t d = 0; d < planned.cells.size(); ++d) {
            QCOMPARE(found->cells[d].codec, planned.cells[d].codec);
            QCOMPARE(found->cells[d].bits, planned.cells[d].bits);
            QCOMPARE(found->cells[d].bytes, planned.cells[d].bytes);
        }
        QCOMPARE(found->damage, planned.damage);
        QCOMPARE(found->dataBytes, m_bench.plan.dataBytes);
        QCOMPARE(found->absent, std::size_t(0));
    }

    void a_gguf_file_is_found_by_the_names_that_its_profile_has()
    {
        MadeGguf gguf;
        QVERIFY(gguf.open(configOf("llama"), dense()));
        const TargetProfile& blocks = gguf.profile;
        const TargetProfile mlx = findExportTarget("mlx")->profile(*gguf.model, {}).value();
        const auto choice = motley(blocks);
        QVERIFY(gguf.exportAs(choice, "mixed.gguf", {}));
        const auto written = openModel(gguf.path("mixed.gguf"), Job()).value();
        QVERIFY(!modelSide(mlx, nullptr, *written));
        const TargetProfile* others[] = {&blocks};
        const auto found = modelSide(mlx, nullptr, *written, others);
        QVERIFY(found);
        QCOMPARE(found->absent, std::size_t(0));
        const ComparedSide planned = planSide(blocks, evidenceOf(*gguf.model, blocks), choice);
        for (std::size_t d = 0; d < mlx.decisions.size(); ++d)
            for (std::size_t o = 0; o < blocks.decisions.size(); ++o)
                if (blocks.decisions[o].sources == mlx.decisions[d].sources) {
                    QCOMPARE(found->cells[d].codec, planned.cells[o].codec);
                    QCOMPARE(found->cells[d].bytes, planned.cells[o].bytes);
                }
    }

    void the_source_itself_has_floats_everywhere()
    {
        const auto side = modelSide(m_bench.profile, &m_bench.evidence, *m_bench.model);
        QVERIFY(side);
        QCOMPARE(side->damage, 0.0);
        QCOMPARE(side->bitsPerWeight, 16.0);
        for (const ComparedCell& cell : side->cells)
            QCOMPARE(cell.codec, std::string("bf16"));
    }

    void a_model_of_other_names_is_refused_in_one_line()
    {
        Bench other;
        QVERIFY(other.open(R"({"model_type": "none"})", {{"a.weight", {64, 64}}}, true));
        const auto side = modelSide(m_bench.profile, nullptr, *other.model);
        QVERIFY(!side);
        QCOMPARE(side.error().code, Errc::badPlan);
        QVERIFY(side.error().detail.find('\n') == std::string::npos);
    }

    void what_is_missing_on_one_side_has_no_difference()
    {
        auto tensors = llamaTensors();
        std::erase_if(tensors, [](const MadeTensor& one) {
            return one.name == "model.layers.1.mlp.down_proj.weight";
        });
        Bench other;
        QVERIFY(other.open(llamaConfig(), tensors, true));
        const auto side = modelSide(m_bench.profile, &m_bench.evidence, *other.model);
        QVERIFY(side);
        QCOMPARE(side->absent, std::size_t(1));
        QVERIFY(std::isnan(side->damage));
        const auto whole = modelSide(m_bench.profile, &m_bench.evidence, *m_bench.model);
        int empty = 0;
        for (std::size_t d = 0; d < side->cells.size(); ++d)
            empty += bitsDifference(whole->cells[d], side->cells[d]) ? 0 : 1;
        QCOMPARE(empty, 1);
    }

    void a_matrix_of_another_shape_is_not_compared()
    {
        auto tensors = llamaTensors();
        for (MadeTensor& one : tensors) {
            if (one.name == "model.layers.0.mlp.down_proj.weight")
                one.shape = {64, 256}; // more weights
            if (one.name == "model.layers.0.mlp.up_proj.weight")
                one.shape = {64, 128}; // as many, the other way round
        }
        Bench other;
        QVERIFY(other.open(llamaConfig(), tensors, true));
        const auto side = modelSide(m_bench.profile, &m_bench.evidence, *other.model);
        QVERIFY(side);
        QCOMPARE(side->absent, std::size_t(2));
        int differing = 0;
        for (const ComparedCell& cell : side->cells) {
            QVERIFY(!cell.otherShape || !cell.present());
            differing += cell.otherShape;
        }
        QCOMPARE(differing, 2);
        std::vector<std::uint32_t> all(m_bench.profile.decisions.size());
        std::iota(all.begin(), all.end(), 0U);
        const std::string table
            = comparisonTable(m_bench.profile, *side, *side, {}, all, TableFormat::csv);
        QCOMPARE(QString::fromStdString(table).count(QStringLiteral("other shape")), 4);
    }

    void the_table_has_differences_as_numbers_of_c()
    {
        QVERIFY(m_bench.planAll("affine-4-g64"));
        const auto a = planSide(m_bench.profile, m_bench.evidence, choiceOf(m_bench.plan));
        QVERIFY(m_bench.planAll("affine-6-g64"));
        const auto b = planSide(m_bench.profile, m_bench.evidence, choiceOf(m_bench.plan));
        std::vector<std::uint32_t> all(m_bench.profile.decisions.size());
        std::iota(all.begin(), all.end(), 0U);
        const QStringList lines = QString::fromStdString(
            comparisonTable(m_bench.profile, a, b, {}, all, TableFormat::csv))
                                      .split(QStringLiteral("\r\n"));
        QCOMPARE(lines.size(), qsizetype(all.size()) + 2);
        const qsizetype columns = lines.first().count(QLatin1Char(','));
        int changed = 0;
        for (qsizetype i = 1; i + 1 < lines.size(); ++i) {
            QCOMPARE(lines[i].count(QLatin1Char(',')), columns);
            const QStringList cells = lines[i].split(QLatin1Char(','));
            changed += cells[12] == QStringLiteral("-2");
            QCOMPARE(cells[13].toLongLong(), cells[6].toLongLong() - cells[10].toLongLong());
        }
        QVERIFY(changed > 10);
    }

private:
    Bench m_bench;
};

QTEST_APPLESS_MAIN(ComparisonTest)
#include "tst_comparison.moc"
