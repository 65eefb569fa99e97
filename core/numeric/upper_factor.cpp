// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/upper_factor.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

constexpr std::size_t side = panelColumns;
using Block = std::array<std::array<double, side>, side>;

constexpr double taskFlops = 4e6; // far more than starting a task costs
constexpr std::size_t fewestRows = 64; // of a task, which forms the right factors anew

// matrix[rows, panel] -= U D U[panel]^T over all panels after it.
void subtractLaterPanels(ColumnPanels& matrix, std::size_t panel, std::size_t firstRow,
    std::size_t rows, const std::vector<float>& pivots)
{
    const std::size_t first = panel * side;
    std::array<float, side * side> right;
    for (std::size_t later = panel + 1; later < matrix.count(); ++later) {
        const float* from = matrix.panel(later);
        for (std::size_t term = 0; term < side; ++term) {
            for (std::size_t c = 0; c < side; ++c)
                right[term * side + c]
                    = -pivots[later * side + term] * from[(first + c) * side + term];
        }
        addProduct({ from + firstRow * side, rows, side, side }, right.data(), side,
            matrix.panel(panel) + firstRow * side);
    }
}

// The same for all rows down to the panel's own; tasks write rows of their own and read only later
// panels, which are finished.
bool subtractLaterPanels(ColumnPanels& matrix, std::size_t panel,
    const std::vector<float>& pivots, const RunTasks& run)
{
    const std::size_t rows = (panel + 1) * side;
    const std::size_t later = matrix.count() - panel - 1;
    const double flopsOfRow = 2.0 * side * side * static_cast<double>(later);
    const std::size_t rowsAtOnce = std::max(
        fewestRows, static_cast<std::size_t>(taskFlops / std::max(1.0, flopsOfRow)));
    const std::size_t tasks = (rows + rowsAtOnce - 1) / rowsAtOnce;
    return run(tasks, [&](std::size_t task) {
        const std::size_t first = task * rowsAtOnce;
        subtractLaterPanels(matrix, panel, first, std::min(rowsAtOnce, rows - first), pivots);
    });
}

// block = U D U^T in place, U above the diagonal.
bool factorBlock(Block& block, double smallestPivot, std::array<double, side>& pivots)
{
    for (std::size_t c = side; c-- > 0;) {
        double pivot = block[c][c];
        for (std::size_t t = c + 1; t < side; ++t)
            pivot -= pivots[t] * block[c][t] * block[c][t];
        if (!(pivot > smallestPivot))
            return false;
        pivots[c] = pivot;
        for (std::size_t r = 0; r < c; ++r) {
            double value = block[r][c];
            for (std::size_t t = c + 1; t < side; ++t)
                value -= block[r][t] * pivots[t] * block[c][t];
            block[r][c] = value / pivot;
        }
    }
    return true;
}

// [term][c]: inverse of (D U^T), for the rows above the block.
std::array<float, side * side> inverseOf(const Block& block, const std::array<double, side>& pivots)
{
    Block inverse {}; // of U
    for (std::size_t c = 0; c < side; ++c) {
        inverse[c][c] = 1;
        for (std::size_t r = c; r-- > 0;) {
            double value = 0;
            for (std::size_t t = r + 1; t <= c; ++t)
                value -= block[r][t] * inverse[t][c];
            inverse[r][c] = value;
        }
    }
    std::array<float, side * side> right {};
    for (std::size_t term = 0; term < side; ++term) {
        for (std::size_t c = 0; c <= term; ++c)
            right[term * side + c] = static_cast<float>(inverse[c][term] / pivots[c]);
    }
    return right;
}

} // namespace

bool runInOrder(std::size_t count, const std::function<void(std::size_t)>& work)
{
    for (std::size_t index = 0; index < count; ++index)
        work(index);
    return true;
}

Factored factorUpper(ColumnPanels& matrix, double smallestPivot, std::vector<float>& pivots,
    const RunTasks& run)
{
    pivots.assign(matrix.paddedSize(), 0.0f);
    std::vector<float> above;
    for (std::size_t panel = matrix.count(); panel-- > 0;) {
        if (!subtractLaterPanels(matrix, panel, pivots, run))
            return Factored::stopped;
        const std::size_t first = panel * side;
        float* numbers = matrix.panel(panel);
        Block block;
        for (std::size_t r = 0; r < side; ++r)
            std::copy_n(numbers + (first + r) * side, side, block[r].begin());
        std::array<double, side> own {};
        if (!factorBlock(block, smallestPivot, own))
            return Factored::notPositive;
        above.assign(numbers, numbers + first * side);
        std::fill_n(numbers, matrix.paddedSize() * side, 0.0f);
        const auto right = inverseOf(block, own);
        addProduct({ above.data(), first, side, side }, right.data(), side, numbers);
        for (std::size_t r = 0; r < side; ++r) {
            pivots[first + r] = static_cast<float>(own[r]);
            numbers[(first + r) * side + r] = 1;
            for (std::size_t c = r + 1; c < side; ++c)
                numbers[(first + r) * side + c] = static_cast<float>(block[r][c]);
        }
    }
    return Factored::yes;
}

} // namespace bitloupe
