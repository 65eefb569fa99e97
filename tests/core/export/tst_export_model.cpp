// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_model.h"

#include "core/export/made_checkpoint.h"
#include "export/manifest.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <fstream>
#include <limits>

using namespace bitloupe;
using namespace bitloupe::tests;
namespace fs = std::filesystem;

namespace {

std::vector<MadeTensor> withValue(std::string_view name, float value)
{
    auto tensors = llamaTensors();
    for (MadeTensor& tensor : tensors)
        if (tensor.name == name)
            tensor.value = [value](std::uint64_t i) { return i == 70 ? value : 0.01F; };
    return tensors;
}

// Entries of the folder but the source: targets and leftovers of writing them.
std::size_t entriesBesideSource(const Bench& bench)
{
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(bench.path("")))
        count += entry.path().filename() == "source" ? 0 : 1;
    return count;
}

// Asks to stop as soon as a phase reports.
class StopInPhase : public ProgressSink {
public:
    StopInPhase(std::stop_source source, std::string phase)
        : m_source(std::move(source))
        , m_phase(std::move(phase))
    {
    }
    void progress(const Progress& progress) override
    {
        if (progress.phase == m_phase) {
            seen = true;
            m_source.request_stop();
        }
    }
    std::atomic<bool> seen = false;

private:
    std::stop_source m_source;
    std::string m_phase;
};

} // namespace

class tst_ExportModel : public QObject {
    Q_OBJECT

private slots:
    void writes_what_was_planned_and_reads_it_back()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        const auto report = bench.exportTo("out");
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QCOMPARE(report->plannedBytes, bench.plan.fileBytes);
        QCOMPARE(fs::file_size(bench.path("out") / "model.safetensors"), bench.plan.fileBytes);
        QCOMPARE(report->checks.size(), std::size_t {16});
        QCOMPARE(report->keptTensors, std::uint64_t {3});
        for (const TensorCheck& check : report->checks) {
            QVERIFY(check.nrmseFound > 0.01 && check.nrmseFound < 0.2);
            QVERIFY(std::abs(check.nrmseFound - check.nrmseEncoded) < 1e-12);
        }
        QVERIFY(fs::exists(bench.path("out") / "tokenizer.json"));
        QVERIFY(fs::exists(bench.path("out") / manifestName));
        QCOMPARE(entriesBesideSource(bench), std::size_t {1});
    }

    void bytes_are_the_same_for_any_thread_count()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        std::string first;
        for (const unsigned threads : {1u, 2u, 7u}) {
            Job job;
            job.threads = threads;
            const std::string name = "out" + std::to_string(threads);
            QVERIFY(bench.exportTo(name, {}, job));
            const std::string content = folderContent(bench.path(name));
            if (first.empty())
                first = content;
            QVERIFY(content == first);
        }
    }

    void shards_export_and_read_back()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        bench.profile.size.shardLimitBytes = 20'000;
        QVERIFY(bench.planAll("affine-3-g32"));
        const auto report = bench.exportTo("out");
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QVERIFY(fs::exists(bench.path("out") / "model.safetensors.index.json"));
        const auto verified = verifyExport(bench.path("out"), bench.model, Job {});
        QVERIFY(verified);
        QCOMPARE(verified->weightFileBytes, bench.plan.fileBytes);
    }

    void fused_and_transposed_experts_read_back()
    {
        std::vector<MadeTensor> tensors {{"model.embed_tokens.weight", {32, 64}, DType::BF16, {}},
            {"lm_head.weight", {32, 64}, DType::BF16, {}},
            {"model.layers.0.mlp.experts.gate_up_proj", {3, 64, 256}, DType::BF16, {}},
            {"model.layers.0.mlp.experts.gate_up_proj_bias", {3, 256}, DType::BF16, {}},
            {"model.layers.0.mlp.experts.down_proj", {3, 128, 64}, DType::BF16, {}}};
        Bench bench;
        QVERIFY2(bench.open(R"({"model_type": "gpt_oss", "hidden_size": 64,
            "intermediate_size": 128, "num_hidden_layers": 1})",
                     tensors),
            bench.problem.c_str());
        const Decision* gate = bench.decision("model.layers.0.mlp.experts.gate_proj");
        QVERIFY(gate != nullptr);
        QVERIFY((gate->shape == Shape {3, 128, 64}));
        const auto report = bench.exportTo("out");
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QCOMPARE(report->checks.size(), std::size_t {5});
    }

    void eight_bit_floats_are_exported_with_their_scales_applied()
    {
        auto tensors = llamaTensors(true);
        MadeTensor& weight = tensors[2];
        weight.dtype = DType::F8_E4M3;
        weight.value = [](std::uint64_t i) { return static_cast<float>(0x28 + i % 24); };
        tensors.push_back({weight.name + "_scale_inv", {1, 1}, DType::F32,
            [](std::uint64_t) { return 0.25F; }});
        std::string config = llamaConfig(true);
        config.insert(1, R"("quantization_config": {"quant_method": "fp8",
            "weight_block_size": [128, 128]}, )");
        Bench bench;
        QVERIFY2(bench.open(config, tensors), bench.problem.c_str());
        const auto report = bench.exportTo("out");
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QCOMPARE(report->checks.size(), std::size_t {15});
        const auto written = openModel(bench.path("out"), Job {});
        QVERIFY(written);
        QVERIFY(!(*written)->find(tensors.back().name));
        QVERIFY(readText(bench.path("out") / "config.json").find("fp8") == std::string::npos);
    }

    void refuses_bad_weights_or_sets_them_aside_data();
    void refuses_bad_weights_or_sets_them_aside()
    {
        QFETCH(float, value);
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), withValue("model.layers.1.mlp.up_proj.weight", value)),
            bench.problem.c_str());
        const auto refused = bench.exportTo("out");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Errc::badWeights);
        QCOMPARE(refused.error().where, std::string("model.layers.1.mlp.up_proj.weight"));
        QCOMPARE(entriesBesideSource(bench), std::size_t {0});
        const auto kept = bench.exportTo("kept", {.keepBadTensors = true});
        QVERIFY2(kept, kept ? "" : kept.error().message().c_str());
        QCOMPARE(kept->checks.size(), std::size_t {15});
        QVERIFY(kept->weightFileBytes > kept->plannedBytes);
        bench.plan.options.budget = Budget {BudgetKind::fileBytes, kept->weightFileBytes - 1};
        const auto tooLarge = bench.exportTo("larger", {.keepBadTensors = true});
        QVERIFY(!tooLarge);
        QCOMPARE(tooLarge.error().code, Errc::infeasibleBudget);
    }

    void what_an_outlier_leaves_is_read_back_as_written_data()
    {
        QTest::addColumn<float>("outlier");
        for (const float outlier : {1e2F, 1e3F, 1e4F, 1e6F, 1e8F, 1e12F})
            QTest::addRow("%g", static_cast<double>(outlier)) << outlier;
    }
    void what_an_outlier_leaves_is_read_back_as_written()
    {
        QFETCH(float, outlier);
        auto tensors = llamaTensors();
        for (MadeTensor& tensor : tensors)
            if (tensor.shape.size() == 2) {
                tensor.dtype = DType::F32;
                tensor.value = [outlier](std::uint64_t i) {
                    return i == 70 ? outlier : std::sin(static_cast<float>(i * i % 9973));
                };
            }
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), tensors), bench.problem.c_str());
        int target = 0;
        for (const char* codec : {"affine-2-g32", "affine-4-g64", "affine-8-g32"})
            for (const Encoder encoder : {Encoder::round, Encoder::search}) {
                QVERIFY2(bench.planAll(codec), bench.problem.c_str());
                ExportOptions options;
                options.encoder = encoder;
                const auto report = bench.exportTo("out" + std::to_string(target++), options);
                QVERIFY2(report, report ? "" : report.error().message().c_str());
            }
    }

    void never_overwrites_and_never_writes_into_the_source()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        fs::create_directory(bench.path("there"));
        fs::create_directory_symlink(bench.path("source"), bench.path("alias"));
        for (const char* name : {"there", "source", "source/out", "alias/out", "alias"}) {
            const auto refused = bench.exportTo(name);
            QVERIFY2(!refused, name);
            QCOMPARE(refused.error().code, Errc::targetExists);
        }
        QVERIFY(fs::is_empty(bench.path("there")));
    }

    void refuses_a_plan_of_another_model()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        Plan plan = bench.plan;
        bench.plan.modelDigest = std::string(64, '0');
        QCOMPARE(bench.exportTo("out").error().code, Errc::badPlan);
        bench.plan = plan;
        bench.plan.choices.pop_back();
        QCOMPARE(bench.exportTo("out").error().code, Errc::badPlan);
        bench.plan = plan;
        bench.plan.choices[0].option = 200;
        QCOMPARE(bench.exportTo("out").error().code, Errc::badPlan);
        bench.plan = plan;
        ++bench.plan.fileBytes;
        QCOMPARE(bench.exportTo("out").error().code, Errc::badPlan);
    }

    void a_source_that_changed_is_refused()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        std::ofstream(bench.path("source") / "model.safetensors", std::ios::app) << "more";
        const auto refused = bench.exportTo("out");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Errc::changedOnDisk);
        QCOMPARE(entriesBesideSource(bench), std::size_t {0});
    }

    void a_cancelled_export_leaves_nothing_data();
    void a_cancelled_export_leaves_nothing()
    {
        QFETCH(QString, phase);
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        std::stop_source stop;
        StopInPhase sink(stop, phase.toStdString());
        Job job;
        job.stop = stop.get_token();
        job.sink = &sink;
        const auto cancelled = bench.exportTo("out", {.keepBadTensors = true}, job);
        QVERIFY(sink.seen);
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, Errc::cancelled);
        QCOMPARE(entriesBesideSource(bench), std::size_t {0});
        QVERIFY(bench.exportTo("out"));
    }

    void the_manifest_explains_every_decision()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        QVERIFY(bench.exportTo("out"));
        const std::string text = readText(bench.path("out") / manifestName);
        const auto manifest = readManifest(text);
        QVERIFY(manifest);
        QCOMPARE(manifest->sourceDigest, bench.model->digest());
        QCOMPARE(manifest->decisions.size(), bench.profile.decisions.size());
        QCOMPARE(manifest->files.size(), std::size_t {4});
        QVERIFY(text.find(bench.path("").string()) == std::string::npos);
        QVERIFY(text.find("\"reason\": \"norm\"") != std::string::npos);
    }
};

void tst_ExportModel::refuses_bad_weights_or_sets_them_aside_data()
{
    QTest::addColumn<float>("value");
    QTest::newRow("NaN") << std::numeric_limits<float>::quiet_NaN();
    QTest::newRow("infinity") << std::numeric_limits<float>::infinity();
}

void tst_ExportModel::a_cancelled_export_leaves_nothing_data()
{
    QTest::addColumn<QString>("phase");
    for (const char* phase : {"checking", "encoding", "syncing", "verifying"})
        QTest::newRow(phase) << phase;
}

QTEST_APPLESS_MAIN(tst_ExportModel)
#include "tst_export_model.moc"
