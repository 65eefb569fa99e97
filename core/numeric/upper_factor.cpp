// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/upper_factor.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

constexpr std::size_t side = panelColumns;
using Block = std::array<std::array<double, side>, side>;

// matrix[0 .. end of panel, panel] -= U D U[panel]^T over all panels after it.
void subtractLaterPanels(ColumnPanels& matrix, std::size_t panel, const std::vector<float>& pivots)
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
        addProduct({ from, first + side, side, side }, right.data(), side, matrix.panel(panel));
    }
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

bool factorUpper(ColumnPanels& matrix, double smallestPivot, std::vector<float>& pivots)
{
    pivots.assign(matrix.paddedSize(), 0.0f);
    std::vector<float> above;
    for (std::size_t panel = matrix.count(); panel-- > 0;) {
        subtractLaterPanels(matrix, panel, pivots);
        const std::size_t first = panel * side;
        float* numbers = matrix.panel(panel);
        Block block;
        for (std::size_t r = 0; r < side; ++r)
            std::copy_n(numbers + (first + r) * side, side, block[r].begin());
        std::array<double, side> own {};
        if (!factorBlock(block, smallestPivot, own))
            return false;
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
    return true;
}

} // namespace bitloupe
