// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/second_moments.h"

#include "job/parallel.h"
#include "numeric/matrix_product.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace bitloupe {
namespace {

constexpr std::size_t panel = 64;
constexpr std::size_t rowPanels = 3; // of the sums in one tile, so that it reads little per sum
constexpr std::size_t tokensInFloat = 512;

// Channels in panels, each with all tokens; zeros where there is no channel.
Result<std::vector<float>> packedPanels(
    std::span<const float> values, std::size_t width, std::size_t tokens, const Job& job)
{
    const std::size_t panels = (width + panel - 1) / panel;
    std::vector<float> packed(panels * tokens * panel);
    const auto done = parallelFor(job, panels, [&](std::size_t p) -> Result<void> {
        for (std::size_t token = 0; token < tokens; ++token)
            std::copy_n(values.data() + token * width + p * panel,
                std::min(panel, width - p * panel), packed.data() + (p * tokens + token) * panel);
        return {};
    });
    if (!done)
        return done.error();
    return packed;
}

struct SumTile {
    std::size_t firstRow; // panels
    std::size_t column; // panel
};

// Only tiles that touch the upper triangle.
std::vector<SumTile> upperTiles(std::size_t panels)
{
    std::vector<SumTile> tiles;
    for (std::size_t column = 0; column < panels; ++column) {
        for (std::size_t row = 0; row <= column; row += rowPanels)
            tiles.push_back({row, column});
    }
    return tiles;
}

std::vector<SumTile> allTiles(std::size_t rows, std::size_t columns)
{
    std::vector<SumTile> tiles;
    for (std::size_t column = 0; column < columns; ++column) {
        for (std::size_t row = 0; row < rows; row += rowPanels)
            tiles.push_back({row, column});
    }
    return tiles;
}

struct Operand {
    std::span<const float> packed;
    std::size_t width;
};

// Row panels from the tile's first one, at most up to `rowEnd`.
void addTile(const SumTile& tile, std::size_t rowEnd, const Operand& left, const Operand& right,
    std::size_t tokens, std::span<float> sums)
{
    std::vector<float> recent(rowPanels * panel * panel);
    std::vector<double> total(recent.size());
    const std::size_t rows = std::min(rowPanels, rowEnd - tile.firstRow);
    for (std::size_t token = 0; token < tokens; token += tokensInFloat) {
        const std::size_t terms = std::min(tokensInFloat, tokens - token);
        const auto at = [&](const Operand& from, std::size_t p) {
            return from.packed.data() + (p * tokens + token) * panel;
        };
        std::fill(recent.begin(), recent.end(), 0.0f);
        for (std::size_t row = 0; row < rows; ++row)
            addTileProduct({at(left, tile.firstRow + row), panel, terms, 1, panel},
                {at(right, tile.column), panel, panel}, {&recent[row * panel * panel], panel, panel});
        for (std::size_t i = 0; i < rows * panel * panel; ++i)
            total[i] += static_cast<double>(recent[i]);
    }
    const std::size_t columnBegin = tile.column * panel;
    const std::size_t columns = std::min(panel, right.width - columnBegin);
    for (std::size_t row = 0; row < rows * panel; ++row) {
        const std::size_t i = tile.firstRow * panel + row;
        if (i >= left.width)
            break;
        for (std::size_t j = 0; j < columns; ++j) {
            float& sum = sums[i * right.width + columnBegin + j];
            sum = static_cast<float>(static_cast<double>(sum) + total[row * panel + j]);
        }
    }
}

} // namespace

std::vector<float> meanSquares(std::span<const float> values, std::size_t width)
{
    std::vector<double> sums(width);
    const std::size_t tokens = values.size() / width;
    for (std::size_t token = 0; token < tokens; ++token) {
        for (std::size_t i = 0; i < width; ++i) {
            const auto value = static_cast<double>(values[token * width + i]);
            sums[i] += value * value;
        }
    }
    std::vector<float> means(width);
    for (std::size_t i = 0; i < width && tokens > 0; ++i)
        means[i] = static_cast<float>(sums[i] / static_cast<double>(tokens));
    return means;
}

Result<void> addCrossProducts(
    std::span<const float> values, std::size_t width, std::span<float> sums, const Job& job)
{
    assert(width > 0 && values.size() % width == 0 && sums.size() == width * width);
    const std::size_t tokens = values.size() / width;
    const auto packed = packedPanels(values, width, tokens, job);
    if (!packed)
        return packed.error();
    const auto tiles = upperTiles((width + panel - 1) / panel);
    return parallelFor(job, tiles.size(), [&](std::size_t i) -> Result<void> {
        const Operand operand {*packed, width};
        addTile(tiles[i], tiles[i].column + 1, operand, operand, tokens, sums);
        return {};
    });
}

Result<void> addCrossProducts(std::span<const float> left, std::size_t leftWidth,
    std::span<const float> right, std::size_t rightWidth, std::span<float> sums, const Job& job)
{
    assert(leftWidth > 0 && rightWidth > 0 && left.size() / leftWidth == right.size() / rightWidth);
    assert(sums.size() == leftWidth * rightWidth);
    const std::size_t tokens = left.size() / leftWidth;
    const auto packedLeft = packedPanels(left, leftWidth, tokens, job);
    if (!packedLeft)
        return packedLeft.error();
    const auto packedRight = packedPanels(right, rightWidth, tokens, job);
    if (!packedRight)
        return packedRight.error();
    const std::size_t rowPanelCount = (leftWidth + panel - 1) / panel;
    const auto tiles = allTiles(rowPanelCount, (rightWidth + panel - 1) / panel);
    return parallelFor(job, tiles.size(), [&](std::size_t i) -> Result<void> {
        addTile(tiles[i], rowPanelCount, {*packedLeft, leftWidth}, {*packedRight, rightWidth},
            tokens, sums);
        return {};
    });
}

void scaleAndMirror(std::span<float> sums, std::size_t width, float factor)
{
    for (std::size_t i = 0; i < width; ++i) {
        for (std::size_t j = i; j < width; ++j) {
            sums[i * width + j] *= factor;
            sums[j * width + i] = sums[i * width + j];
        }
    }
}

} // namespace bitloupe
