// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_target.h"

#include "core/export/made_checkpoint.h"
#include "export/weight_files.h"
#include "numeric/random.h"

#include <QTest>

#include <algorithm>

using namespace bitloupe;
using namespace bitloupe::tests;

namespace {

std::string configOf(const char* type, const char* more = "")
{
    return std::string("{\"model_type\": \"") + type
        + "\", \"num_hidden_layers\": 1, \"hidden_size\": 64" + more + "}";
}

std::vector<MadeTensor> withEmbedding(std::vector<MadeTensor> tensors)
{
    tensors.push_back({"model.embed_tokens.weight", {32, 64}, DType::BF16, {}});
    return tensors;
}

std::vector<MadeTensor> expertTensors(int count)
{
    std::vector<MadeTensor> tensors;
    for (int e = 0; e < count; ++e)
        for (const char* name : {"gate_proj", "up_proj", "down_proj"})
            tensors.push_back({"model.layers.0.mlp.experts." + std::to_string(e) + "." + name
                    + ".weight",
                {64, 64}, DType::BF16, {}});
    tensors.push_back({"model.layers.0.mlp.gate.weight", {4, 64}, DType::BF16, {}});
    return withEmbedding(std::move(tensors));
}

bool mentions(const std::vector<std::string>& notes, std::string_view word)
{
    return std::any_of(notes.begin(), notes.end(),
        [&](const std::string& note) { return note.find(word) != std::string::npos; });
}

} // namespace

class tst_MlxTarget : public QObject {
    Q_OBJECT

private slots:
    void targets_have_unique_ids()
    {
        QCOMPARE(exportTargets().size(), std::size_t {2});
        QVERIFY(findExportTarget("mlx") == &exportTargets()[0]);
        QVERIFY(findExportTarget("none") == nullptr);
    }

    void options_rise_in_bytes_and_end_with_floats()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        for (const Decision& decision : bench.profile.decisions) {
            QVERIFY(std::is_sorted(decision.options.begin(), decision.options.end(),
                [](const auto& a, const auto& b) { return a.dataBytes < b.dataBytes; }));
            QCOMPARE(codec(decision.options.back().codec).family, CodecFamily::stored);
            QCOMPARE(decision.options.size() == 1, !decision.fixedReason.empty());
        }
        const Decision* wide = bench.decision("model.layers.0.mlp.down_proj");
        QVERIFY(wide != nullptr);
        QCOMPARE(wide->options.size(), std::size_t {19});
        // 64 columns: groups of 128 do not divide them.
        QCOMPARE(bench.decision("model.layers.0.mlp.up_proj")->options.size(), std::size_t {13});
    }

    void planned_sizes_are_the_files_for_any_choices()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        bench.profile.size.shardLimitBytes = 40'000;
        for (std::uint64_t round = 0; round < 50; ++round) {
            std::vector<std::uint16_t> choice;
            for (const Decision& decision : bench.profile.decisions)
                choice.push_back(static_cast<std::uint16_t>(
                    randomBelow(round, choice.size(), decision.options.size())));
            const auto files = layoutWeightFiles(bench.profile, choice);
            QVERIFY(files);
            std::uint64_t bytes = 0;
            for (const WeightFile& file : files->files)
                bytes += file.fileBytes();
            QCOMPARE(bytes, layoutFiles(bench.profile, choice).fileBytes);
            QVERIFY(files->files.size() > 1);
        }
    }

    void a_tied_head_is_not_written()
    {
        Bench bench;
        auto tensors = llamaTensors(true);
        tensors.push_back({"lm_head.weight", {96, 64}, DType::BF16, {}});
        QVERIFY2(bench.open(llamaConfig(true), tensors), bench.problem.c_str());
        QVERIFY(bench.decision("lm_head") == nullptr);
        const Decision* embedding = bench.decision("model.embed_tokens");
        QVERIFY(embedding != nullptr && embedding->sizeProtected);
        QCOMPARE(embedding->derivedFrom.size(), std::size_t {1});
        QVERIFY(mentions(bench.profile.notes, "lm_head"));
    }

    void experts_are_stacked_under_one_decision()
    {
        Bench bench;
        QVERIFY2(bench.open(configOf("qwen3_moe"), expertTensors(4)), bench.problem.c_str());
        const Decision* up = bench.decision("model.layers.0.mlp.switch_mlp.up_proj");
        QVERIFY(up != nullptr);
        QCOMPARE(up->sources.size(), std::size_t {4});
        QVERIFY((up->shape == Shape {4, 64, 64}));
        QCOMPARE(up->elements, std::uint64_t {4 * 64 * 64});
        QVERIFY(up->options.size() > 1);
        QCOMPARE(bench.decision("model.layers.0.mlp.gate")->fixedReason, std::string("router"));
    }

    void a_missing_expert_is_refused()
    {
        auto tensors = expertTensors(4);
        tensors.erase(tensors.begin() + 4); // expert 1, up
        Bench bench;
        QVERIFY(!bench.open(configOf("qwen3_moe"), tensors));
        QVERIFY2(bench.problem.find("found expert 2, expected 1") != std::string::npos,
            bench.problem.c_str());
    }

    void what_stays_float_says_why()
    {
        Bench bench;
        QVERIFY2(bench.open(configOf("llama"),
                     withEmbedding({{"model.layers.0.mlp.up_proj.weight", {8, 48}, DType::BF16, {}},
                         {"model.layers.0.mlp.up_proj.bias", {8}, DType::BF16, {}},
                         {"model.norm.weight", {64}, DType::F32, {}}})),
            bench.problem.c_str());
        QCOMPARE(bench.decision("model.layers.0.mlp.up_proj")->fixedReason,
            std::string("48 columns, not a multiple of 32"));
        QCOMPARE(bench.decision("model.layers.0.mlp.up_proj.bias")->fixedReason,
            std::string("bias"));
        QCOMPARE(bench.decision("model.norm")->fixedReason, std::string("norm"));
        QVERIFY(mentions(bench.profile.notes, "F32"));
    }

    void routing_corrections_keep_single_precision()
    {
        auto tensors = expertTensors(2);
        tensors.push_back({"model.layers.0.mlp.gate.e_score_correction_bias", {4}, DType::F32, {}});
        tensors.push_back({"lm_head.weight", {32, 64}, DType::BF16, {}});
        Bench bench;
        QVERIFY2(bench.open(configOf("glm4_moe"), tensors), bench.problem.c_str());
        const Decision* bias = bench.decision("model.layers.0.mlp.gate.e_score_correction_bias");
        QVERIFY(bias != nullptr);
        QCOMPARE(codec(bias->options[0].codec).storedType, DType::F32);
    }

    void a_half_precision_model_stays_half()
    {
        Bench bench;
        QVERIFY2(bench.open(configOf("llama"),
                     {{"model.embed_tokens.weight", {32, 64}, DType::F16, {}}}),
            bench.problem.c_str());
        QCOMPARE(bench.profile.floatType, DType::F16);
    }

    void refuses_with_a_reason_data();
    void refuses_with_a_reason()
    {
        QFETCH(QString, type);
        QFETCH(QString, tensor);
        QFETCH(QString, words);
        Bench bench;
        const std::vector<MadeTensor> tensors {
            {tensor.toStdString(), {32, 64}, DType::BF16, {}}};
        QVERIFY(!bench.open(configOf(type.toUtf8().constData()), tensors));
        QVERIFY2(QString::fromStdString(bench.problem).contains(words), bench.problem.c_str());
    }

    void force_keeps_the_names_of_an_unknown_architecture()
    {
        Bench bench;
        QVERIFY2(bench.open(configOf("mystery"),
                     {{"tower.layers.0.mlp.up_proj.weight", {32, 64}, DType::BF16, {}}}, true),
            bench.problem.c_str());
        QVERIFY(bench.decision("tower.layers.0.mlp.up_proj") != nullptr);
        QVERIFY(mentions(bench.profile.notes, "mystery"));
    }

    void force_goes_by_shape_where_names_say_nothing()
    {
        Bench bench;
        QVERIFY2(bench.open(configOf("mystery"),
                     {{"tower.a.weight", {32, 64}, DType::BF16, {}},
                         {"tower.b.weight", {32, 33}, DType::BF16, {}}}, true),
            bench.problem.c_str());
        QVERIFY(bench.decision("tower.a")->options.size() > 1);
        QVERIFY(bench.decision("tower.b")->options.size() == 1);
    }

    void integers_of_unknown_purpose_are_left_out_when_forced()
    {
        auto tensors = llamaTensors();
        tensors.push_back({"model.own_table", {4}, DType::I32, {}});
        Bench bench;
        QVERIFY(!bench.open(llamaConfig(), tensors));
        QVERIFY2(bench.problem.find("forcing leaves it out") != std::string::npos,
            bench.problem.c_str());
        Bench forced;
        QVERIFY2(forced.open(llamaConfig(), tensors, true), forced.problem.c_str());
        QVERIFY(mentions(forced.profile.notes, "model.own_table"));
    }

    void a_configuration_that_the_tensors_contradict_is_refused()
    {
        std::string config = llamaConfig();
        const std::string right = "\"hidden_size\": 64";
        const std::size_t at = config.find(right);
        QVERIFY2(at != std::string::npos, config.c_str());
        config.replace(at, right.size(), "\"hidden_size\": 4096");
        Bench bench;
        QVERIFY(!bench.open(config, llamaTensors()));
        QVERIFY2(bench.problem.find("hidden_size is 4096, but the tensors show 64")
                != std::string::npos,
            bench.problem.c_str());
        Bench forced;
        QVERIFY2(forced.open(config, llamaTensors(), true), forced.problem.c_str());
        QVERIFY(mentions(forced.profile.notes, "may not load"));
    }

    void a_profile_for_viewing_never_fails()
    {
        Bench bench;
        QVERIFY(!bench.open(configOf("mystery"),
            {{"a.weight", {32, 64}, DType::BF16, {}}, {"b", {3}, DType::I32, {}}}));
        QVERIFY(bench.model != nullptr);
        const TargetProfile viewing = profileForViewing(*findExportTarget("mlx"), *bench.model);
        QCOMPARE(viewing.decisions.size(), std::size_t {1});
        QVERIFY(mentions(viewing.notes, "View only"));
    }
};

void tst_MlxTarget::refuses_with_a_reason_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown type") << "mystery" << "model.embed_tokens.weight" << "mystery";
    QTest::newRow("values change") << "qwen3_next" << "model.embed_tokens.weight" << "norms";
    QTest::newRow("no embedding") << "llama" << "model.layers.0.mlp.up_proj.weight"
                                  << "model.embed_tokens.weight";
    QTest::newRow("foreign name") << "llama" << "score.weight" << "score.weight";
    QTest::newRow("head required") << "qwen2_moe" << "model.embed_tokens.weight"
                                   << "no lm_head.weight";
}

QTEST_APPLESS_MAIN(tst_MlxTarget)
#include "tst_mlx_target.moc"
