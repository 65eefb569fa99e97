// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/probe_run.h"

#include "probe/block_pass.h"
#include "probe/head_pass.h"
#include "probe/second_moments.h"

#include <functional>

namespace bitloupe {
namespace {

using Visit = std::function<void(const Linear&)>;

void visitMlp(const Mlp& mlp, const Visit& visit)
{
    for (const auto* linear : {&mlp.gate, &mlp.up, &mlp.gateUp}) {
        if (*linear)
            visit(**linear);
    }
    visit(mlp.down);
}

void visitBlock(const Block& block, bool queries, const Visit& visit)
{
    const Attention& attention = block.attention;
    for (const auto* linear : {&attention.q, &attention.k}) {
        if (queries && *linear)
            visit(**linear);
    }
    for (const auto* linear : {&attention.v, &attention.qkv}) {
        if (*linear)
            visit(**linear);
    }
    if (attention.lowRank) {
        if (attention.lowRank->qDown)
            visit(*attention.lowRank->qDown);
        visit(attention.lowRank->down);
        visit(attention.lowRank->up);
    }
    visit(attention.o);
    if (block.mlp)
        visitMlp(*block.mlp, visit);
    if (!block.experts)
        return;
    visit(block.experts->router);
    for (const Mlp& expert : block.experts->experts)
        visitMlp(expert, visit);
    if (block.experts->sharedRouter)
        visit(*block.experts->sharedRouter);
    if (block.experts->shared)
        visitMlp(*block.experts->shared, visit);
}

/// Bytes of weights that a run reads: the blocks once or twice, and the head.
std::uint64_t bytesToRead(const Model& model, const Architecture& architecture, ProbeTier tier)
{
    const bool full = tier == ProbeTier::full;
    std::uint64_t bytes = 0;
    const auto add = [&](const Linear& linear) {
        const TensorInfo& tensor = model.tensor(linear.tensor);
        bytes += tensor.byteSize / matrixView(tensor.shape)->slabs * (full ? 2 : 1);
    };
    for (const Block& block : architecture.blocks)
        visitBlock(block, full, add);
    if (full)
        bytes += model.tensor(architecture.head->tensor).byteSize;
    return bytes;
}

class Run {
public:
    Run(const std::shared_ptr<const Model>& model, const Architecture& architecture,
        ProbeTier tier, Panel panel, const Job& job)
        : m_architecture(architecture)
        , m_embeddingRows(static_cast<std::size_t>(
              model->tensor(architecture.embedding).shape[0]))
        , m_meter(job, "probing", bytesToRead(*model, architecture, tier))
        , m_evaluation(model, job, &m_meter)
        , m_recorder(*model)
        , m_panel(std::move(panel))
        , m_pass {m_evaluation, m_recorder, m_panel.length, m_panel.tokens(), tier, true}
    {
    }

    Result<ProbeRun> run();

private:
    void forward();
    Floats backward();
    void recordLookup(const Floats& gradient);

    const Architecture& m_architecture;
    std::size_t m_embeddingRows; // may be more than can be drawn
    ProgressMeter m_meter;
    Evaluation m_evaluation;
    MomentsRecorder m_recorder;
    Panel m_panel;
    PanelPass m_pass;
    Floats m_states;
    std::vector<Floats> m_inputs; // of each block, for the way back
    std::vector<std::uint32_t> m_labels;
};

void Run::forward()
{
    m_states = m_evaluation.lookUp(m_architecture, m_panel.ids, m_panel.length);
    m_states = m_evaluation.normalise(m_architecture.embeddingNorm, m_states);
    m_evaluation.expectFinite(m_states, "the embedding");
    for (std::size_t i = 0; i < m_architecture.blocks.size() && !m_evaluation.failed(); ++i) {
        if (m_pass.tier == ProbeTier::full)
            m_inputs.push_back(m_states);
        blockForward(m_pass, m_architecture.blocks[i], m_states);
        m_evaluation.expectFinite(m_states, "layer " + std::to_string(i));
    }
}

/// The gradient at the embedding's output.
Floats Run::backward()
{
    HeadGradient head = headBackward(m_pass, m_architecture, m_states);
    m_labels = std::move(head.labels);
    m_states = {};
    m_pass.recordsInputs = false;
    for (std::size_t i = m_architecture.blocks.size(); i-- > 0 && !m_evaluation.failed();) {
        blockBackward(m_pass, m_architecture.blocks[i], m_inputs[i], head.gradient);
        m_inputs.pop_back();
        m_evaluation.expectFinite(head.gradient, "the gradient of layer " + std::to_string(i));
    }
    return std::move(head.gradient);
}

/// `gradient` at the embedding's output; empty below tier full.
void Run::recordLookup(const Floats& gradient)
{
    const std::vector<double> shares = idShares(m_architecture.vocabulary);
    std::vector<float> columns;
    if (!gradient.empty())
        columns = meanSquares(gradient, m_architecture.hidden);
    const double scale = m_architecture.embeddingScale;
    for (float& value : columns)
        value = static_cast<float>(value * scale * scale);
    std::vector<float> rowUse(shares.begin(), shares.end());
    rowUse.resize(m_embeddingRows);
    m_recorder.lookup(m_architecture.embedding, std::move(rowUse), std::move(columns));
}

Result<ProbeRun> Run::run()
{
    forward();
    Floats gradient;
    if (m_pass.tier == ProbeTier::full && !m_evaluation.failed())
        gradient = backward();
    else if (!m_evaluation.failed())
        headForward(m_pass, m_architecture, m_states);
    if (m_evaluation.failed())
        return m_evaluation.error();
    recordLookup(gradient);
    ProbeRun run;
    run.moments = m_recorder.finish(m_pass.tier, {}, m_panel.tokens());
    run.panel = std::move(m_panel);
    run.labels = std::move(m_labels);
    return run;
}

} // namespace

Result<ProbeRun> runProbe(std::shared_ptr<const Model> model, const Architecture& architecture,
    ProbeTier tier, Panel panel, const Job& job)
{
    return Run(model, architecture, tier, std::move(panel), job).run();
}

} // namespace bitloupe
