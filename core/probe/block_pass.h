// SPDX-License-Identifier: GPL-3.0-or-later
// A whole block on the panel: norms, both halves and the residual stream, forward and backward.
#pragma once

#include "probe/panel_pass.h"

#include <functional>

namespace bitloupe {

/// Replaces the states [tokens, hidden] before the block by those behind it.
void blockForward(const PanelPass& pass, const Block& block, Floats& states);

/// Attention's output from the normed states.
using AttentionHalf = std::function<Floats(const Floats& normed)>;
/// The same with another way to attend.
void blockForward(const PanelPass& pass, const Block& block, const AttentionHalf& attention,
    Floats& states);

/// Replaces the gradient behind the block by the one before it; `input` are the states before it.
/// Blocks whose halves are parallel are not among the architectures this is for.
void blockBackward(
    const PanelPass& pass, const Block& block, const Floats& input, Floats& gradient);

} // namespace bitloupe
