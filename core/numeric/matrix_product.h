// SPDX-License-Identifier: GPL-3.0-or-later
// Products of tiles that fit into a cache, single-threaded: what spectra and the probe are built
// of, and not a general matrix library. Vectorised over the outputs of a row, with fused
// multiply-adds, so that each output's sum has one order at any vector width.
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

/// Element (i, k) of a left factor is data[i * rowStep + k * termStep].
struct LeftFactor {
    const float* data = nullptr;
    std::size_t rows = 0;
    std::size_t terms = 0;
    std::size_t rowStep = 0;
    std::size_t termStep = 0;
};

/// A row-major tile; `columns` is a multiple of 16.
template <typename Float>
struct TileView {
    Float* data = nullptr;
    std::size_t columns = 0;
    std::size_t stride = 0; // floats from one row to the next
};

/// out += left * right. Shapes: right [left.terms, columns], out [left.rows, columns].
/// Each output: terms in rising order. Cost: near the machine's peak when `right` fits into the
/// first-level cache in strips of 32 columns.
void addTileProduct(const LeftFactor& left, const TileView<const float>& right, const TileView<float>& out);

} // namespace bitloupe
