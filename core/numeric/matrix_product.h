// SPDX-License-Identifier: GPL-3.0-or-later
// Products of a large matrix's blocks with panels of 32 columns: all that spectra need, and not a
// general matrix library. Vectorised over the 32 outputs of a row, with fused multiply-adds, so
// that each output's sum has one order at any vector width.
#pragma once

#include <cstddef>

namespace bitloupe {

/// Columns of every panel.
inline constexpr std::size_t panelColumns = 32;

/// A block of a row-major matrix.
struct MatrixBlock {
    const float* data = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t stride = 0; // floats from one row to the next
};

/// out += block * in. Shapes: in [block.columns, 32] with `inStride` floats from row to row, out
/// [block.rows, 32] dense. Each output: terms in rising order of the block's columns.
void addProduct(
    const MatrixBlock& block, const float* in, std::size_t inStride, float* out);

/// out += transpose(block) * in. Shapes: in [block.rows, 32], out [block.columns, 32] dense.
/// Each output: terms in rising order of the block's rows.
void addTransposedProduct(
    const MatrixBlock& block, const float* in, std::size_t inStride, float* out);

} // namespace bitloupe
