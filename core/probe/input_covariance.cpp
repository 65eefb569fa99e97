// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/input_covariance.h"

#include "probe/attention_inputs.h"
#include "probe/covariance_sums.h"
#include "probe/expert_walk.h"
#include "probe/mlp_block.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <new>

namespace bitloupe {
namespace {

using Group = std::vector<InputCovariance>;

constexpr std::size_t tokensAtOnce = 2048;

enum class Stage { attention, attentionOutput, feedForward, down, head, end };

class Walk : public CovarianceWalk {
public:
    Walk(std::shared_ptr<const Model> model, Architecture architecture, const SelfText& text)
        : m_model(std::move(model))
        , m_architecture(std::move(architecture))
        , m_text(text)
        , m_recorder(*m_model)
        , m_stage(m_architecture.blocks.empty() ? Stage::head : Stage::attention)
    {
    }

    Result<Group> next(const Job& job) override;
    void replace(TensorId tensor, std::uint64_t slab, std::vector<float> weights) override;

private:
    using ChunkWork = std::function<void(const PanelPass& pass, std::size_t firstToken)>;

    std::size_t tokens() const { return m_text.ids.size(); }
    const Block& block() const { return m_architecture.blocks[m_layer]; }
    std::span<float> rows(Floats& values, std::size_t width, const PanelPass& pass,
        std::size_t firstToken) const
    {
        return std::span(values).subspan(firstToken * width, pass.tokens * width);
    }
    void forChunks(Evaluation& run, const ChunkWork& work);
    Group step(Evaluation& run);
    void start(Evaluation& run);
    Group attentionInput(Evaluation& run);
    Group attentionOutput(Evaluation& run);
    Group feedForwardInput(Evaluation& run);
    Group downInput(Evaluation& run);
    void finishBlock(Evaluation& run);
    Group headInput(Evaluation& run);

    std::shared_ptr<const Model> m_model;
    Architecture m_architecture;
    SelfText m_text;
    MomentsRecorder m_recorder; // stays empty
    Stage m_stage;
    std::size_t m_layer = 0;
    WeightStore m_weights; // of this block: read, or replaced
    Floats m_states; // [tokens, hidden]
    Floats m_inner; // attention's context, then down's input
    std::optional<ExpertWalk> m_experts;
};

// Whole sequences, so that attention finds all it sees.
void Walk::forChunks(Evaluation& run, const ChunkWork& work)
{
    const std::size_t length = m_text.options.length;
    const std::size_t most = std::max<std::size_t>(1, tokensAtOnce / length) * length;
    for (std::size_t first = 0; first < tokens() && !run.failed(); first += most) {
        const PanelPass pass {run, m_recorder, length, std::min(most, tokens() - first),
            ProbeTier::full, false};
        work(pass, first);
    }
}

void Walk::start(Evaluation& run)
{
    m_states = run.lookUp(m_architecture, m_text.ids, m_text.options.length);
    run.expectFinite(m_states, "the embedding");
}

Group Walk::attentionInput(Evaluation& run)
{
    const Attention& attention = block().attention;
    CovarianceSums sums({pointerTo(attention.q), pointerTo(attention.k), pointerTo(attention.v),
                            pointerTo(attention.qkv)},
        m_architecture.hidden);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        sums.add(run, run.normalise(block().attentionNorm,
                          rows(m_states, m_architecture.hidden, pass, first)));
    });
    return {sums.take()};
}

Group Walk::attentionOutput(Evaluation& run)
{
    const Attention& attention = block().attention;
    const std::size_t width = attention.o.in;
    const auto angles = layerAngles(attention, m_text.options.length);
    if (!angles)
        run.fail(angles.error());
    CovarianceSums sums({&attention.o}, width);
    m_inner.assign(tokens() * width, 0);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        const Floats normed = run.normalise(
            block().attentionNorm, rows(m_states, m_architecture.hidden, pass, first));
        const QueryKeyValue inputs
            = attentionInputs(run, attention, *angles, pass.length, 0, normed);
        const auto context = rows(m_inner, width, pass, first);
        if (!run.failed())
            run.check(attend(attentionShape(attention, pass.length), inputs.q, inputs.k, inputs.v,
                context, run.job()));
        sums.add(run, context);
    });
    return {sums.take()};
}

// Attention's output joins the states on the way.
Group Walk::feedForwardInput(Evaluation& run)
{
    const std::size_t hidden = m_architecture.hidden;
    const Linear& o = block().attention.o;
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        const Floats output = run.apply(o, rows(m_inner, o.in, pass, first));
        addTo(rows(m_states, hidden, pass, first),
            run.normalise(block().attentionPostNorm, output));
    });
    if (block().experts) {
        m_experts.emplace(*block().experts, m_recorder, m_text.options.length);
        return m_experts->inputs(run, run.normalise(block().mlpNorm, m_states));
    }
    const Mlp& mlp = *block().mlp;
    CovarianceSums sums({pointerTo(mlp.gate), pointerTo(mlp.up), pointerTo(mlp.gateUp)}, hidden);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        sums.add(run, run.normalise(block().mlpNorm, rows(m_states, hidden, pass, first)));
    });
    return {sums.take()};
}

Group Walk::downInput(Evaluation& run)
{
    if (m_experts)
        return m_experts->downInputs(run);
    const Mlp& mlp = *block().mlp;
    const std::size_t width = mlp.inner();
    CovarianceSums sums({&mlp.down}, width);
    m_inner.assign(tokens() * width, 0);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        MlpTrace trace;
        mlpInner(pass, mlp,
            run.normalise(block().mlpNorm, rows(m_states, m_architecture.hidden, pass, first)),
            trace);
        std::copy(trace.inner.begin(), trace.inner.end(),
            rows(m_inner, width, pass, first).begin());
        sums.add(run, trace.inner);
    });
    return {sums.take()};
}

void Walk::finishBlock(Evaluation& run)
{
    const std::size_t hidden = m_architecture.hidden;
    if (m_experts) {
        addTo(m_states, run.normalise(block().mlpPostNorm, m_experts->output(run)));
    } else {
        const Linear& down = block().mlp->down;
        forChunks(run, [&](const PanelPass& pass, std::size_t first) {
            const Floats output = run.apply(down, rows(m_inner, down.in, pass, first));
            addTo(rows(m_states, hidden, pass, first),
                run.normalise(block().mlpPostNorm, output));
        });
    }
    m_experts.reset();
    m_inner = {};
    m_weights.clear();
    run.expectFinite(m_states, "layer " + std::to_string(m_layer));
    ++m_layer;
}

Group Walk::headInput(Evaluation& run)
{
    const Linear& head = *m_architecture.head;
    CovarianceSums sums({&head}, head.in);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        sums.add(
            run, run.normalise(m_architecture.finalNorm, rows(m_states, head.in, pass, first)));
    });
    return {sums.take()};
}

Group Walk::step(Evaluation& run)
{
    switch (m_stage) {
    case Stage::attention:
        if (m_layer == 0 && m_states.empty())
            start(run);
        m_stage = Stage::attentionOutput;
        return attentionInput(run);
    case Stage::attentionOutput:
        m_stage = Stage::feedForward;
        return attentionOutput(run);
    case Stage::feedForward:
        m_stage = Stage::down;
        return feedForwardInput(run);
    case Stage::down:
        m_stage = m_layer + 1 < m_architecture.blocks.size() ? Stage::attention : Stage::head;
        return downInput(run);
    case Stage::head:
        m_stage = Stage::end;
        return headInput(run);
    case Stage::end:
        break;
    }
    return {};
}

Result<Group> Walk::next(const Job& job)
{
    try {
        Evaluation run(m_model, job, nullptr);
        run.useStore(m_weights, true);
        const bool behindBlock = !m_inner.empty() || m_experts;
        if (behindBlock && (m_stage == Stage::attention || m_stage == Stage::head))
            finishBlock(run);
        Group group = run.failed() ? Group() : step(run);
        if (run.failed())
            return run.error();
        if (m_stage == Stage::end) {
            if (const auto same = m_model->unchanged(); !same)
                return same.error();
        }
        return group;
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, {}, "the second moments do not fit into memory"};
    }
}

void Walk::replace(TensorId tensor, std::uint64_t slab, std::vector<float> weights)
{
    const auto view = matrixView(m_model->tensor(tensor).shape);
    assert(view && weights.size() == view->rows * view->columns);
    auto out = static_cast<std::size_t>(view->rows);
    auto in = static_cast<std::size_t>(view->columns);
    if (m_model->tensor(tensor).transposed)
        std::swap(out, in);
    m_weights.put(tensor, slab, Weight::fromFloats(std::move(weights), out, in));
}

} // namespace

Result<std::unique_ptr<CovarianceWalk>> walkCovariances(
    std::shared_ptr<const Model> model, const SelfText& text)
{
    Architecture architecture = describeArchitecture(*model);
    if (architecture.tier != ProbeTier::full)
        return Error {Errc::unsupported, "feedback", architecture.reason};
    if (text.options.length == 0 || text.ids.empty()
        || text.ids.size() % text.options.length != 0)
        return Error {Errc::badArgument, "self-text", "expected whole sequences"};
    const bool known = std::all_of(text.ids.begin(), text.ids.end(),
        [&](std::uint32_t id) { return id < architecture.vocabulary; });
    if (!known)
        return Error {Errc::badArgument, "self-text", "an id is beyond the vocabulary"};
    return std::unique_ptr<CovarianceWalk>(
        std::make_unique<Walk>(std::move(model), std::move(architecture), text));
}

} // namespace bitloupe
