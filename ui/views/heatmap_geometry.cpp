// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_geometry.h"

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr double openerWidth = 16;

} // namespace

QRectF HeatmapGeometry::rowRect(int row) const
{
    return {double(cells.left()), cells.top() + (row - firstRow) * rowHeight,
        double(cells.width()), rowHeight};
}

QRectF HeatmapGeometry::cellRect(int cell) const
{
    const bool inStrip = cell >= gridCells();
    const double width = inStrip ? cells.width() / double(strip.perLine) : columnWidth();
    const int column = inStrip ? (cell - gridCells()) % strip.perLine : cell % columns;
    return {cells.left() + column * width, rowRect(rowOf(cell)).top(), width, rowHeight};
}

QRectF HeatmapGeometry::stripRect() const
{
    if (strip.row < 0)
        return {};
    QRectF all = rowRect(strip.row + 1);
    all.setHeight(strip.lines * rowHeight);
    return all;
}

QRectF HeatmapGeometry::openerRect(int cell) const
{
    QRectF box = cellRect(cell);
    if (box.width() > openerWidth)
        box.setLeft(box.right() - openerWidth);
    return box;
}

int HeatmapGeometry::rowOf(int cell) const
{
    return cell < gridCells() ? cell / columns
                              : strip.row + 1 + (cell - gridCells()) / strip.perLine;
}

int HeatmapGeometry::columnOf(int cell) const
{
    return cell < gridCells() ? cell % columns : strip.column;
}

int HeatmapGeometry::firstVisibleRow() const
{
    return std::clamp(static_cast<int>(std::floor(firstRow)), 0, std::max(rows - 1, 0));
}

int HeatmapGeometry::lastVisibleRow() const
{
    const double visible = rowHeight > 0 ? cells.height() / rowHeight : 0;
    return std::min(static_cast<int>(std::ceil(firstRow + visible)) - 1, rows - 1);
}

int HeatmapGeometry::cellAt(const QPointF& point) const
{
    if (!QRectF(cells).contains(point) || columns == 0)
        return -1;
    const int row = static_cast<int>(std::floor(firstRow + (point.y() - cells.top()) / rowHeight));
    if (row < 0 || row >= rows)
        return -1;
    const int line = strip.row >= 0 ? row - strip.row - 1 : -1;
    const bool inStrip = line >= 0 && line < strip.lines;
    const int across = inStrip ? strip.perLine : columns;
    const int column = static_cast<int>((point.x() - cells.left()) * across / cells.width());
    if (column < 0 || column >= across)
        return -1;
    if (!inStrip)
        return row * columns + column;
    const int expert = line * strip.perLine + column;
    return expert < strip.count ? gridCells() + expert : -1;
}

int HeatmapGeometry::rowTitleAt(const QPointF& point) const
{
    if (point.x() >= cells.left() || point.y() < cells.top() || point.y() >= cells.bottom() + 1)
        return -1;
    const int row = static_cast<int>(std::floor(firstRow + (point.y() - cells.top()) / rowHeight));
    return row >= 0 && row < rows ? row : -1;
}

int HeatmapGeometry::columnTitleAt(const QPointF& point) const
{
    if (columns == 0 || point.y() >= cells.top() || point.y() < 0
        || point.x() < cells.left() || point.x() >= cells.right() + 1)
        return -1;
    return std::min(static_cast<int>((point.x() - cells.left()) / columnWidth()), columns - 1);
}

} // namespace bitloupe::ui
