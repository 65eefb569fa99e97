// SPDX-License-Identifier: GPL-3.0-or-later
// A mixture of experts on the panel, forward and backward. In tier full tokens go where the model
// sends them and an expert's moments are of its own tokens; in tier forward every expert also sees
// the whole panel for its moments.
#pragma once

#include "probe/panel_pass.h"

namespace bitloupe {

/// The block's output from the normed states x [tokens, hidden].
Floats expertsForward(const PanelPass& pass, const Experts& experts, const Floats& x);

/// xGradient += the gradient at x from the one at the block's output, through the routing weights
/// too; notes those at the matrices' outputs.
void expertsBackward(const PanelPass& pass, const Experts& experts, const Floats& x,
    const Floats& gradient, Floats& xGradient);

} // namespace bitloupe
