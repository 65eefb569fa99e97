// SPDX-License-Identifier: GPL-3.0-or-later
// How the probe runs: threads, stopping, progress, and experts in their various forms.
#include "probe/probe.h"

#include "core/probe/made_model.h"

#include <QTest>

#include <numeric>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

const char* const layers[] = {"model.layers.0.", "model.layers.1."};

Job jobWith(unsigned threads)
{
    Job job;
    job.threads = threads;
    return job;
}

const TensorMoments& momentsOf(
    const std::shared_ptr<const Model>& model, const Moments& moments, const std::string& name)
{
    return moments.tensors[model->find(name).value().index()];
}

bool same(const Moments& a, const Moments& b)
{
    for (std::size_t i = 0; i < a.tensors.size(); ++i) {
        const TensorMoments& left = a.tensors[i];
        const TensorMoments& right = b.tensors[i];
        if (left.tier != right.tier || left.input != right.input || left.note != right.note
            || left.gradient != right.gradient || left.columnGradient != right.columnGradient
            || left.rowUse != right.rowUse)
            return false;
    }
    return a.tier == b.tier && a.reason == b.reason && a.tokens == b.tokens;
}

std::string expertName(const std::string& layer, std::size_t expert, const char* matrix)
{
    return layer + "mlp.experts." + std::to_string(expert) + "." + matrix + "_proj.weight";
}

void append(std::vector<float>& all, const std::vector<float>& more)
{
    all.insert(all.end(), more.begin(), more.end());
}

/// The same mixture with each layer's experts in two stacks.
MadeModel stacked()
{
    const MadeModel apart = MadeModel::mixture();
    MadeModel made = apart;
    for (const char* layer : layers) {
        std::vector<float> gateUp, down;
        for (std::size_t expert = 0; expert < 4; ++expert) {
            append(gateUp, apart.values(expertName(layer, expert, "gate")));
            append(gateUp, apart.values(expertName(layer, expert, "up")));
            append(down, apart.values(expertName(layer, expert, "down")));
            for (const char* matrix : {"gate", "up", "down"})
                made.set(expertName(layer, expert, matrix), {});
        }
        made.setValues(std::string(layer) + "mlp.experts.gate_up_proj", {4, 48, 16}, gateUp);
        made.setValues(std::string(layer) + "mlp.experts.down_proj", {4, 16, 24}, down);
    }
    return made;
}

/// A bias that keeps every token away from expert 3.
void shun(MadeModel& made)
{
    for (const char* layer : layers)
        made.setValues(std::string(layer) + "mlp.gate.bias", {4}, {0, 0, 0, -1000});
}

std::vector<float> slabOf(const std::vector<float>& all, std::size_t slabs, std::size_t index)
{
    const auto width = static_cast<std::ptrdiff_t>(all.size() / slabs);
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(index) * width;
    return {begin, begin + width};
}

/// Layer norms, learnt positions, fused qkv stored turned, no gate: as GPT-2 has them.
MadeModel gpt2()
{
    MadeModel made;
    made.setConfig(R"({"model_type":"gpt2","n_embd":16,"n_head":4,"n_layer":1,"vocab_size":40,)"
                   R"("activation_function":"gelu_new","layer_norm_epsilon":1e-5})");
    made.set("wte.weight", {40, 16});
    made.set("wpe.weight", {64, 16});
    for (const char* name : {"h.0.ln_1.weight", "h.0.ln_1.bias", "h.0.ln_2.weight",
             "h.0.ln_2.bias", "ln_f.weight", "ln_f.bias", "h.0.attn.c_proj.bias",
             "h.0.mlp.c_proj.bias"})
        made.set(name, {16});
    made.set("h.0.attn.c_attn.weight", {16, 48});
    made.set("h.0.attn.c_attn.bias", {48});
    made.set("h.0.attn.c_proj.weight", {16, 16});
    made.set("h.0.mlp.c_fc.weight", {16, 64});
    made.set("h.0.mlp.c_fc.bias", {64});
    made.set("h.0.mlp.c_proj.weight", {64, 16});
    return made;
}

/// Asks for a stop once some bytes were read.
class Stopper : public ProgressSink {
public:
    void progress(const Progress& state) override
    {
        phaseIsRight
            = phaseIsRight && (state.phase == "probing" || state.phase == "writing self-text");
        last = state;
        if (state.bytesDone > 0 && stops)
            source.request_stop();
    }
    std::stop_source source;
    Progress last;
    bool stops = false;
    bool phaseIsRight = true;
};

} // namespace

class TestProbeRun : public QObject {
    Q_OBJECT
private slots:
    void same_moments_for_any_thread_count_data()
    {
        QTest::addColumn<bool>("mixture");
        QTest::newRow("gemma3") << false;
        QTest::newRow("mixture") << true;
    }
    void same_moments_for_any_thread_count()
    {
        QFETCH(bool, mixture);
        const auto model = (mixture ? MadeModel::mixture() : MadeModel::gemma3()).open();
        for (const ProbeTier tier : {ProbeTier::forward, ProbeTier::full}) {
            const auto one = probeModel(model, tier, jobWith(1));
            QVERIFY(one.has_value());
            QCOMPARE(one->tier, tier);
            QCOMPARE(one->ownText, tier == ProbeTier::full);
            for (const unsigned threads : {2u, 7u})
                QVERIFY(same(*one, probeModel(model, tier, jobWith(threads)).value()));
        }
    }

    void stacked_experts_have_the_moments_of_separate_ones()
    {
        const auto apart = MadeModel::mixture().open(), together = stacked().open();
        const auto a = probeModel(apart, ProbeTier::full, Job {}).value();
        const auto b = probeModel(together, ProbeTier::full, Job {}).value();
        QCOMPARE(b.tier, ProbeTier::full);
        const auto& fused = momentsOf(together, b, "model.layers.1.mlp.experts.gate_up_proj");
        const auto& down = momentsOf(together, b, "model.layers.1.mlp.experts.down_proj");
        for (std::size_t expert = 0; expert < 4; ++expert) {
            const auto of = [&](const char* matrix) {
                return momentsOf(apart, a, expertName(layers[1], expert, matrix));
            };
            QCOMPARE(slabOf(fused.input, 4, expert), of("gate").input);
            QCOMPARE(slabOf(slabOf(fused.gradient, 4, expert), 2, 0), of("gate").gradient);
            QCOMPARE(slabOf(slabOf(fused.gradient, 4, expert), 2, 1), of("up").gradient);
            QCOMPARE(slabOf(down.input, 4, expert), of("down").input);
            QCOMPARE(slabOf(down.gradient, 4, expert), of("down").gradient);
        }
    }

    void an_expert_that_no_token_reaches_keeps_the_forward_probe()
    {
        MadeModel made = MadeModel::mixture();
        shun(made);
        const auto model = made.open();
        const auto moments = probeModel(model, ProbeTier::full, Job {}).value();
        QCOMPARE(moments.tier, ProbeTier::full);
        const auto& reached = momentsOf(model, moments, expertName(layers[0], 1, "down"));
        QCOMPARE(reached.tier, ProbeTier::full);
        QVERIFY(reached.note.empty());
        for (const char* matrix : {"gate", "up", "down"}) {
            const auto& shunned = momentsOf(model, moments, expertName(layers[0], 3, matrix));
            QCOMPARE(shunned.tier, ProbeTier::forward);
            QVERIFY(!shunned.input.empty());
            QVERIFY(shunned.gradient.empty());
            QCOMPARE(shunned.note, std::string("no token of the panel reached this expert"));
        }
    }

    void in_a_stack_it_is_taken_as_reached_by_one_token()
    {
        MadeModel made = stacked();
        shun(made);
        const auto model = made.open();
        const auto moments = probeModel(model, ProbeTier::full, Job {}).value();
        const auto& down = momentsOf(model, moments, "model.layers.0.mlp.experts.down_proj");
        QCOMPARE(down.tier, ProbeTier::full);
        QCOMPARE(down.note, std::string("no token of the panel reached 1 of 4 experts"));
        const auto total = [&](std::size_t slab) {
            const std::vector<float> part = slabOf(down.gradient, 4, slab);
            return std::accumulate(part.begin(), part.end(), 0.0);
        };
        QVERIFY(total(3) > 0);
        for (std::size_t slab = 0; slab < 3; ++slab)
            QVERIFY(total(3) < total(slab));
    }

    void gpt2_gets_the_forward_probe()
    {
        const auto model = gpt2().open();
        const auto moments = probeModel(model, ProbeTier::full, Job {}).value();
        QVERIFY2(moments.tier == ProbeTier::forward, moments.reason.c_str());
        QCOMPARE(momentsOf(model, moments, "h.0.attn.c_attn.weight").input.size(), 16u);
        QCOMPARE(momentsOf(model, moments, "h.0.mlp.c_proj.weight").input.size(), 64u);
        QCOMPARE(momentsOf(model, moments, "wte.weight").input.size(), 16u); // tied head
    }

    void progress_counts_the_bytes_of_weights()
    {
        const auto model = MadeModel::llama().open();
        Stopper sink;
        Job job;
        job.sink = &sink;
        QVERIFY(probeModel(model, ProbeTier::full, job).has_value());
        QVERIFY(sink.phaseIsRight);
        QVERIFY(sink.last.bytesTotal > 0);
        QCOMPARE(sink.last.bytesDone, sink.last.bytesTotal);
    }

    void a_stop_ends_it_soon_and_leaves_nothing()
    {
        MadeModel made = MadeModel::llama(); // a larger head, so that there is something to stop
        made.set("model.embed_tokens.weight", {60'000, 16});
        QVERIFY(made.replaceInConfig(R"("vocab_size":40)", R"("vocab_size":60000)"));
        const auto model = made.open();
        Stopper sink;
        sink.stops = true;
        Job job = jobWith(2);
        job.sink = &sink;
        job.stop = sink.source.get_token();
        const auto moments = probeModel(model, ProbeTier::full, job);
        QVERIFY(!moments.has_value());
        QCOMPARE(moments.error().code, Errc::cancelled);
    }
};

QTEST_APPLESS_MAIN(TestProbeRun)
#include "tst_probe_run.moc"
