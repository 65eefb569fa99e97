// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of floats as blocks of ggml.
#pragma once

#include "codec/codec.h"
#include "codec/ggml/block_kernels.h"

namespace bitloupe {

/// As encodeRow; `out` may be null, then only the error is computed, bit for bit the same.
/// Scales are rounded to what is stored before codes are chosen, and are always finite.
RowError encodeBlocks(const Codec& codec, Encoder encoder, std::span<const float> row,
    std::span<const float> weights, const EncodedRow* out);

/// The blocks of up to 16 whole groups with the numbers of `grids`; returns the bytes written.
std::size_t writeBlocks(const BlockFormat& format, const BlockGrids& grids, std::size_t groups,
    const std::uint8_t* codes, std::byte* out);

} // namespace bitloupe
