// SPDX-License-Identifier: GPL-3.0-or-later
// Exports steered by moments and encoded with feedback, on a tiny model of the llama family.
#include "core/export/made_checkpoint.h"
#include "export/export_model.h"
#include "measure/measure.h"
#include "measure/weigh.h"
#include "probe/probe.h"

#include <QTest>

#include <cmath>
#include <filesystem>

using namespace bitloupe;
using namespace bitloupe::tests;

namespace {

Job threads(unsigned count)
{
    Job job;
    job.threads = count;
    return job;
}

// The model's own moments, analysis and evidence.
struct Probed {
    std::shared_ptr<const Moments> moments;
    Analysis analysis;
    bool made = false;

    explicit Probed(const Bench& bench, unsigned count = 2)
    {
        auto found = probeModel(bench.model, ProbeTier::full, threads(count));
        auto plain = measureModel(bench.model, {.spectrum = false}, threads(count));
        if (!found || !plain)
            return;
        moments = std::make_shared<const Moments>(*std::move(found));
        auto weighed = weighCurves(bench.model, *std::move(plain), moments, threads(count));
        made = weighed.has_value();
        if (made)
            analysis = *std::move(weighed);
    }
};

ExportOptions feedbackOptions(const Probed& probed)
{
    ExportOptions options;
    options.encoder = Encoder::feedback;
    options.moments = probed.moments;
    options.selfTextOptions.sequences = 16;
    options.selfTextOptions.length = 16;
    return options;
}

bool openTiny(Bench& bench, bool tied = false)
{
    // The norms that exports don't need but the model does.
    auto tensors = llamaTensors(tied);
    const auto add = [&](const std::string& name) {
        for (const MadeTensor& tensor : tensors)
            if (tensor.name == name)
                return;
        tensors.push_back({name, {64}, DType::BF16, [](std::uint64_t) { return 1.0F; }});
    };
    for (const char* layer : {"model.layers.0.", "model.layers.1."}) {
        add(std::string(layer) + "input_layernorm.weight");
        add(std::string(layer) + "post_attention_layernorm.weight");
    }
    add("model.norm.weight");
    return bench.open(llamaConfig(tied), tensors);
}

} // namespace

class tst_SteeredExport : public QObject {
    Q_OBJECT

private slots:
    void steered_search_keeps_the_probes_promise()
    {
        Bench bench;
        QVERIFY2(openTiny(bench), bench.problem.c_str());
        const Probed probed(bench);
        QVERIFY(probed.made);
        bench.evidence = gatherEvidence(bench.profile, probed.analysis);
        QCOMPARE(bench.evidence.tier, 3);
        QVERIFY(bench.planAll("affine-4-g64"));
        ExportOptions options;
        options.moments = probed.moments;
        const auto report = bench.exportTo("out", options);
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QCOMPARE(report->outsideBound, std::uint64_t {0});
        int planned = 0;
        for (const TensorCheck& check : report->checks)
            planned += std::abs(check.nrmsePlanned - check.nrmseFound) < 1e-9 ? 1 : 0;
        QCOMPARE(planned, static_cast<int>(report->checks.size()));
    }

    void an_error_that_was_measured_exactly_is_kept_exactly()
    {
        Bench bench;
        QVERIFY2(openTiny(bench), bench.problem.c_str());
        const Probed probed(bench);
        QVERIFY(probed.made);
        bench.evidence = gatherEvidence(bench.profile, probed.analysis);
        QVERIFY(bench.planAll("affine-4-g64"));
        for (DecisionEvidence& decision : bench.evidence.decisions)
            for (OptionDetail& detail : decision.details)
                detail.probed.nrmse *= 1.001;
        ExportOptions options;
        options.moments = probed.moments;
        const auto report = bench.exportTo("out", options);
        QVERIFY(!report);
        QCOMPARE(report.error().code, Errc::verifyMismatch);
        QVERIFY(report.error().detail.find("the plan measured") != std::string::npos);
        QVERIFY(!std::filesystem::exists(bench.path("out")));
    }

    void steering_lowers_the_error_that_counts()
    {
        Bench bench;
        QVERIFY2(openTiny(bench), bench.problem.c_str());
        const Probed probed(bench);
        QVERIFY(probed.made);
        int reached = 0;
        for (const TensorScore& score : probed.analysis.tensors)
            for (const RatePoint& point : score.curve) {
                if (score.probed != ProbeTier::full)
                    continue;
                ++reached;
                QVERIFY(point.probed.nrmse >= point.nrmse * 0.99);
                QVERIFY(point.probed.inputError > 0 && point.probed.inputError < 1);
                QVERIFY(point.probed.damage > 0);
            }
        QVERIFY(reached > 100);
    }

    void feedback_is_the_same_for_any_thread_count_data()
    {
        QTest::addColumn<bool>("tied");
        QTest::newRow("own head") << false;
        QTest::newRow("tied head") << true;
    }

    void feedback_is_the_same_for_any_thread_count()
    {
        QFETCH(bool, tied);
        Bench bench;
        QVERIFY2(openTiny(bench, tied), bench.problem.c_str());
        QVERIFY(bench.planAll("affine-3-g32"));
        const Probed probed(bench);
        std::string first;
        for (const unsigned count : {1u, 2u, 7u}) {
            const std::string name = "out" + std::to_string(count);
            const auto report
                = bench.exportTo(name, feedbackOptions(probed), threads(count));
            QVERIFY2(report, report ? "" : report.error().message().c_str());
            QVERIFY(report->selfText && !report->selfTextDigest.empty());
            const std::string content = folderContent(bench.path(name));
            if (first.empty())
                first = content;
            QVERIFY(content == first);
        }
    }

    void feedback_reaches_every_matrix_but_the_embedding()
    {
        Bench bench;
        QVERIFY2(openTiny(bench), bench.problem.c_str());
        QVERIFY(bench.planAll("affine-4-g32"));
        const Probed probed(bench);
        const auto report = bench.exportTo("out", feedbackOptions(probed));
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        for (const TensorCheck& check : report->checks) {
            const bool embedding = check.name.find("embed") != std::string::npos;
            QCOMPARE(check.encoder == Encoder::feedback, !embedding);
            QCOMPARE(check.fallback.empty(), !embedding);
            QVERIFY(std::abs(check.nrmseFound - check.nrmseEncoded) < 1e-12);
        }
    }

    void moments_of_another_shape_are_refused()
    {
        Bench bench;
        QVERIFY2(openTiny(bench), bench.problem.c_str());
        QVERIFY(bench.planAll("affine-4-g32"));
        const Probed probed(bench);
        auto broken = std::make_shared<Moments>(*probed.moments);
        for (TensorMoments& moments : broken->tensors)
            if (!moments.input.empty())
                moments.input.pop_back();
        ExportOptions options;
        options.moments = broken;
        const auto report = bench.exportTo("out", options);
        QVERIFY(!report && report.error().code == Errc::badPlan);
    }
};

QTEST_APPLESS_MAIN(tst_SteeredExport)
#include "tst_steered_export.moc"
