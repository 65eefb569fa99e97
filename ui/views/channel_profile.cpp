// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/channel_profile.h"

#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {

ChannelProfileView::ChannelProfileView(const QString& axisTitle, QWidget* parent)
    : SmallPlot(parent)
{
    setAccessibleName(axisTitle);
    useDecades(*plot().yAxis);
    plot().xAxis->setLabel(axisTitle);
    rebuild();
}

void ChannelProfileView::setProfile(const QVector<double>& values)
{
    if (values == m_values)
        return; // a plan that moves does not change it
    m_values = values;
    rebuild();
}

void ChannelProfileView::rebuild()
{
    const PlotTheme theme = plotTheme(palette(), font());
    restartPlot(plot(), theme);
    QCPGraph* graph = plot().addGraph();
    graph->setPen(QPen(theme.accent, 1));
    QVector<double> sorted;
    for (int i = 0; i < m_values.size(); ++i) {
        if (!(m_values[i] > 0) || !std::isfinite(m_values[i]))
            continue;
        graph->addData(i, m_values[i]);
        sorted.append(m_values[i]);
    }
    std::sort(sorted.begin(), sorted.end());
    const QCPRange range
        = sorted.isEmpty() ? logRange(0, 0) : logRange(sorted.first(), sorted.last());
    if (!sorted.isEmpty()) {
        // Half of the channels are below this line: how far the peaks stand out is the point.
        auto* median = new QCPItemStraightLine(&plot());
        median->setPen(QPen(theme.muted, 1, Qt::DashLine));
        median->point1->setCoords(0, sorted[sorted.size() / 2]);
        median->point2->setCoords(1, sorted[sorted.size() / 2]);
    }
    plot().yAxis->setRange(range);
    plot().xAxis->setRange(0, std::max<double>(double(m_values.size()) - 1, 1));
    plot().replot(QCustomPlot::rpQueuedReplot);
}

} // namespace bitloupe::ui
