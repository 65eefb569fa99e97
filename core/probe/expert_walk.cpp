// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/expert_walk.h"

#include "probe/covariance_sums.h"
#include "probe/mlp_block.h"

namespace bitloupe {
ExpertWalk::ExpertWalk(const Experts& experts, MomentsRecorder& recorder, std::size_t length)
    : m_experts(experts)
    , m_recorder(recorder)
    , m_length(length)
    , m_inner(experts.experts.size() + 1)
{
}

PanelPass ExpertWalk::pass(Evaluation& run, std::size_t tokens) const
{
    return {run, m_recorder, m_length, tokens, ProbeTier::full, false};
}

std::vector<InputCovariance> ExpertWalk::inputs(Evaluation& run, Floats normed)
{
    m_normed = std::move(normed);
    const std::size_t hidden = m_experts.router.in;
    const Floats logits = run.apply(m_experts.router, m_normed);
    run.expectFinite(logits, "the router of experts");
    if (run.failed())
        return {};
    m_routing = routeTokens(m_experts, logits);
    const auto& shared = m_experts.shared;
    CovarianceSums all({&m_experts.router, pointerTo(m_experts.sharedRouter),
                           shared ? pointerTo(shared->gate) : nullptr,
                           shared ? pointerTo(shared->up) : nullptr,
                           shared ? pointerTo(shared->gateUp) : nullptr},
        hidden);
    all.add(run, m_normed);
    std::vector<InputCovariance> group {all.take()};
    for (std::size_t i = 0; i < m_experts.experts.size() && !run.failed(); ++i) {
        if (!reached(i))
            continue;
        const Mlp& expert = m_experts.experts[i];
        CovarianceSums sums(
            {pointerTo(expert.gate), pointerTo(expert.up), pointerTo(expert.gateUp)}, hidden);
        sums.add(run, gather(m_normed, hidden, m_routing.uses[i]));
        group.push_back(sums.take());
    }
    return group;
}

std::vector<InputCovariance> ExpertWalk::downInputs(Evaluation& run)
{
    const std::size_t hidden = m_experts.router.in;
    std::vector<InputCovariance> group;
    const auto evaluate = [&](const Mlp& mlp, const Floats& rows, Floats& inner) {
        MlpTrace trace;
        mlpInner(pass(run, rows.size() / hidden), mlp, rows, trace);
        inner = std::move(trace.inner);
        CovarianceSums sums({&mlp.down}, mlp.inner());
        sums.add(run, inner);
        group.push_back(sums.take());
    };
    for (std::size_t i = 0; i < m_experts.experts.size() && !run.failed(); ++i) {
        if (reached(i))
            evaluate(
                m_experts.experts[i], gather(m_normed, hidden, m_routing.uses[i]), m_inner[i]);
    }
    if (m_experts.shared && !run.failed())
        evaluate(*m_experts.shared, m_normed, m_inner.back());
    return group;
}

Floats ExpertWalk::output(Evaluation& run)
{
    const std::size_t hidden = m_experts.router.in;
    Floats out(m_normed.size());
    for (std::size_t i = 0; i < m_experts.experts.size() && !run.failed(); ++i) {
        if (reached(i))
            scatterAdd(out, hidden, m_routing.uses[i],
                run.apply(m_experts.experts[i].down, m_inner[i]), true);
    }
    if (!m_experts.shared)
        return out;
    const Floats weights = m_experts.sharedRouter
        ? sigmoids(run.apply(*m_experts.sharedRouter, m_normed)) : Floats();
    scatterAdd(out, hidden, allTokens(out.size() / hidden, weights),
        run.apply(m_experts.shared->down, m_inner.back()), true);
    return out;
}

} // namespace bitloupe
