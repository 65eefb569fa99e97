// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of ggml as floats, bit for bit as ggml's own decoder gives them.
#pragma once

#include "codec/ggml/block_bits.h"

#include <span>

namespace bitloupe {

/// Whole blocks of a dtype with a BlockFormat, one after another. Scales that are NaN or infinite
/// give values that are: what a file holds is shown as it is. Cost: one pass.
void decodeBlocks(DType dtype, const std::byte* in, std::span<float> out);

/// value = scale * level + offset, product and sum rounded one by one.
struct BlockGrid {
    alignas(64) std::array<float, mostBlockGroups> scale {}, offset {};
};
BlockGrid blockGrid(const BlockFormat& format, const BlockNumbers& numbers);

} // namespace bitloupe
