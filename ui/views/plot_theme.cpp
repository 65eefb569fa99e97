// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

namespace bitloupe::ui {

PlotTheme plotTheme(const QPalette& palette, const QFont& font)
{
    PlotTheme theme;
    theme.window = palette.color(QPalette::Window);
    theme.base = palette.color(QPalette::Base);
    theme.text = palette.color(QPalette::Text);
    theme.dark = theme.base.lightness() < 128;
    const auto pick = [&theme](const char* light, const char* dark) {
        return QColor(QLatin1String(theme.dark ? dark : light));
    };
    theme.muted = pick("#565c64", "#aeb4bb");
    theme.separator = pick("#c9ccd0", "#45494e");
    theme.grid = pick("#e4e6e8", "#34373b");
    theme.accent = pick("#1f6fa8", "#5aa9e6");
    theme.secondAccent = pick("#b35806", "#f0a04b");
    theme.warning = pick("#9a5b00", "#f0b04a");
    theme.error = pick("#b3261e", "#ff8a80");
    theme.good = pick("#1d6b3a", "#7fd09a");
    theme.barFill = pick("#9dc1dc", "#3d6688");
    theme.hatch = pick("#9aa0a7", "#6d737a");
    theme.body = font;
    theme.small = font;
    if (font.pointSizeF() > 0)
        theme.small.setPointSizeF(font.pointSizeF() - 1);
    return theme;
}

void stylePlot(QCustomPlot& plot, const PlotTheme& theme)
{
    plot.setBackground(theme.base);
    for (QCPAxisRect* rect : plot.axisRects()) {
        rect->setBackground(theme.base);
        for (QCPAxis* axis : rect->axes()) {
            axis->setBasePen(QPen(theme.separator));
            axis->setTickPen(QPen(theme.separator));
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelColor(theme.muted);
            axis->setTickLabelFont(theme.small);
            axis->setLabelColor(theme.muted);
            axis->setLabelFont(theme.small);
            axis->setTickLengthIn(0);
            axis->setTickLengthOut(3);
            axis->grid()->setPen(QPen(theme.grid, 0));
            axis->grid()->setSubGridVisible(false);
            axis->grid()->setZeroLinePen(Qt::NoPen);
        }
    }
}

} // namespace bitloupe::ui
