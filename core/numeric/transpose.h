// SPDX-License-Identifier: GPL-3.0-or-later
// Rows to columns, four by four.
#pragma once

#include <cstddef>

namespace bitloupe {

/// out[j * outStride + i] = in[i * inStride + j]. Shapes: in [rows, columns].
void transpose(const float* in, std::size_t inStride, std::size_t rows, std::size_t columns,
    float* out, std::size_t outStride);

} // namespace bitloupe
