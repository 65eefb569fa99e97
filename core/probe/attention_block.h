// SPDX-License-Identifier: GPL-3.0-or-later
// The attention half of a block on the panel, forward and backward, without norm and residual.
#pragma once

#include "probe/fused_layout.h"
#include "probe/panel_pass.h"

namespace bitloupe {

/// What the backward pass needs again.
struct AttentionTrace {
    Weight q, k, v, qkv, o; // as the layer has them
    QueryKeyValue raw; // as projected
    QueryKeyValue turned; // after norms and rotation; v is only in `raw`
    Floats context; // o's input
};

/// o's output from the normed states x [tokens, hidden]. In tier forward a causal mean of v stands
/// for attention, and q and k only get their input moments.
Floats attendForward(const PanelPass& pass, const Attention& attention, const Floats& x,
    AttentionTrace& trace);

/// xGradient += the gradient at x from the one at o's output; notes those at the matrices' outputs.
void attendBackward(const PanelPass& pass, const Attention& attention,
    const AttentionTrace& trace, const Floats& gradient, Floats& xGradient);

} // namespace bitloupe
