// SPDX-License-Identifier: GPL-3.0-or-later
// The factors of a symmetric positive definite matrix, A = U D U^T with U unit upper triangular:
// Cholesky begun at the last row. Its columns say how each variable follows from those after it.
#pragma once

#include "numeric/matrix_product.h"

#include <cstddef>
#include <vector>

namespace bitloupe {

/// A square matrix as panels of 32 columns, each [paddedSize, 32]: what addProduct and
/// addTransposedProduct read without jumps.
class ColumnPanels {
public:
    /// All zero. `size` is rounded up to a multiple of 32.
    explicit ColumnPanels(std::size_t size)
        : m_paddedSize((size + panelColumns - 1) / panelColumns * panelColumns)
        , m_numbers(m_paddedSize * m_paddedSize)
    {
    }
    std::size_t paddedSize() const { return m_paddedSize; }
    std::size_t count() const { return m_paddedSize / panelColumns; }
    float* panel(std::size_t index) { return m_numbers.data() + offset(index); }
    const float* panel(std::size_t index) const { return m_numbers.data() + offset(index); }
    float& at(std::size_t row, std::size_t column)
    {
        return panel(column / panelColumns)[row * panelColumns + column % panelColumns];
    }
    float at(std::size_t row, std::size_t column) const
    {
        return panel(column / panelColumns)[row * panelColumns + column % panelColumns];
    }

private:
    std::size_t offset(std::size_t index) const { return index * panelColumns * m_paddedSize; }
    std::size_t m_paddedSize;
    std::vector<float> m_numbers;
};

/// Turns the upper triangle of `matrix` into U (ones on the diagonal, zeros below) and fills
/// `pivots` with D; false when a pivot is not above `smallestPivot`, and the matrix then means
/// nothing. The same bits on every machine. Cost: paddedSize^3 / 3 flops in float, blocks on the
/// diagonal in double.
/// Source: Golub and Van Loan, Matrix Computations, 4.2, from the last row upwards.
bool factorUpper(ColumnPanels& matrix, double smallestPivot, std::vector<float>& pivots);

} // namespace bitloupe
