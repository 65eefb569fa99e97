// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/mlp_block.h"

#include "probe/activation.h"

namespace bitloupe {

void mlpInner(const PanelPass& pass, const Mlp& mlp, const Floats& x, MlpTrace& trace)
{
    Evaluation& run = pass.run;
    if (mlp.gateUp) {
        trace.gateUp = run.load(*mlp.gateUp);
        trace.parts = splitGateUp(
            mlp.layout, mlp.inner(), run.apply(*mlp.gateUp, trace.gateUp, x));
    } else {
        trace.up = run.load(*mlp.up);
        trace.parts.up = run.apply(*mlp.up, trace.up, x);
    }
    if (mlp.gate) {
        trace.gate = run.load(*mlp.gate);
        trace.parts.gate = run.apply(*mlp.gate, trace.gate, x);
    } else if (!mlp.gateUp) {
        std::swap(trace.parts.gate, trace.parts.up);
    }
    trace.inner = run.activate(mlp.activation, trace.parts.gate, trace.parts.up);
}

Floats mlpOutput(const PanelPass& pass, const Mlp& mlp, MlpTrace& trace)
{
    if (trace.down.empty())
        trace.down = pass.run.load(mlp.down);
    return pass.run.apply(mlp.down, trace.down, trace.inner);
}

Floats downBack(const PanelPass& pass, const Mlp& mlp, MlpTrace& trace, const Floats& gradient)
{
    if (trace.down.empty())
        trace.down = pass.run.load(mlp.down);
    Floats innerGradient(trace.inner.size());
    pass.run.back(trace.down, gradient, innerGradient);
    return innerGradient;
}

void innerBack(const PanelPass& pass, const Mlp& mlp, const MlpTrace& trace,
    const Floats& innerGradient, Floats& xGradient)
{
    Evaluation& run = pass.run;
    GateUp parts {Floats(trace.parts.gate.size()), Floats(trace.parts.up.size())};
    if (!run.failed())
        run.check(activateBack(mlp.activation, trace.parts.gate, trace.parts.up, innerGradient,
            parts.gate, parts.up, run.job()));
    if (mlp.gateUp) {
        const Floats fused = joinGateUp(mlp.layout, mlp.inner(), parts);
        pass.recordGradient(*mlp.gateUp, fused);
        run.back(trace.gateUp, fused, xGradient);
        return;
    }
    const Floats& upGradient = mlp.gate ? parts.up : parts.gate;
    pass.recordGradient(*mlp.up, upGradient);
    run.back(trace.up, upGradient, xGradient);
    if (mlp.gate) {
        pass.recordGradient(*mlp.gate, parts.gate);
        run.back(trace.gate, parts.gate, xGradient);
    }
}

} // namespace bitloupe
