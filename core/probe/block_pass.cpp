// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/block_pass.h"

#include "probe/attention_block.h"
#include "probe/expert_block.h"
#include "probe/mlp_block.h"

#include <cassert>

namespace bitloupe {
namespace {

/// The feed-forward half's output before its norm.
Floats feedForward(const PanelPass& pass, const Block& block, const Floats& x)
{
    if (block.experts)
        return expertsForward(pass, *block.experts, x);
    const Mlp& mlp = *block.mlp;
    MlpTrace trace;
    pass.recordInput({pointerTo(mlp.gate), pointerTo(mlp.up), pointerTo(mlp.gateUp)}, x);
    mlpInner(pass, mlp, x, trace);
    pass.recordInput({&mlp.down}, trace.inner);
    return mlpOutput(pass, mlp, trace);
}

/// The residual stream takes in what a half computed.
void join(const Block& block, Floats& states, const Floats& values)
{
    if (block.residualFactor == 1) {
        addTo(states, values);
        return;
    }
    const auto factor = static_cast<float>(block.residualFactor);
    for (std::size_t i = 0; i < states.size(); ++i)
        states[i] += factor * values[i];
}

/// Through a norm behind a half: the gradient at its input, or the same where there is none.
Floats behindNorm(const PanelPass& pass, const std::optional<Norm>& norm, const Floats& input,
    const Floats& gradient)
{
    if (!norm)
        return gradient;
    Floats before(gradient.size());
    pass.run.normaliseBack(*norm, input, gradient, before);
    return before;
}

/// gradient += what comes through the half whose input is norm(x).
void beforeNorm(const PanelPass& pass, const std::optional<Norm>& norm, const Floats& x,
    const Floats& normedGradient, Floats& gradient)
{
    if (norm)
        pass.run.normaliseBack(*norm, x, normedGradient, gradient);
    else
        addTo(gradient, normedGradient);
}

void feedForwardBack(
    const PanelPass& pass, const Block& block, const Floats& x, Floats& gradient)
{
    const Floats normed = pass.run.normalise(block.mlpNorm, x);
    Floats atNormed(x.size());
    if (block.experts) {
        assert(!block.mlpPostNorm);
        expertsBackward(pass, *block.experts, normed, gradient, atNormed);
    } else {
        MlpTrace trace;
        mlpInner(pass, *block.mlp, normed, trace);
        const Floats output
            = block.mlpPostNorm ? mlpOutput(pass, *block.mlp, trace) : Floats();
        const Floats atOutput = behindNorm(pass, block.mlpPostNorm, output, gradient);
        pass.recordGradient(block.mlp->down, atOutput);
        const Floats atInner = downBack(pass, *block.mlp, trace, atOutput);
        innerBack(pass, *block.mlp, trace, atInner, atNormed);
    }
    beforeNorm(pass, block.mlpNorm, x, atNormed, gradient);
}

} // namespace

void blockForward(const PanelPass& pass, const Block& block, Floats& states)
{
    const auto attention = [&](const Floats& normed) {
        AttentionTrace trace;
        return attendForward(pass, block.attention, normed, trace);
    };
    blockForward(pass, block, attention, states);
}

void blockForward(
    const PanelPass& pass, const Block& block, const AttentionHalf& attention, Floats& states)
{
    Evaluation& run = pass.run;
    const Floats attended = run.normalise(
        block.attentionPostNorm, attention(run.normalise(block.attentionNorm, states)));
    if (block.parallel) {
        const Floats fed = run.normalise(
            block.mlpPostNorm, feedForward(pass, block, run.normalise(block.mlpNorm, states)));
        join(block, states, attended);
        join(block, states, fed);
        return;
    }
    join(block, states, attended);
    join(block, states,
        run.normalise(block.mlpPostNorm,
            feedForward(pass, block, run.normalise(block.mlpNorm, states))));
}

void blockBackward(
    const PanelPass& pass, const Block& block, const Floats& input, Floats& gradient)
{
    assert(!block.parallel);
    Evaluation& run = pass.run;
    const Floats normed = run.normalise(block.attentionNorm, input);
    AttentionTrace trace;
    const Floats output = attendForward(pass, block.attention, normed, trace);
    Floats middle = run.normalise(block.attentionPostNorm, output);
    addTo(middle, input);
    feedForwardBack(pass, block, middle, gradient);
    const Floats atOutput = behindNorm(pass, block.attentionPostNorm, output, gradient);
    Floats atNormed(input.size());
    attendBackward(pass, block.attention, trace, atOutput, atNormed);
    beforeNorm(pass, block.attentionNorm, input, atNormed, gradient);
}

} // namespace bitloupe
