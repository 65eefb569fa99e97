// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/input_covariance.h"

#include "probe/attention_inputs.h"
#include "probe/covariance_sums.h"
#include "probe/expert_walk.h"
#include "probe/head_covariance.h"
#include "probe/head_groups.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <new>

namespace bitloupe {
namespace {

using Group = std::vector<InputCovariance>;

bool hasExperts(const Architecture& architecture)
{
    return std::any_of(architecture.blocks.begin(), architecture.blocks.end(),
        [](const Block& block) { return block.experts.has_value(); });
}

enum class Stage { attention, attentionOutput, feedForward, down, head, end };

// One of the two models on its way through the text.
struct Stream {
    Floats states; // [tokens, hidden]
    WeightStore weights; // of this block: read, or replaced
};

class Walk : public CovarianceWalk {
public:
    Walk(std::shared_ptr<const Model> model, Architecture architecture, const SelfText& text,
        bool follows)
        : m_model(std::move(model))
        , m_architecture(std::move(architecture))
        , m_text(text)
        , m_follows(follows)
        , m_recorder(*m_model)
        , m_stage(m_architecture.blocks.empty() ? Stage::head : Stage::attention)
    {
    }

    Result<Group> next(const Job& job) override;
    void replace(TensorId tensor, std::uint64_t slab, std::vector<float> weights) override;
    TensorId embedding() const override { return m_architecture.embedding; }
    bool startsWithEmbedding() const override
    {
        return !m_architecture.positions && (!isTied() || !hasExperts(m_architecture));
    }
    bool isTied() const override
    {
        return m_architecture.head && m_architecture.head->tensor == m_architecture.embedding;
    }
    void replaceEmbedding(std::span<const float> table) override;
    Result<InputCovariance> headCovariance(const Job& job) override
    {
        return bitloupe::headCovariance(m_model, m_architecture, m_text, job);
    }

private:
    using ChunkWork = std::function<void(const PanelPass& pass, std::size_t firstToken)>;

    std::size_t tokens() const { return m_text.ids.size(); }
    const Block& block() const { return m_architecture.blocks[m_layer]; }
    std::span<float> rows(Floats& values, std::size_t width, const PanelPass& pass,
        std::size_t firstToken) const
    {
        return std::span(values).subspan(firstToken * width, pass.tokens * width);
    }
    Floats normed(const std::optional<Norm>& norm, Stream& stream, const PanelPass& pass,
        std::size_t firstToken);
    template <typename Work> void withFloat(const PanelPass& pass, const Work& work);
    void forChunks(Evaluation& run, const ChunkWork& work)
    {
        forParts(run, m_recorder, m_text.options.length, tokens(), work);
    }
    void addShift(CovarianceSums& sums, const std::optional<Norm>& norm, const Floats& x,
        const PanelPass& pass, std::size_t firstToken);
    Group step(Evaluation& run);
    void start(Evaluation& run);
    Group attentionInput(Evaluation& run);
    Group attentionOutput(Evaluation& run);
    Group feedForwardInput(Evaluation& run);
    Group downInput(Evaluation& run);
    void finishBlock(Evaluation& run);
    Group headInput(Evaluation& run);
    void addWanted(CovarianceSums& sums, const PanelPass& pass, std::size_t firstToken,
        const Linear& linear, const std::optional<Norm>& postNorm, const Floats& floatInput,
        std::span<const float> input);

    std::shared_ptr<const Model> m_model;
    Architecture m_architecture;
    SelfText m_text;
    bool m_follows;
    MomentsRecorder m_recorder; // stays empty
    Stage m_stage;
    std::size_t m_layer = 0;
    Stream m_now; // the model with what was replaced
    Stream m_float; // when it is followed
    Floats m_inner; // attention's context, then down's input
    std::optional<ExpertWalk> m_experts;
};

// The same tokens in the float model.
template <typename Work>
void Walk::withFloat(const PanelPass& pass, const Work& work)
{
    if (!m_follows || pass.run.failed())
        return;
    Evaluation run(m_model, pass.run.job(), nullptr);
    run.useStore(m_float.weights, true);
    work(PanelPass {run, m_recorder, pass.length, pass.tokens, ProbeTier::full, false});
    if (run.failed())
        pass.run.fail(run.error());
}

Floats Walk::normed(const std::optional<Norm>& norm, Stream& stream, const PanelPass& pass,
    std::size_t firstToken)
{
    return pass.run.normalise(norm, rows(stream.states, m_architecture.hidden, pass, firstToken));
}

void Walk::addShift(CovarianceSums& sums, const std::optional<Norm>& norm, const Floats& x,
    const PanelPass& pass, std::size_t firstToken)
{
    withFloat(pass, [&](const PanelPass& other) {
        sums.addFloat(other.run, normed(norm, m_float, other, firstToken), x);
    });
}

// The float model takes its step; what it came to less what the other one has is wanted.
void Walk::addWanted(CovarianceSums& sums, const PanelPass& pass, std::size_t firstToken,
    const Linear& linear, const std::optional<Norm>& postNorm, const Floats& floatInput,
    std::span<const float> input)
{
    Floats wanted = pass.run.apply(linear, floatInput);
    const auto states = rows(m_float.states, m_architecture.hidden, pass, firstToken);
    addTo(states, pass.run.normalise(postNorm, wanted));
    if (!postNorm) {
        const auto reached = rows(m_now.states, m_architecture.hidden, pass, firstToken);
        for (std::size_t i = 0; i < wanted.size(); ++i)
            wanted[i] = states[i] - reached[i];
    }
    sums.addWanted(pass.run, wanted, linear.out, input);
}

void Walk::start(Evaluation& run)
{
    if (m_follows)
        m_float.states = run.lookUp(m_architecture, m_text.ids, m_text.options.length);
    if (m_now.states.empty())
        m_now.states = m_follows
            ? m_float.states
            : run.lookUp(m_architecture, m_text.ids, m_text.options.length);
    run.expectFinite(m_now.states, "the embedding");
}

Group Walk::attentionInput(Evaluation& run)
{
    const Attention& attention = block().attention;
    CovarianceSums sums({pointerTo(attention.q), pointerTo(attention.k), pointerTo(attention.v),
                            pointerTo(attention.qkv)},
        m_architecture.hidden);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        const Floats x = normed(block().attentionNorm, m_now, pass, first);
        sums.add(run, x);
        addShift(sums, block().attentionNorm, x, pass, first);
    });
    return {sums.take()};
}

Group Walk::attentionOutput(Evaluation& run)
{
    const Linear& o = block().attention.o;
    const auto angles = layerAngles(block().attention, m_text.options.length);
    if (!angles)
        run.fail(angles.error());
    CovarianceSums sums({&o}, o.in);
    m_inner.assign(tokens() * o.in, 0);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        const auto x = rows(m_inner, o.in, pass, first);
        std::ranges::copy(attentionContext(pass, block(), *angles,
                              rows(m_now.states, m_architecture.hidden, pass, first)), x.begin());
        sums.add(run, x);
        withFloat(pass, [&](const PanelPass& other) {
            addWanted(sums, other, first, o, block().attentionPostNorm,
                attentionContext(other, block(), *angles,
                    rows(m_float.states, m_architecture.hidden, other, first)), x);
        });
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
        addTo(rows(m_now.states, hidden, pass, first),
            run.normalise(block().attentionPostNorm, output));
    });
    if (block().experts) {
        m_experts.emplace(*block().experts, m_recorder, m_text.options.length);
        return m_experts->inputs(run, run.normalise(block().mlpNorm, m_now.states));
    }
    const Mlp& mlp = *block().mlp;
    CovarianceSums sums({pointerTo(mlp.gate), pointerTo(mlp.up), pointerTo(mlp.gateUp)}, hidden);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        const Floats x = normed(block().mlpNorm, m_now, pass, first);
        sums.add(run, x);
        addShift(sums, block().mlpNorm, x, pass, first);
    });
    return {sums.take()};
}

Group Walk::downInput(Evaluation& run)
{
    if (m_experts)
        return m_experts->downInputs(run);
    const Linear& down = block().mlp->down;
    CovarianceSums sums({&down}, down.in);
    m_inner.assign(tokens() * down.in, 0);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        const auto x = rows(m_inner, down.in, pass, first);
        std::ranges::copy(
            downRows(pass, block(), rows(m_now.states, m_architecture.hidden, pass, first)),
            x.begin());
        sums.add(run, x);
        withFloat(pass, [&](const PanelPass& other) {
            addWanted(sums, other, first, down, block().mlpPostNorm,
                downRows(other, block(),
                    rows(m_float.states, m_architecture.hidden, other, first)), x);
        });
    });
    return {sums.take()};
}

void Walk::finishBlock(Evaluation& run)
{
    const std::size_t hidden = m_architecture.hidden;
    if (m_experts) {
        addTo(m_now.states, run.normalise(block().mlpPostNorm, m_experts->output(run)));
    } else {
        const Linear& down = block().mlp->down;
        forChunks(run, [&](const PanelPass& pass, std::size_t first) {
            const Floats output = run.apply(down, rows(m_inner, down.in, pass, first));
            addTo(rows(m_now.states, hidden, pass, first),
                run.normalise(block().mlpPostNorm, output));
        });
    }
    m_experts.reset();
    m_inner = {};
    m_now.weights.clear();
    m_float.weights.clear();
    run.expectFinite(m_now.states, "layer " + std::to_string(m_layer));
    ++m_layer;
}

Group Walk::headInput(Evaluation& run)
{
    const Linear& head = *m_architecture.head;
    CovarianceSums sums({&head}, head.in);
    forChunks(run, [&](const PanelPass& pass, std::size_t first) {
        const Floats x = normed(m_architecture.finalNorm, m_now, pass, first);
        sums.add(run, x);
        addShift(sums, m_architecture.finalNorm, x, pass, first);
        if (!run.failed())
            std::ranges::copy(x, rows(m_now.states, head.in, pass, first).begin());
    });
    InputCovariance input = sums.take();
    if (!isTied() || !startsWithEmbedding()) // else its rows were grouped by headCovariance()
        groupHeadRows(run, m_architecture, m_now.states, input);
    return {std::move(input)};
}

Group Walk::step(Evaluation& run)
{
    switch (m_stage) {
    case Stage::attention:
        if (m_layer == 0)
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
        run.useStore(m_now.weights, true);
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
    m_now.weights.put(tensor, slab, Weight::fromFloats(std::move(weights), out, in));
}

void Walk::replaceEmbedding(std::span<const float> table)
{
    assert(startsWithEmbedding());
    const std::size_t hidden = m_architecture.hidden;
    const auto scale = static_cast<float>(m_architecture.embeddingScale);
    m_now.states.resize(tokens() * hidden);
    for (std::size_t t = 0; t < tokens(); ++t)
        for (std::size_t j = 0; j < hidden; ++j)
            m_now.states[t * hidden + j] = scale * table[m_text.ids[t] * hidden + j];
}

} // namespace

Result<std::unique_ptr<CovarianceWalk>> walkCovariances(
    std::shared_ptr<const Model> model, const SelfText& text, bool followsFloat)
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
    const bool follows = followsFloat && !hasExperts(architecture);
    return std::unique_ptr<CovarianceWalk>(
        std::make_unique<Walk>(std::move(model), std::move(architecture), text, follows));
}

} // namespace bitloupe
