// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of attention that forward and backward share: one head of one sequence at a time.
#pragma once

#include "numeric/matrix_product.h"
#include "probe/attention_op.h"

#include <cstddef>
#include <span>
#include <vector>

namespace bitloupe {

/// Rows whose products are formed together, up to the last one's position.
inline constexpr std::size_t attentionRows = 48;

/// A row-major matrix whose width is a multiple of 16, filled up with zeros.
class PaddedMatrix {
public:
    PaddedMatrix(std::size_t rows, std::size_t columns);
    float* row(std::size_t index) { return m_values.data() + index * m_width; }
    const float* row(std::size_t index) const { return m_values.data() + index * m_width; }
    std::size_t rows() const { return m_rows; }
    std::size_t columns() const { return m_columns; }
    std::size_t width() const { return m_width; }
    void clear();
    PaddedMatrix transposed() const;

    /// Whole rows as the right factor (tile) or the sums of a product.
    TileView<const float> tile() const { return {m_values.data(), m_width, m_width}; }
    TileView<float> sums() { return {m_values.data(), m_width, m_width}; }
    /// All rows, or all columns as if they were rows, as the left factor.
    LeftFactor byRows() const { return {m_values.data(), m_rows, m_columns, m_width, 1}; }
    LeftFactor byColumns() const { return {m_values.data(), m_columns, m_rows, 1, m_width}; }

private:
    std::size_t m_rows, m_columns, m_width;
    std::vector<float> m_values;
};

/// Where one head of one sequence lies in [tokens, heads * headDim].
struct HeadPlace {
    std::size_t firstToken = 0;
    std::size_t length = 0;
    std::size_t heads = 0; // of a row
    std::size_t head = 0;
    std::size_t headDim = 0;
    std::size_t offset(std::size_t token) const
    {
        return ((firstToken + token) * heads + head) * headDim;
    }
};

PaddedMatrix copiedHead(std::span<const float> values, const HeadPlace& place);
void storeHead(const PaddedMatrix& head, const HeadPlace& place, std::span<float> values);

/// Turns the products of the query at position `row` into shares; zeros where it cannot see.
void shareRow(const AttentionShape& shape, std::size_t row, std::span<float> products,
    std::span<float> capSlope);

/// softmax of the visible products of each row; zeros elsewhere. `capSlope` (empty: not wanted)
/// receives the derivative of the softcap. Shapes: q [length, headDim], kColumns [headDim, length],
/// both results [length, length].
void attentionShares(const AttentionShape& shape, const PaddedMatrix& q,
    const PaddedMatrix& kColumns, PaddedMatrix& shares, PaddedMatrix* capSlope);

} // namespace bitloupe
