// SPDX-License-Identifier: GPL-3.0-or-later
// Draws what lies over the heatmap's colours: titles, footer and bars here, cells in
// heatmap_cells.h.
#pragma once

#include "ui/views/heatmap_geometry.h"
#include "ui/views/heatmap_selection.h"
#include "ui/views/heatmap_titles.h"
#include "ui/views/plot_theme.h"

#include <QPainter>

namespace bitloupe::ui {

struct HeatmapScene {
    const HeatmapData* data = nullptr;
    const HeatmapSelection* selection = nullptr;
    const QVector<QColor>* colors = nullptr; // of every cell; invalid: hatched
    const QVector<bool>* highlighted = nullptr; // by decision; empty: all
    HeatmapStyle style;
    PlotTheme theme;
    ColumnTexts texts;
    bool focused = false;
    double smallestBar = 0, largestBar = 0; // ends of the bars' axis
};

/// Cost: the visible cells alone.
void paintHeatmap(QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene);

/// Sets colour and font of text; small where rows are low.
void setHeatmapText(QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene,
    const QColor& color, bool bold);

} // namespace bitloupe::ui
