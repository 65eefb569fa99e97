// SPDX-License-Identifier: GPL-3.0-or-later
// Taking the outputs of fused matrices apart, and gradients together again.
#pragma once

#include "probe/evaluation.h"

namespace bitloupe {

struct QueryKeyValue {
    Floats q, k, v; // [tokens, heads * headDim], [tokens, kvHeads * headDim] twice
};

/// Shapes: fused [tokens, (heads + 2 kvHeads) * headDim].
QueryKeyValue splitQkv(const Attention& attention, std::span<const float> fused);
Floats joinQkv(const Attention& attention, const QueryKeyValue& parts);

struct GateUp {
    Floats gate, up; // [tokens, inner]
};

/// Shapes: fused [tokens, 2 * inner].
GateUp splitGateUp(GateLayout layout, std::size_t inner, std::span<const float> fused);
Floats joinGateUp(GateLayout layout, std::size_t inner, const GateUp& parts);

} // namespace bitloupe
