// SPDX-License-Identifier: GPL-3.0-or-later
// Draws what lies over the heatmap's colours: gaps, digits, hatching, marks, frames, titles.
#pragma once

#include "ui/views/heatmap_data.h"
#include "ui/views/heatmap_selection.h"
#include "ui/views/plot_theme.h"

#include <QPainter>
#include <QRectF>

namespace bitloupe::ui {

/// Where cells are on the screen. Plain data.
struct HeatmapGeometry {
    QRect cells; // the visible part of the grid
    QRect bars; // the damage bars, same rows
    double firstRow = 0; // row at the top edge, fractional while scrolled
    double rowHeight = 16;
    int rows = 0, columns = 0;

    double columnWidth() const { return columns > 0 ? cells.width() / double(columns) : 0; }
    QRectF cellRect(int row, int column) const;
    int firstVisibleRow() const;
    int lastVisibleRow() const; // included
    /// Cell at a point, or -1.
    int cellAt(const QPointF& point) const;
};

struct HeatmapScene {
    const HeatmapData* data = nullptr;
    const HeatmapSelection* selection = nullptr;
    const QVector<QColor>* colors = nullptr; // of every cell; invalid: hatched
    const QVector<bool>* highlighted = nullptr; // by decision; empty: all
    HeatmapStyle style;
    PlotTheme theme;
    bool focused = false;
    double largestBar = 0; // right end of the bars' axis
};

/// Cost: the visible cells alone.
void paintHeatmap(QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene);

/// A drawing pin, pointing down to the lower left, in a square.
void paintPin(QPainter& painter, const QRectF& square, const QColor& color);

} // namespace bitloupe::ui
