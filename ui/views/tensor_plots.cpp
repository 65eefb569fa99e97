// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tensor_plots.h"

#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

void addVertical(QCustomPlot& plot, double x, const QColor& color)
{
    auto* line = new QCPItemStraightLine(&plot);
    line->setPen(QPen(color, 1, Qt::DotLine));
    line->point1->setCoords(x, 1);
    line->point2->setCoords(x, 10);
}

} // namespace

SmallPlot::SmallPlot(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_plot);
    m_plot->setMinimumHeight(80);
    m_plot->plotLayout()->setMargins({});
    m_plot->axisRect()->setMinimumMargins({34, 6, 8, 18});
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

SmallPlot::~SmallPlot() = default;

QImage SmallPlot::toImage(const QSize& size, qreal scale) const
{
    return m_plot->toPixmap(size.width(), size.height(), scale).toImage();
}

void SmallPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

RateCurveView::RateCurveView(QWidget* parent)
    : SmallPlot(parent)
{
    setAccessibleName(tr("Rate and error"));
    useDecades(*plot().yAxis);
    plot().xAxis->setLabel(tr("bits per weight, scales included"));
    rebuild();
}

void RateCurveView::setCurve(const QVector<Point>& points, int chosen)
{
    m_points = points;
    m_chosen = chosen;
    rebuild();
}

void RateCurveView::addName(const Point& point, const PlotTheme& theme)
{
    auto* label = new QCPItemText(&plot());
    label->setText(point.name);
    label->setFont(theme.small);
    label->setColor(theme.text);
    label->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    label->setPadding({6, 0, 0, 3});
    label->position->setCoords(point.bitsPerWeight, point.search);
}

void RateCurveView::rebuild()
{
    const PlotTheme theme = plotTheme(palette(), font());
    restartPlot(plot(), theme);
    QCPGraph* search = plot().addGraph();
    QCPGraph* round = plot().addGraph();
    round->setPen(QPen(theme.muted, 1.2, Qt::DashLine));
    round->setScatterStyle({QCPScatterStyle::ssSquare, theme.muted, theme.muted, 3});
    search->setPen(QPen(theme.accent, 1.4));
    search->setScatterStyle({QCPScatterStyle::ssCircle, theme.accent, theme.base, 5});
    round->setName(tr("round to nearest"));
    search->setName(tr("this encoder"));
    QCPGraph* beside = plot().addGraph();
    beside->setLineStyle(QCPGraph::lsNone);
    beside->setScatterStyle(search->scatterStyle());
    beside->removeFromLegend();
    double lowest = 0;
    double highest = 0;
    for (const Point& point : m_points) {
        for (const double value : {point.search, point.round}) {
            if (!(value > 0))
                continue;
            lowest = lowest > 0 ? std::min(lowest, value) : value;
            highest = std::max(highest, value);
        }
        if (point.search > 0)
            (point.beside ? beside : search)->addData(point.bitsPerWeight, point.search);
        if (point.round > 0 && !point.beside)
            round->addData(point.bitsPerWeight, point.round);
    }
    if (!m_points.isEmpty()) {
        const auto [first, last] = std::minmax_element(m_points.begin(), m_points.end(),
            [](const Point& a, const Point& b) { return a.bitsPerWeight < b.bitsPerWeight; });
        plot().xAxis->setRange(first->bitsPerWeight - 0.4, last->bitsPerWeight + 0.4);
    }
    QCPRange range = logRange(lowest, highest);
    range.upper *= 1.5; // the key sits above the falling curves
    plot().yAxis->setRange(range);
    if (m_chosen >= 0 && m_chosen < m_points.size()) {
        QCPGraph* chosen = plot().addGraph();
        chosen->setLineStyle(QCPGraph::lsNone);
        chosen->setScatterStyle({QCPScatterStyle::ssDisc, theme.accent, theme.accent, 9});
        chosen->addData(m_points[m_chosen].bitsPerWeight, m_points[m_chosen].search);
        chosen->removeFromLegend();
        addVertical(plot(), m_points[m_chosen].bitsPerWeight, theme.text);
        addName(m_points[m_chosen], theme);
    }
    plot().legend->setVisible(true);
    plot().legend->setFont(theme.small);
    plot().legend->setTextColor(theme.text);
    plot().legend->setBorderPen(Qt::NoPen);
    plot().legend->setBrush(Qt::NoBrush);
    plot().legend->setRowSpacing(-1);
    plot().legend->setMargins({2, 0, 4, 0});
    plot().legend->setIconSize(16, 10);
    plot().axisRect()->insetLayout()->setMargins({0, 1, 2, 0});
    plot().replot(QCustomPlot::rpQueuedReplot);
}

HistogramView::HistogramView(QWidget* parent)
    : SmallPlot(parent)
    , m_lower(std::nan(""))
    , m_upper(std::nan(""))
{
    setAccessibleName(tr("Histogram of weights"));
    useDecades(*plot().yAxis);
    rebuild();
}

void HistogramView::setHistogram(const QVector<double>& counts, double minimum, double maximum)
{
    m_counts = counts;
    m_minimum = minimum;
    m_maximum = maximum;
    rebuild();
}

void HistogramView::setClipRange(double lower, double upper)
{
    m_lower = lower;
    m_upper = upper;
    rebuild();
}

void HistogramView::addClipRange(const PlotTheme& theme)
{
    for (const double x : {m_lower, m_upper})
        addVertical(plot(), x, theme.text);
    auto* label = new QCPItemText(&plot());
    label->setText(tr("clip range"));
    label->setFont(theme.small);
    label->setColor(theme.muted);
    // Beside the line, where there is room for it.
    const QCPRange shown = plot().xAxis->range();
    const bool atEnd = m_upper > shown.lower + 0.65 * shown.size();
    label->setPositionAlignment((atEnd ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
    label->setPadding({3, 0, 3, 0});
    label->position->setTypeX(QCPItemPosition::ptPlotCoords);
    label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    label->position->setCoords(m_upper, 0.02);
}

void HistogramView::rebuild()
{
    const PlotTheme theme = plotTheme(palette(), font());
    restartPlot(plot(), theme);
    QCPGraph* shape = plot().addGraph();
    shape->setLineStyle(QCPGraph::lsStepLeft);
    shape->setPen(Qt::NoPen);
    shape->setBrush(theme.barFill);
    shape->setAntialiasedFill(false);
    const double width = m_counts.isEmpty() ? 1 : (m_maximum - m_minimum) / double(m_counts.size());
    double highest = 1;
    // Empty bins lie below the axis: a log scale has no zero.
    for (int i = 0; i < m_counts.size(); ++i) {
        shape->addData(m_minimum + i * width, std::max(m_counts[i], 0.1));
        highest = std::max(highest, m_counts[i]);
    }
    if (!m_counts.isEmpty())
        shape->addData(m_maximum, std::max(m_counts.last(), 0.1));
    plot().yAxis->setRange(0.7, highest * 10);
    const double room = m_maximum > m_minimum ? (m_maximum - m_minimum) * 0.02 : 1;
    plot().xAxis->setRange(m_minimum - room, m_maximum + room);
    if (!m_counts.isEmpty() && m_lower < m_upper)
        addClipRange(theme);
    plot().replot(QCustomPlot::rpQueuedReplot);
}

SpectrumView::SpectrumView(QWidget* parent)
    : SmallPlot(parent)
{
    setAccessibleName(tr("Leading singular values"));
    useDecades(*plot().yAxis);
    rebuild();
}

void SpectrumView::setSpectrum(const QVector<double>& values, int topCount)
{
    m_values = values;
    m_topCount = topCount;
    rebuild();
}

void SpectrumView::rebuild()
{
    const PlotTheme theme = plotTheme(palette(), font());
    restartPlot(plot(), theme);
    QCPGraph* graph = plot().addGraph();
    graph->setPen(QPen(theme.accent, 1.4));
    double lowest = 0;
    double highest = 0;
    for (int i = 0; i < m_values.size(); ++i) {
        if (!(m_values[i] > 0))
            continue;
        graph->addData(i + 1, m_values[i]);
        lowest = lowest > 0 ? std::min(lowest, m_values[i]) : m_values[i];
        highest = std::max(highest, m_values[i]);
    }
    plot().yAxis->setRange(logRange(lowest, highest));
    plot().xAxis->setRange(1, std::max<double>(double(m_values.size()), 2));
    if (m_topCount > 0 && !m_values.isEmpty()) {
        auto* top = new QCPItemRect(&plot());
        QColor shade = theme.accent;
        shade.setAlpha(45);
        top->setPen(Qt::NoPen);
        top->setBrush(shade);
        top->topLeft->setCoords(1, plot().yAxis->range().upper);
        top->bottomRight->setCoords(m_topCount, plot().yAxis->range().lower);
    }
    plot().replot(QCustomPlot::rpQueuedReplot);
}

} // namespace bitloupe::ui
