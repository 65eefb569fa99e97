// SPDX-License-Identifier: GPL-3.0-or-later
// The end of the model on the panel: final norm, logits, labels drawn from them, and the gradient
// of their negative log likelihood.
#pragma once

#include "probe/panel_pass.h"

namespace bitloupe {

/// Notes the head's input moments only. A model without a final norm or head is left alone.
void headForward(const PanelPass& pass, const Architecture& architecture, const Floats& states);

struct HeadGradient {
    std::vector<std::uint32_t> labels; // one a token
    Floats gradient; // at the states before the final norm
};

/// The loss is the sum over tokens of -log p(label). Logits are held for as many tokens at a time
/// as fit into 128 MiB.
HeadGradient headBackward(
    const PanelPass& pass, const Architecture& architecture, const Floats& states);

} // namespace bitloupe
