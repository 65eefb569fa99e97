// SPDX-License-Identifier: GPL-3.0-or-later
// A feed-forward block or one expert on rows of states, forward and backward in two steps.
#pragma once

#include "probe/fused_layout.h"
#include "probe/panel_pass.h"

namespace bitloupe {

/// What the backward pass needs again.
struct MlpTrace {
    Weight gate, up, gateUp, down; // as the layer has them
    GateUp parts; // as projected; without a gate `gate` holds up
    Floats inner; // down's input
};

/// Computes trace.inner and what leads to it from x [tokens, hidden].
void mlpInner(const PanelPass& pass, const Mlp& mlp, const Floats& x, MlpTrace& trace);
/// down's output.
Floats mlpOutput(const PanelPass& pass, const Mlp& mlp, MlpTrace& trace);

/// The gradient at down's input from the one at its output.
Floats downBack(const PanelPass& pass, const Mlp& mlp, MlpTrace& trace, const Floats& gradient);
/// xGradient += the gradient at x from the one at down's input; notes those at the outputs of gate
/// and up.
void innerBack(const PanelPass& pass, const Mlp& mlp, const MlpTrace& trace,
    const Floats& innerGradient, Floats& xGradient);

} // namespace bitloupe
