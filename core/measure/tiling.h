// SPDX-License-Identifier: GPL-3.0-or-later
// How a tensor is cut for the first pass: by its shape alone, so that sums have one order.
#pragma once

#include <cstdint>

namespace bitloupe {

/// A stretch of consecutive elements: whole rows, or a part of one very long row.
struct Tile {
    std::uint64_t rowBegin = 0;
    std::uint64_t rowCount = 0;
    std::uint64_t columnBegin = 0;
    std::uint64_t columnCount = 0;
    std::uint64_t elements() const { return rowCount * columnCount; }
};

/// Tiles of at most half a million elements, or one row; chunks of 8 tiles are one unit of work.
class Tiling {
public:
    Tiling() = default;
    Tiling(std::uint64_t rows, std::uint64_t columns);

    std::uint64_t tiles() const { return m_tiles; }
    Tile tile(std::uint64_t index) const;

    std::uint64_t chunks() const { return (m_tiles + chunkTiles - 1) / chunkTiles; }
    static constexpr std::uint64_t chunkTiles = 8;
    static constexpr std::uint64_t tileElements = std::uint64_t {1} << 19;

private:
    std::uint64_t m_rows = 0;
    std::uint64_t m_columns = 0;
    std::uint64_t m_rowsPerTile = 1;
    std::uint64_t m_tilesPerRow = 1; // more than 1 for very long rows
    std::uint64_t m_tiles = 0;
};

} // namespace bitloupe
