// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/error_scatter.h"

#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

#include <algorithm>

namespace bitloupe::ui {

ErrorScatterView::ErrorScatterView(QWidget* parent)
    : SmallPlot(parent)
{
    setAccessibleName(tr("Error found against error planned, by tensor"));
    useDecades(*plot().xAxis);
    useDecades(*plot().yAxis);
    plot().xAxis->setLabel(tr("planned"));
    plot().yAxis->setLabel(tr("found"));
    plot().axisRect()->setMinimumMargins({46, 6, 10, 18});
    setMinimumSize(260, 170);
    rebuild();
}

void ErrorScatterView::setPoints(const QVector<Point>& points)
{
    m_points.clear();
    for (const Point& point : points)
        if (point.planned > 0 && point.found > 0)
            m_points.append(point);
    rebuild();
}

void ErrorScatterView::addPoints(bool outside, const QColor& color)
{
    QCPGraph* graph = plot().addGraph();
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle({outside ? QCPScatterStyle::ssDiamond : QCPScatterStyle::ssCircle,
        QPen(color, outside ? 1.4 : 1), Qt::NoBrush, outside ? 8.0 : 5.0});
    for (const Point& point : m_points)
        if (point.outside == outside)
            graph->addData(point.planned, point.found);
}

void ErrorScatterView::rebuild()
{
    const PlotTheme theme = plotTheme(palette(), font());
    restartPlot(plot(), theme);
    double lowest = 0;
    double highest = 0;
    for (const Point& point : m_points) {
        const auto [less, more] = std::minmax(point.planned, point.found);
        lowest = lowest > 0 ? std::min(lowest, less) : less;
        highest = std::max(highest, more);
    }
    const QCPRange range = highest > 0 ? QCPRange(lowest / 1.5, highest * 1.5) : QCPRange(0.01, 1);
    plot().xAxis->setRange(range);
    plot().yAxis->setRange(range);
    auto* equal = new QCPItemStraightLine(&plot());
    equal->setPen(QPen(theme.muted, 1.2, Qt::DashLine));
    equal->point1->setCoords(range.lower, range.lower);
    equal->point2->setCoords(range.upper, range.upper);
    addPoints(false, theme.accent);
    addPoints(true, theme.secondAccent);
    plot().replot(QCustomPlot::rpQueuedReplot);
}

} // namespace bitloupe::ui
