// SPDX-License-Identifier: GPL-3.0-or-later
// The float model read straight through: what attention's output and down read, and the second
// moments at the head.
#pragma once

#include "probe/input_covariance.h"
#include "probe/panel_pass.h"
#include "probe/rotary.h"

#include <optional>

namespace bitloupe {

/// What a block's o reads. Shapes: states [pass.tokens, hidden], whole sequences.
Floats attentionContext(const PanelPass& pass, const Block& block,
    const std::optional<RotaryAngles>& angles, std::span<const float> states);

/// What down reads in a block without experts.
Floats downRows(const PanelPass& pass, const Block& block, std::span<const float> states);

/// A mean over all tokens of the text, of a model without experts. Errors: as the walk's. Cost: one
/// reading of the text by the model. Memory: the states of all tokens and one block's weights.
Result<InputCovariance> headCovariance(const std::shared_ptr<const Model>& model,
    const Architecture& architecture, const SelfText& text, const Job& job);

} // namespace bitloupe
