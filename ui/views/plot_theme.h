// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of plots for the palette in force: the palette's own where it has the role.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QCPAxis;
class QCPRange;
class QCustomPlot;

namespace bitloupe::ui {

struct PlotTheme {
    bool dark = false;
    QColor window, base, text, muted, separator, grid, accent, secondAccent, warning, error, good,
        barFill, barEdge, hatch;
    QFont body, small; // the widget's font; axis labels one point smaller
};

/// "0.13", "100", "2e-5": two digits, and no zeros in the exponent.
QString shortNumber(double value);

PlotTheme plotTheme(const QPalette& palette, const QFont& font);

/// Background, axes, ticks, grid and fonts of a plot; which axes show is left alone.
void stylePlot(QCustomPlot& plot, const PlotTheme& theme);

/// A box around the one axis rectangle of a plot, on the window's colour.
void framePlot(QCustomPlot& plot, const PlotTheme& theme);

/// Empties a plot and styles and frames it: how drawing anew begins.
void restartPlot(QCustomPlot& plot, const PlotTheme& theme);

/// Range of a logarithmic axis with some room around the values, a decade of it where all values
/// agree, so that the axis has a length; [0.1, 1] when there are none above 0.
QCPRange logRange(double lowest, double highest);

/// Logarithmic, labelled at few whole decades: "100", "0.01", "1e-4".
void useDecades(QCPAxis& axis);

} // namespace bitloupe::ui
