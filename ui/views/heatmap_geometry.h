// SPDX-License-Identifier: GPL-3.0-or-later
// Where the heatmap's cells are on the screen. Plain data and arithmetic, no drawing.
#pragma once

#include "ui/views/heatmap_data.h"

#include <QRect>
#include <QRectF>

namespace bitloupe::ui {

/// Cells are numbered as in HeatmapData: the grid row by row, then the strip.
struct HeatmapGeometry {
    QRect cells; // the visible part of the grid
    QRect bars; // the damage bars, same rows
    double firstRow = 0; // row at the top edge, fractional while scrolled
    double rowHeight = 16;
    int rows = 0, columns = 0;
    HeatmapStrip strip;

    int gridCells() const { return rows * columns; }
    double columnWidth() const { return columns > 0 ? cells.width() / double(columns) : 0; }
    QRectF rowRect(int row) const;
    QRectF cellRect(int cell) const;
    QRectF stripRect() const;
    /// Where a click opens or closes a cell that can open.
    QRectF openerRect(int cell) const;
    int rowOf(int cell) const; // of a strip's cell: its line
    int columnOf(int cell) const; // of a strip's cell: that of the open one
    int firstVisibleRow() const;
    int lastVisibleRow() const; // included
    /// Cell at a point, or -1.
    int cellAt(const QPointF& point) const;
    /// Row whose title is at a point, or -1; column likewise.
    int rowTitleAt(const QPointF& point) const;
    int columnTitleAt(const QPointF& point) const;
};

} // namespace bitloupe::ui
