// SPDX-License-Identifier: GPL-3.0-or-later
// What attention reads, for passes that need no gradients: queries and keys behind norms and
// rotation, and values.
#pragma once

#include "probe/attention_op.h"
#include "probe/evaluation.h"
#include "probe/fused_layout.h"
#include "probe/rotary.h"

#include <optional>

namespace bitloupe {

/// Angles of a layer for positions below `length`; empty where it does not rotate.
Result<std::optional<RotaryAngles>> layerAngles(const Attention& attention, std::size_t length);

AttentionShape attentionShape(const Attention& attention, std::size_t length);

/// Shapes: x [tokens, hidden], sequences of `length` tokens, the first of each at `position`.
QueryKeyValue attentionInputs(Evaluation& run, const Attention& attention,
    const std::optional<RotaryAngles>& angles, std::size_t length, std::size_t position,
    std::span<const float> x);

} // namespace bitloupe
