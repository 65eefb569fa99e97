// SPDX-License-Identifier: GPL-3.0-or-later
// The plot under the heatmap: colour map, bars, axes and where they lie. No input handling.
#pragma once

#include "ui/views/heatmap_painter.h"
#include "ui/views/heatmap_selection.h"

#include <QScrollBar>

class QCPAxisRect;
class QCPBars;
class QCPColorMap;
class QCPLayoutInset;
class QCustomPlot;

namespace bitloupe::ui {

/// Single-thread.
class HeatmapCanvas {
public:
    explicit HeatmapCanvas(QWidget& view);

    HeatmapData data;
    HeatmapStyle style;
    HeatmapSelection selection;
    HeatmapGeometry geometry;
    QVector<bool> highlighted; // by decision; empty: all
    std::pair<double, double> dataRange; // of finite values; NaN: none
    std::pair<double, double> range; // of the colours, where the style says so not the values'
    double zoomedRowHeight = 0; // 0: fitted
    QCustomPlot* plot = nullptr;
    QScrollBar* scroll = nullptr;

    void replot();
    /// Colours and bars anew from data, style and palette.
    void refill();
    /// Everything's place for the view's size.
    void layout();
    void restyle();
    void zoom(double factor);
    void showCurrent();
    /// From the top of the view to the end of the footer.
    int contentHeight() const;

private:
    HeatmapScene scene() const;
    void computeRange();
    void fillMap();
    void fillBars();
    double rowHeightFor(int available) const;
    int barsWidthFor(int width, int columns) const;
    /// Where bars and axes lie within the view.
    void layoutPlots(const QSize& size, int shownRows);

    QWidget& m_view;
    QSize m_laidOut; // size that layout() was for
    QVector<QColor> m_colors;
    ColumnTexts m_texts;
    double m_smallestBar = 0, m_largestBar = 0;
    QCPLayoutInset* m_inset = nullptr;
    QCPAxisRect* m_cellRect = nullptr;
    QCPAxisRect* m_barRect = nullptr;
    QCPColorMap* m_map = nullptr;
    QCPBars* m_bars = nullptr;
};

} // namespace bitloupe::ui
