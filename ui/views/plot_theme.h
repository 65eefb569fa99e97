// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of plots for the palette in force: the palette's own where it has the role.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QCustomPlot;

namespace bitloupe::ui {

struct PlotTheme {
    bool dark = false;
    QColor window, base, text, muted, separator, grid, accent, secondAccent, warning, error, good,
        barFill, hatch;
    QFont body, small; // the widget's font; axis labels one point smaller
};

PlotTheme plotTheme(const QPalette& palette, const QFont& font);

/// Background, axes, ticks, grid and fonts of a plot; no top and right axes.
void stylePlot(QCustomPlot& plot, const PlotTheme& theme);

} // namespace bitloupe::ui
