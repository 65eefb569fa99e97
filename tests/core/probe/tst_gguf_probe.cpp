// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file computes what the checkpoint computes that it was made of.
#include "core/probe/gguf_twin.h"
#include "probe/probe_run.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

Result<ProbeRun> runOf(const std::shared_ptr<const Model>& model)
{
    const Architecture architecture = describeArchitecture(*model);
    return runProbe(model, architecture, architecture.tier,
        drawPanel(architecture.vocabulary, 2, 24), Job {});
}

const TensorMoments& momentsOf(
    const std::shared_ptr<const Model>& model, const ProbeRun& run, const std::string& name)
{
    return run.moments.tensors[model->find(name).value().index()];
}

/// Compares sorted numbers, which the order of rows does not change.
bool alike(std::vector<float> a, std::vector<float> b)
{
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!(std::abs(a[i] - b[i]) <= 1e-4f * std::abs(a[i]) + 1e-9f))
            return false;
    }
    return !a.empty();
}

} // namespace

class TestGgufProbe : public QObject {
    Q_OBJECT
private slots:
    void a_llama_has_the_moments_of_its_checkpoint()
    {
        MadeModel made = MadeModel::llama();
        made.set("model.layers.0.self_attn.q_proj.bias", {16});
        const auto model = made.open();
        const GgufTwin twin = ggufTwin(made, "llama", true);
        QVERIFY(twin.model != nullptr);
        const auto run = runOf(model);
        const auto same = runOf(twin.model);
        QVERIFY(run.has_value() && same.has_value());
        QCOMPARE(same->moments.tier, ProbeTier::full);
        for (const auto& [name, shape] : made.tensors()) {
            if (shape.size() < 2)
                continue;
            const TensorMoments& expected = momentsOf(model, *run, name);
            const TensorMoments& found = momentsOf(twin.model, *same, ggufName(name));
            QVERIFY2(alike(found.input, expected.input), name.c_str());
            QVERIFY2(alike(found.gradient, expected.gradient), name.c_str());
        }
    }

    void rows_in_the_wrong_order_are_another_model()
    {
        const MadeModel made = MadeModel::llama();
        const auto run = runOf(made.open());
        const GgufTwin twin = ggufTwin(made, "llama", false);
        const auto other = runOf(twin.model);
        QVERIFY(run.has_value() && other.has_value());
        const std::string name = "model.layers.1.self_attn.o_proj.weight";
        QVERIFY(!alike(momentsOf(made.open(), *run, name).input,
            momentsOf(twin.model, *other, ggufName(name)).input));
    }

    void stacked_experts_are_those_of_the_checkpoint()
    {
        const MadeModel made = MadeModel::mixture();
        const auto model = made.open();
        const GgufTwin twin = ggufTwin(made, "qwen3moe", false);
        QVERIFY(twin.model != nullptr);
        const auto run = runOf(model);
        const auto same = runOf(twin.model);
        QVERIFY(run.has_value() && same.has_value());
        QCOMPARE(same->moments.tier, ProbeTier::full);
        const std::vector<float>& stack
            = momentsOf(twin.model, *same, "blk.1.ffn_down_exps.weight").input;
        QCOMPARE(stack.size(), size_t(4 * 24));
        for (std::size_t expert = 0; expert < 4; ++expert) {
            const auto begin = stack.begin() + static_cast<std::ptrdiff_t>(expert * 24);
            const std::string name
                = "model.layers.1.mlp.experts." + std::to_string(expert) + ".down_proj.weight";
            QVERIFY2(alike({begin, begin + 24}, momentsOf(model, *run, name).input), name.c_str());
        }
    }

    void divisors_of_frequencies_are_those_of_llama3()
    {
        MadeModel made = MadeModel::llama();
        QVERIFY(made.replaceInConfig(R"("rope_scaling":null)",
            R"("rope_scaling":{"rope_type":"llama3","factor":8.0,"low_freq_factor":1.0,)"
            R"("high_freq_factor":4.0,"original_max_position_embeddings":64})"));
        const auto model = made.open();
        // Frequencies 1 and 0.01: the first turns often enough to stay, the second is divided.
        const GgufTwin twin = ggufTwin(made, "llama", true, std::vector<float> {1, 8});
        const auto run = runOf(model);
        const auto same = runOf(twin.model);
        QVERIFY(run.has_value() && same.has_value());
        QCOMPARE(same->moments.tier, ProbeTier::full);
        const std::string name = "model.layers.1.self_attn.o_proj.weight";
        QVERIFY(alike(momentsOf(model, *run, name).input,
            momentsOf(twin.model, *same, ggufName(name)).input));
    }
};

QTEST_APPLESS_MAIN(TestGgufProbe)
#include "tst_gguf_probe.moc"
