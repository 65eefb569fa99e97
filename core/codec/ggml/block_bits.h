// SPDX-License-Identifier: GPL-3.0-or-later
// Where the numbers of a block lie in its bytes; no arithmetic is done here. Every pattern of bits
// is a block, and writing what was read gives the same bytes.
// Source: the layouts of ggml's weight types, as of its version 0.25.
#pragma once

#include "codec/ggml/block_format.h"

namespace bitloupe {

/// One block, group after group. Of the arrays, only what the format has is used.
struct BlockNumbers {
    std::uint16_t d = 0; // bits of an f16; of MXFP4 the exponent
    std::uint16_t offset = 0; // bits of an f16: m or dmin
    std::array<std::int8_t, mostBlockGroups> scales {};
    std::array<std::uint8_t, mostBlockGroups> mins {};
    alignas(64) std::array<std::uint8_t, largestBlock> codes {};
};

/// Of a dtype with a BlockFormat.
void readBlock(DType dtype, const std::byte* in, BlockNumbers& numbers);

/// Of any of these but MXFP4. Numbers outside the format's range are cut to their lowest bits.
void writeBlock(DType dtype, const BlockNumbers& numbers, std::byte* out);

} // namespace bitloupe
