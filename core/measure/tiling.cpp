// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/tiling.h"

#include <algorithm>

namespace bitloupe {

Tiling::Tiling(std::uint64_t rows, std::uint64_t columns)
    : m_rows(rows)
    , m_columns(columns)
{
    if (rows == 0 || columns == 0)
        return;
    m_tilesPerRow = (columns - 1) / tileElements + 1;
    m_rowsPerTile = m_tilesPerRow > 1 ? 1 : tileElements / columns;
    m_tiles = ((rows - 1) / m_rowsPerTile + 1) * m_tilesPerRow;
}

Tile Tiling::tile(std::uint64_t index) const
{
    Tile tile;
    tile.rowBegin = index / m_tilesPerRow * m_rowsPerTile;
    tile.rowCount = std::min(m_rowsPerTile, m_rows - tile.rowBegin);
    tile.columnBegin = index % m_tilesPerRow * tileElements;
    tile.columnCount = std::min(m_columns - tile.columnBegin, m_tilesPerRow > 1 ? tileElements : m_columns);
    return tile;
}

} // namespace bitloupe
