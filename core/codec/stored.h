// SPDX-License-Identifier: GPL-3.0-or-later
// Plain floats as a codec: BF16, F16, F32, nearest even.
#pragma once

#include "codec/codec.h"

namespace bitloupe {

/// As encodeRow; `out` may be null, then only the error is computed. A magnitude above the
/// format's largest number is stored as that number, so that what is finite stays finite.
RowError encodeStored(const Codec& codec, std::span<const float> row,
    std::span<const float> weights, const EncodedRow* out);

void decodeStored(const Codec& codec, ConstEncodedRow in, std::span<float> out);

} // namespace bitloupe
