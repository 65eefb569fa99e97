// SPDX-License-Identifier: GPL-3.0-or-later
// How the texts above and below the heatmap's columns are set, so that none touches the next.
#pragma once

#include "ui/views/heatmap_data.h"
#include "ui/views/plot_theme.h"

#include <QRectF>

class QPainter;

namespace bitloupe::ui {

struct ColumnTexts {
    enum class Titles { line, words, upright } titles = Titles::line; // words: one below another
    int height = 24; // of the titles, with a gap to the cells
    bool smallFooter = false;
    bool footer = true; // false: it does not fit in any size
};

/// Width of a column at which every title fits in one line and every footer in the body's size.
int comfortableColumn(const HeatmapData& data, const PlotTheme& theme);

/// The largest setting that fits columns of this width.
ColumnTexts columnTexts(const HeatmapData& data, const PlotTheme& theme, double columnWidth);

/// Titles of the footer's lines.
QString upperFooterTitle(const HeatmapData& data);
QString lowerFooterTitle(const HeatmapData& data);

/// Title and footers of a column, which narrow columns cut or leave out.
QString columnTip(const HeatmapData& data, int column);

/// Draws a title above `cells`, the top edge of its column, in the painter's font and pen.
void paintColumnTitle(QPainter& painter, const ColumnTexts& texts, const QString& title,
    const QRectF& cells);

} // namespace bitloupe::ui
