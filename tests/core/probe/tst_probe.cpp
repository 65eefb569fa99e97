// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/probe.h"

#include "core/probe/slow_model.h"
#include "probe/probe_run.h"
#include "probe/self_text.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

constexpr std::size_t sequences = 2, length = 6;

MadeModel madeOf(SlowModel::Kind kind)
{
    MadeModel made = kind == SlowModel::Kind::llama ? MadeModel::llama()
        : kind == SlowModel::Kind::gemma3           ? MadeModel::gemma3()
                                                    : MadeModel::mixture();
    if (kind == SlowModel::Kind::llama) {
        made.set("model.layers.0.self_attn.q_proj.bias", {16});
        made.set("model.layers.1.mlp.down_proj.bias", {16});
    }
    return made;
}

Result<ProbeRun> runOf(
    const std::shared_ptr<const Model>& model, ProbeTier tier, std::size_t tokens)
{
    const Architecture architecture = describeArchitecture(*model);
    return runProbe(
        model, architecture, tier, drawPanel(architecture.vocabulary, sequences, tokens), Job {});
}

std::vector<std::uint32_t> part(const std::vector<std::uint32_t>& all, std::size_t index)
{
    const std::size_t tokens = all.size() / sequences;
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(index * tokens);
    return {begin, begin + static_cast<std::ptrdiff_t>(tokens)};
}

/// The oracle's loss of every sequence of a run, its inputs noted.
void pass(SlowModel& slow, const ProbeRun& run)
{
    for (std::size_t i = 0; i < sequences; ++i) {
        const auto ids = part(run.panel.ids, i);
        slow.loss(ids, run.labels.empty() ? ids : part(run.labels, i));
    }
}

double meanSquare(const std::vector<Row>& rows, std::size_t channel)
{
    double sum = 0;
    for (const Row& row : rows)
        sum += row[channel] * row[channel];
    return sum / static_cast<double>(rows.size());
}

/// Mean over the panel's tokens of the squared difference quotient at one output.
double slope(SlowModel& slow, const ProbeRun& run, const std::string& tensor, std::size_t channel)
{
    constexpr double step = 1e-5;
    double sum = 0;
    for (std::size_t i = 0; i < sequences; ++i) {
        const auto ids = part(run.panel.ids, i), labels = part(run.labels, i);
        for (std::size_t t = 0; t < ids.size(); ++t) {
            const double up = slow.loss(ids, labels, {tensor, t, channel, step});
            const double down = slow.loss(ids, labels, {tensor, t, channel, -step});
            sum += (up - down) * (up - down) / (4 * step * step);
        }
    }
    return sum / static_cast<double>(run.panel.tokens());
}

void compare(double found, double expected, const std::string& what)
{
    const double error = std::abs(found - expected);
    QVERIFY2(error <= 1e-4 * expected + 1e-6,
        (what + ": " + std::to_string(found) + ", expected " + std::to_string(expected)).c_str());
}

void addKinds()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("llama") << static_cast<int>(SlowModel::Kind::llama);
    QTest::newRow("gemma3") << static_cast<int>(SlowModel::Kind::gemma3);
    QTest::newRow("mixture") << static_cast<int>(SlowModel::Kind::mixture);
}

const TensorMoments& momentsOf(
    const std::shared_ptr<const Model>& model, const Moments& moments, const std::string& name)
{
    return moments.tensors[model->find(name).value().index()];
}

} // namespace

class TestProbe : public QObject {
    Q_OBJECT
private slots:
    void input_moments_are_those_of_a_plain_evaluation_data() { addKinds(); }
    void input_moments_are_those_of_a_plain_evaluation()
    {
        QFETCH(int, kind);
        const MadeModel made = madeOf(static_cast<SlowModel::Kind>(kind));
        const auto model = made.open();
        const auto run = runOf(model, ProbeTier::full, 24); // longer than the window
        QVERIFY(run.has_value());
        SlowModel slow(made, static_cast<SlowModel::Kind>(kind));
        pass(slow, *run);
        QVERIFY(slow.inputs.size() > 14);
        for (const auto& [name, rows] : slow.inputs) {
            const std::vector<float>& found = momentsOf(model, run->moments, name).input;
            QCOMPARE(found.size(), rows[0].size());
            for (std::size_t j = 0; j < found.size(); ++j)
                compare(found[j], meanSquare(rows, j), name);
        }
    }

    void gradient_moments_are_those_of_differences_data() { addKinds(); }
    void gradient_moments_are_those_of_differences()
    {
        QFETCH(int, kind);
        const MadeModel made = madeOf(static_cast<SlowModel::Kind>(kind));
        const auto model = made.open();
        const auto run = runOf(model, ProbeTier::full, length);
        QVERIFY(run.has_value());
        SlowModel slow(made, static_cast<SlowModel::Kind>(kind));
        pass(slow, *run);
        for (const auto& [name, rows] : slow.inputs) {
            const TensorMoments& moments = momentsOf(model, run->moments, name);
            QCOMPARE(moments.tier, ProbeTier::full);
            QCOMPARE(moments.gradient.size(), slow.outputs(name));
            for (std::size_t i = 0; i < moments.gradient.size(); ++i)
                compare(moments.gradient[i], slope(slow, *run, name, i), name);
        }
    }

    void the_forward_probe_takes_causal_means_for_attention_data()
    {
        QTest::addColumn<int>("kind"); // of a mixture all experts see all tokens: tested below
        QTest::newRow("llama") << static_cast<int>(SlowModel::Kind::llama);
        QTest::newRow("gemma3") << static_cast<int>(SlowModel::Kind::gemma3);
    }
    void the_forward_probe_takes_causal_means_for_attention()
    {
        QFETCH(int, kind);
        const MadeModel made = madeOf(static_cast<SlowModel::Kind>(kind));
        const auto model = made.open();
        const auto run = runOf(model, ProbeTier::forward, 24);
        QVERIFY(run.has_value());
        SlowModel slow(made, static_cast<SlowModel::Kind>(kind));
        slow.causalMean = true;
        pass(slow, *run);
        for (const auto& [name, rows] : slow.inputs) {
            const TensorMoments& moments = momentsOf(model, run->moments, name);
            QCOMPARE(moments.tier, ProbeTier::forward);
            QVERIFY(moments.gradient.empty());
            for (std::size_t j = 0; j < moments.input.size(); ++j)
                compare(moments.input[j], meanSquare(rows, j), name);
        }
    }

    void embeddings_have_the_moments_of_a_lookup()
    {
        const MadeModel made = MadeModel::gemma3();
        const auto model = made.open();
        const auto moments = probeModel(model, ProbeTier::full, Job {});
        QVERIFY(moments.has_value());
        const TensorMoments& table = momentsOf(model, *moments, "model.embed_tokens.weight");
        QCOMPARE(table.rowUse.size(), 40u);
        QCOMPARE(table.columnGradient.size(), 16u);
        QCOMPARE(table.input.size(), 16u); // tied: also the head
        QCOMPARE(table.gradient.size(), 40u);
        double sum = 0;
        for (const float share : table.rowUse)
            sum += static_cast<double>(share);
        QVERIFY(std::abs(sum - 1) < 1e-5);
        QVERIFY(table.rowUse[0] > table.rowUse[39]);
    }

    void the_full_probe_reads_text_that_the_model_wrote()
    {
        const auto model = MadeModel::llama().open();
        const auto found = probeModel(model, ProbeTier::full, Job {});
        const auto text = writeSelfText(model, {.sequences = 8, .length = 128}, Job {});
        QVERIFY(found.has_value() && text.has_value());
        QCOMPARE(found->tokens, std::uint64_t {1024});
        QCOMPARE(found->reason, std::string());
        const auto reading = runProbe(model, describeArchitecture(*model), ProbeTier::full,
            {128, text->ids}, Job {});
        QVERIFY(reading.has_value());
        const std::string name = "model.layers.1.mlp.down_proj.weight";
        QCOMPARE(momentsOf(model, *found, name).gradient,
            momentsOf(model, reading->moments, name).gradient);
    }

    void every_expert_of_the_forward_probe_sees_the_panel()
    {
        const auto model = MadeModel::mixture().open();
        const auto moments = probeModel(model, ProbeTier::forward, Job {});
        QVERIFY(moments.has_value());
        QCOMPARE(moments->tokens, std::uint64_t {512});
        const auto of = [&](const char* leaf) {
            return momentsOf(model, *moments, std::string("model.layers.1.mlp.experts.") + leaf);
        };
        QCOMPARE(of("0.gate_proj.weight").input, of("3.up_proj.weight").input);
        QVERIFY(of("0.down_proj.weight").input != of("3.down_proj.weight").input);
    }

    void weights_that_are_not_finite_leave_a_reason()
    {
        MadeModel made = MadeModel::llama();
        std::vector<float> values(16 * 24, 0.1f);
        values[5] = std::nanf("");
        made.setValues("model.layers.1.mlp.down_proj.weight", {16, 24}, values);
        const auto model = made.open();
        const auto moments = probeModel(model, ProbeTier::full, Job {});
        QVERIFY(moments.has_value());
        QCOMPARE(moments->tier, ProbeTier::none);
        QVERIFY2(moments->reason.find("layer 1") != std::string::npos, moments->reason.c_str());
        QCOMPARE(moments->tensors.size(), model->tensors.size());
    }

    void an_unknown_architecture_gets_the_forward_probe_and_says_so()
    {
        MadeModel made = MadeModel::llama();
        QVERIFY(made.replaceInConfig(R"("model_type":"llama")", R"("model_type":"novel")"));
        const auto model = made.open();
        QCOMPARE(probeSupport(*model).tier, ProbeTier::forward);
        const auto moments = probeModel(model, ProbeTier::full, Job {});
        QVERIFY(moments.has_value());
        QCOMPARE(moments->tier, ProbeTier::forward);
        QVERIFY(moments->reason.find("novel") != std::string::npos);
        const auto wanted = probeModel(model, ProbeTier::forward, Job {});
        QCOMPARE(wanted.value().reason, std::string());
    }
};

QTEST_APPLESS_MAIN(TestProbe)
#include "tst_probe.moc"
