// SPDX-License-Identifier: GPL-3.0-or-later
// The factors of a symmetric positive definite matrix, A = U D U^T with U unit upper triangular:
// Cholesky begun at the last row. Its columns say how each variable follows from those after it.
#pragma once

#include "numeric/matrix_product.h"

#include <cstddef>
#include <functional>
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

/// Calls work(index) for every index below `count`, in any order or at once; false when it was
/// stopped before all were done. How a caller lends its threads to a room that has none.
using RunTasks
    = std::function<bool(std::size_t count, const std::function<void(std::size_t)>& work)>;

/// All tasks one after another, never stopped.
bool runInOrder(std::size_t count, const std::function<void(std::size_t)>& work);

enum class Factored { yes, notPositive, stopped };

/// Turns the upper triangle of `matrix` into U (ones on the diagonal, zeros below) and fills
/// `pivots` with D. Anything but `yes` leaves a matrix that means nothing: notPositive when a pivot
/// is not above `smallestPivot`, stopped as soon as `run` says so. The same bits on every machine
/// and for every `run`. Cost: paddedSize^3 / 3 flops in float, blocks on the diagonal in double;
/// `run` is called once for every 32 columns.
/// Source: Golub and Van Loan, Matrix Computations, 4.2, from the last row upwards.
Factored factorUpper(ColumnPanels& matrix, double smallestPivot, std::vector<float>& pivots,
    const RunTasks& run = runInOrder);

} // namespace bitloupe
