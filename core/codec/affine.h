// SPDX-License-Identifier: GPL-3.0-or-later
// The MLX affine format: groups of 32, 64 or 128 values as scale * code + bias.
// A row is one little-endian bit stream of codes (bit_packing.h), one scale and one bias per group
// in the scale's dtype, in three separate tensors. The scale may be negative; nothing else is
// demanded of scale and bias. Source: the format as mlx 0.32 reads it.
#pragma once

#include "codec/codec.h"

namespace bitloupe {

/// As encodeRow; `out` may be null, then only the error is computed, bit for bit the same.
RowError encodeAffine(const Codec& codec, DType scaleType, Encoder encoder,
    std::span<const float> row, std::span<const float> weights, const EncodedRow* out);

void decodeAffine(const Codec& codec, DType scaleType, ConstEncodedRow in, Decode mode,
    std::span<float> out);

} // namespace bitloupe
