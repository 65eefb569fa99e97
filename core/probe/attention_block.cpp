// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/attention_block.h"

#include "probe/attention_op.h"
#include "probe/rotary.h"

namespace bitloupe {
namespace {

AttentionShape shapeOf(const PanelPass& pass, const Attention& attention)
{
    return {pass.length, attention.heads, attention.kvHeads, attention.headDim, attention.scale,
        attention.softcap.value_or(0), attention.window};
}

const Linear* pointer(const std::optional<Linear>& linear) { return linear ? &*linear : nullptr; }

/// Columns [begin, begin + count) of every stretch of `stride` columns.
Floats columnsOf(const Floats& rows, std::size_t stride, std::size_t begin, std::size_t count)
{
    Floats part;
    part.reserve(rows.size() / stride * count);
    for (std::size_t at = begin; at < rows.size(); at += stride)
        part.insert(part.end(), rows.begin() + static_cast<std::ptrdiff_t>(at),
            rows.begin() + static_cast<std::ptrdiff_t>(at + count));
    return part;
}

/// The values; of the queries only the inputs of their matrices.
Floats lowRankValues(const PanelPass& pass, const Attention& attention, const Floats& x)
{
    Evaluation& run = pass.run;
    const LowRank& low = *attention.lowRank;
    pass.recordInput({pointer(attention.q), pointer(low.qDown), &low.down}, x);
    if (low.qDown) {
        const Floats state = run.apply(*low.qDown, x);
        pass.recordInput({pointer(low.qUp)}, run.normalise(low.qNorm, state));
    }
    const Floats state
        = columnsOf(run.apply(low.down, x), low.down.out, 0, low.norm.width);
    const Floats normed = run.normalise(low.norm, state);
    pass.recordInput({&low.up}, normed);
    return columnsOf(run.apply(low.up, normed), low.skipped + attention.headDim, low.skipped,
        attention.headDim);
}

void projectInputs(const PanelPass& pass, const Attention& attention, const Floats& x,
    AttentionTrace& trace)
{
    Evaluation& run = pass.run;
    const bool full = pass.tier == ProbeTier::full;
    if (attention.lowRank) {
        trace.raw.v = lowRankValues(pass, attention, x);
        return;
    }
    pass.recordInput({pointer(attention.q), pointer(attention.k), pointer(attention.v),
                         pointer(attention.qkv)},
        x);
    if (attention.qkv) {
        trace.qkv = run.load(*attention.qkv);
        trace.raw = splitQkv(attention, run.apply(*attention.qkv, trace.qkv, x));
        return;
    }
    trace.v = run.load(*attention.v);
    trace.raw.v = run.apply(*attention.v, trace.v, x);
    if (!full)
        return;
    trace.q = run.load(*attention.q);
    trace.raw.q = run.apply(*attention.q, trace.q, x);
    trace.k = run.load(*attention.k);
    trace.raw.k = run.apply(*attention.k, trace.k, x);
}

/// Rotates or, with `back`, takes gradients through the rotation.
void turn(const PanelPass& pass, const Attention& attention, QueryKeyValue& values, bool back)
{
    Evaluation& run = pass.run;
    if (!attention.rotary || run.failed())
        return;
    const auto angles = rotaryAngles(*attention.rotary, pass.length);
    if (!angles) {
        run.fail(angles.error());
        return;
    }
    const auto each = [&](Floats& part, std::size_t heads) {
        run.check(back ? rotateBack(*angles, pass.length, attention.headDim, heads, part, run.job())
                       : rotate(*angles, pass.length, 0, attention.headDim, heads, part,
                             run.job()));
    };
    each(values.q, attention.heads);
    each(values.k, attention.kvHeads);
}

void attendFully(const PanelPass& pass, const Attention& attention, AttentionTrace& trace)
{
    Evaluation& run = pass.run;
    trace.turned.q = run.normalise(attention.qNorm, trace.raw.q);
    trace.turned.k = run.normalise(attention.kNorm, trace.raw.k);
    turn(pass, attention, trace.turned, false);
    if (!run.failed())
        run.check(attend(shapeOf(pass, attention), trace.turned.q, trace.turned.k, trace.raw.v,
            trace.context, run.job()));
}

/// The gradient at a projection's output from the one behind its norm.
Floats throughNorm(const PanelPass& pass, const std::optional<Norm>& norm, const Floats& raw,
    Floats gradient)
{
    if (!norm)
        return gradient;
    Floats before(raw.size());
    pass.run.normaliseBack(*norm, raw, gradient, before);
    return before;
}

} // namespace

Floats attendForward(const PanelPass& pass, const Attention& attention, const Floats& x,
    AttentionTrace& trace)
{
    Evaluation& run = pass.run;
    projectInputs(pass, attention, x, trace);
    trace.context.assign(pass.tokens * attention.o.in, 0);
    if (pass.tier == ProbeTier::full)
        attendFully(pass, attention, trace);
    else if (!run.failed())
        run.check(causalMean(shapeOf(pass, attention), trace.raw.v, trace.context, run.job()));
    pass.recordInput({&attention.o}, trace.context);
    trace.o = run.load(attention.o);
    return run.apply(attention.o, trace.o, trace.context);
}

void attendBackward(const PanelPass& pass, const Attention& attention,
    const AttentionTrace& trace, const Floats& gradient, Floats& xGradient)
{
    Evaluation& run = pass.run;
    pass.recordGradient(attention.o, gradient);
    Floats contextGradient(trace.context.size());
    run.back(trace.o, gradient, contextGradient);
    QueryKeyValue parts {Floats(trace.raw.q.size()), Floats(trace.raw.k.size()),
        Floats(trace.raw.v.size())};
    if (!run.failed())
        run.check(attendBack(shapeOf(pass, attention), trace.turned.q, trace.turned.k, trace.raw.v,
            contextGradient, {parts.q, parts.k, parts.v}, run.job()));
    turn(pass, attention, parts, true);
    parts.q = throughNorm(pass, attention.qNorm, trace.raw.q, std::move(parts.q));
    parts.k = throughNorm(pass, attention.kNorm, trace.raw.k, std::move(parts.k));
    if (attention.qkv) {
        const Floats fused = joinQkv(attention, parts);
        pass.recordGradient(*attention.qkv, fused);
        run.back(trace.qkv, fused, xGradient);
        return;
    }
    pass.recordGradient(*attention.q, parts.q);
    pass.recordGradient(*attention.k, parts.k);
    pass.recordGradient(*attention.v, parts.v);
    run.back(trace.q, parts.q, xGradient);
    run.back(trace.k, parts.k, xGradient);
    run.back(trace.v, parts.v, xGradient);
}

} // namespace bitloupe
