// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/expert_block.h"

#include "probe/expert_rows.h"
#include "probe/mlp_block.h"
#include "probe/second_moments.h"

#include <algorithm>

namespace bitloupe {
namespace {

void scaleRows(Floats& rows, std::size_t width, const Uses& uses)
{
    for (std::size_t i = 0; i < uses.size(); ++i) {
        for (std::size_t j = 0; j < width; ++j)
            rows[i * width + j] *= uses[i].weight;
    }
}

double dot(const float* a, const float* b, std::size_t count)
{
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

class Mixture {
public:
    Mixture(const PanelPass& pass, const Experts& experts)
        : m_pass(pass)
        , m_experts(experts)
        , m_hidden(experts.router.in)
    {
    }

    Floats forward(const Floats& x);
    void backward(const Floats& x, const Floats& gradient, Floats& xGradient);

private:
    std::optional<Routing> route(const Floats& x);
    void recordInputs(const Mlp& expert, const Floats& x, bool shared);
    void expertForward(const Mlp& expert, const Uses& uses, const Floats& x, Floats& out);
    void expertOnPanel(const Mlp& expert, const Uses& uses, const Floats& x, Floats& out);
    Floats sharedWeights(const Floats& x);
    Floats expertBackward(const Mlp& expert, const Uses& uses, const Floats& x,
        const Floats& gradient, Floats& xGradient);
    void sharedBackward(const Floats& x, const Floats& gradient, Floats& xGradient);

    const PanelPass& m_pass;
    const Experts& m_experts;
    std::size_t m_hidden;
    Floats m_inputSquares; // of the whole panel
};

std::optional<Routing> Mixture::route(const Floats& x)
{
    const Floats logits = m_pass.run.apply(m_experts.router, x);
    m_pass.run.expectFinite(logits, "the router of experts");
    if (m_pass.run.failed())
        return std::nullopt;
    return routeTokens(m_experts, logits);
}

void Mixture::recordInputs(const Mlp& expert, const Floats& x, bool shared)
{
    if (!m_pass.recordsInputs || m_pass.run.failed())
        return;
    const Floats squares = shared ? Floats() : meanSquares(x, m_hidden);
    for (const Linear* linear :
        {pointerTo(expert.gate), pointerTo(expert.up), pointerTo(expert.gateUp)}) {
        if (linear && shared)
            m_pass.moments.sharedInput(*linear, m_inputSquares);
        else if (linear)
            m_pass.moments.input(*linear, squares);
    }
}

/// On the tokens that use it alone.
void Mixture::expertForward(const Mlp& expert, const Uses& uses, const Floats& x, Floats& out)
{
    const Floats rows = gather(x, m_hidden, uses);
    MlpTrace trace;
    recordInputs(expert, rows, false);
    mlpInner(m_pass, expert, rows, trace);
    m_pass.recordInput({&expert.down}, trace.inner);
    scatterAdd(out, m_hidden, uses, mlpOutput(m_pass, expert, trace), true);
}

/// On the whole panel; only the tokens that use it get its output.
void Mixture::expertOnPanel(const Mlp& expert, const Uses& uses, const Floats& x, Floats& out)
{
    MlpTrace trace;
    recordInputs(expert, x, m_pass.tier == ProbeTier::forward);
    mlpInner(m_pass, expert, x, trace);
    m_pass.recordInput({&expert.down}, trace.inner);
    if (uses.empty())
        return;
    trace.inner = gather(trace.inner, expert.inner(), uses);
    scatterAdd(out, m_hidden, uses, mlpOutput(m_pass, expert, trace), true);
}

/// The weight of the shared expert by token; empty: one.
Floats Mixture::sharedWeights(const Floats& x)
{
    if (!m_experts.sharedRouter)
        return {};
    m_pass.recordInput({&*m_experts.sharedRouter}, x);
    return sigmoids(m_pass.run.apply(*m_experts.sharedRouter, x));
}

Floats Mixture::forward(const Floats& x)
{
    Floats out(x.size());
    m_pass.recordInput({&m_experts.router}, x);
    const auto routing = route(x);
    if (!routing)
        return out;
    m_inputSquares = meanSquares(x, m_hidden);
    for (std::size_t i = 0; i < m_experts.experts.size() && !m_pass.run.failed(); ++i) {
        const Mlp& expert = m_experts.experts[i];
        const Uses& uses = routing->uses[i];
        if (m_pass.tier == ProbeTier::full && !uses.empty()) {
            expertForward(expert, uses, x, out);
            continue;
        }
        expertOnPanel(expert, uses, x, out);
        if (m_pass.tier != ProbeTier::full)
            continue;
        for (const Linear* linear : {pointerTo(expert.gate), pointerTo(expert.up),
                 pointerTo(expert.gateUp), &expert.down}) {
            if (linear)
                m_pass.moments.unreached(*linear);
        }
    }
    if (m_experts.shared)
        expertForward(*m_experts.shared, allTokens(m_pass.tokens, sharedWeights(x)), x, out);
    return out;
}

/// Returns the gradients at the weights of `uses`.
Floats Mixture::expertBackward(const Mlp& expert, const Uses& uses, const Floats& x,
    const Floats& gradient, Floats& xGradient)
{
    const Floats rows = gather(x, m_hidden, uses);
    MlpTrace trace;
    mlpInner(m_pass, expert, rows, trace);
    Floats atOutput = gather(gradient, m_hidden, uses);
    // The gradient at a weight is that of the unweighted output times the output.
    const Floats outputs = mlpOutput(m_pass, expert, trace);
    Floats atWeights(uses.size());
    for (std::size_t i = 0; i < uses.size(); ++i)
        atWeights[i] = static_cast<float>(
            dot(atOutput.data() + i * m_hidden, outputs.data() + i * m_hidden, m_hidden));
    scaleRows(atOutput, m_hidden, uses);
    m_pass.recordGradient(expert.down, atOutput);
    const Floats atInner = downBack(m_pass, expert, trace, atOutput);
    Floats atRows(rows.size());
    innerBack(m_pass, expert, trace, atInner, atRows);
    scatterAdd(xGradient, m_hidden, uses, atRows, false);
    return atWeights;
}

void Mixture::sharedBackward(const Floats& x, const Floats& gradient, Floats& xGradient)
{
    Evaluation& run = m_pass.run;
    const auto& router = m_experts.sharedRouter;
    const Weight weight = router ? run.load(*router) : Weight();
    const Floats weights = router ? sigmoids(run.apply(*router, weight, x)) : Floats();
    Floats slopes = expertBackward(
        *m_experts.shared, allTokens(m_pass.tokens, weights), x, gradient, xGradient);
    if (!router)
        return;
    for (std::size_t t = 0; t < slopes.size(); ++t)
        slopes[t] *= weights[t] * (1 - weights[t]);
    m_pass.recordGradient(*router, slopes);
    run.back(weight, slopes, xGradient);
}

void Mixture::backward(const Floats& x, const Floats& gradient, Floats& xGradient)
{
    Evaluation& run = m_pass.run;
    const auto routing = route(x);
    if (!routing)
        return;
    std::vector<Floats> atWeights(m_experts.experts.size());
    for (std::size_t i = 0; i < m_experts.experts.size() && !run.failed(); ++i) {
        if (!routing->uses[i].empty())
            atWeights[i] = expertBackward(
                m_experts.experts[i], routing->uses[i], x, gradient, xGradient);
    }
    if (run.failed())
        return;
    const Floats atLogits = routeBack(m_experts, *routing, atWeights);
    m_pass.recordGradient(m_experts.router, atLogits);
    run.back(run.load(m_experts.router), atLogits, xGradient);
    if (m_experts.shared)
        sharedBackward(x, gradient, xGradient);
}

} // namespace

Floats expertsForward(const PanelPass& pass, const Experts& experts, const Floats& x)
{
    return Mixture(pass, experts).forward(x);
}

void expertsBackward(const PanelPass& pass, const Experts& experts, const Floats& x,
    const Floats& gradient, Floats& xGradient)
{
    Mixture(pass, experts).backward(x, gradient, xGradient);
}

} // namespace bitloupe
