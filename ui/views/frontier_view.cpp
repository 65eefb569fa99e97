// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/frontier_view.h"

#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr double megabyte = 1e6;

QCPItemText* addLabel(QCustomPlot& plot, const PlotTheme& theme, const QString& text)
{
    auto* label = new QCPItemText(&plot);
    label->setText(text);
    label->setFont(theme.small);
    label->setColor(theme.text);
    label->setPadding(QMargins(2, 0, 2, 0));
    label->setBrush(theme.base);
    return label;
}

} // namespace

struct FrontierView::Parts {
    FrontierData data;
    QCustomPlot* plot = nullptr;
    bool dragging = false;

    void rebuild(const PlotTheme& theme);
    void addCurve(const PlotTheme& theme);
    void addMarks(const PlotTheme& theme);
    void addPlan(const PlotTheme& theme);
    void setRanges();
};

FrontierView::FrontierView(QWidget* parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>())
{
    m_parts->plot = new QCustomPlot(this);
    m_parts->plot->installEventFilter(this);
    m_parts->plot->setMouseTracking(true);
    m_parts->plot->plotLayout()->setMargins({});
    QCPAxis* y = m_parts->plot->yAxis;
    y->setScaleType(QCPAxis::stLogarithmic);
    y->setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
    y->setNumberFormat(QStringLiteral("gb"));
    y->setNumberPrecision(0);
    y->setLabel(tr("predicted damage"));
    m_parts->plot->xAxis->setLabel(tr("size of the files, MB"));
    m_parts->plot->axisRect()->setMinimumMargins({40, 6, 10, 20});
    setMinimumSize(220, 110);
    setAccessibleName(tr("Size against predicted damage"));
    m_parts->rebuild(plotTheme(palette(), font()));
}

FrontierView::~FrontierView() = default;

void FrontierView::setData(const FrontierData& shown)
{
    m_parts->data = shown;
    m_parts->rebuild(plotTheme(palette(), font()));
}

double FrontierView::bytesAt(const QPoint& point) const
{
    const double bytes = m_parts->plot->xAxis->pixelToCoord(point.x()) * megabyte;
    return std::clamp(bytes, m_parts->data.lowestBytes,
        std::max(m_parts->data.lowestBytes, m_parts->data.highestBytes));
}

QImage FrontierView::toImage(const QSize& size, qreal scale) const
{
    return m_parts->plot->toPixmap(size.width(), size.height(), scale).toImage();
}

void FrontierView::Parts::setRanges()
{
    double lowest = 0;
    double highest = 0;
    const auto include = [&](double value) {
        if (!(value > 0))
            return;
        lowest = lowest > 0 ? std::min(lowest, value) : value;
        highest = std::max(highest, value);
    };
    for (const double value : data.damage)
        include(value);
    for (const FrontierMark& mark : data.marks)
        include(mark.damage);
    include(data.planDamage);
    if (highest > 0)
        plot->yAxis->setRange(std::max(lowest, highest * 1e-5) / 1.6, highest * 1.8);
    double right = data.highestBytes;
    for (const FrontierMark& mark : data.marks)
        right = std::max(right, mark.bytes);
    const double room = (right - data.lowestBytes) * 0.06;
    if (right > data.lowestBytes)
        plot->xAxis->setRange(
            (data.lowestBytes - room) / megabyte, (right + room) / megabyte);
}

void FrontierView::Parts::addCurve(const PlotTheme& theme)
{
    QCPGraph* curve = plot->addGraph();
    curve->setPen(QPen(theme.accent, 1.4));
    for (int i = 0; i < data.bytes.size(); ++i)
        if (data.damage[i] > 0)
            curve->addData(data.bytes[i] / megabyte, data.damage[i]);
    if (data.knee < 0 || data.knee >= data.bytes.size())
        return;
    QCPGraph* knee = plot->addGraph();
    knee->setLineStyle(QCPGraph::lsNone);
    knee->setScatterStyle(
        {QCPScatterStyle::ssCircle, QPen(theme.text, 1.3), QBrush(Qt::NoBrush), 11});
    knee->addData(data.bytes[data.knee] / megabyte, data.damage[data.knee]);
    QCPItemText* label = addLabel(*plot, theme, FrontierView::tr("knee"));
    label->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
    label->setBrush(Qt::NoBrush);
    label->position->setCoords(data.bytes[data.knee] / megabyte, data.damage[data.knee]);
    label->setPadding(QMargins(0, 6, 8, 0));
}

void FrontierView::Parts::addMarks(const PlotTheme& theme)
{
    for (const FrontierMark& mark : data.marks) {
        const bool uniform = mark.kind == FrontierMark::Kind::uniform;
        QCPGraph* point = plot->addGraph();
        point->setLineStyle(QCPGraph::lsNone);
        point->setScatterStyle(uniform
                ? QCPScatterStyle(QCPScatterStyle::ssSquare, theme.text, theme.base, 6)
                : QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(theme.secondAccent, 1.4),
                    theme.base, 9));
        point->addData(mark.bytes / megabyte, mark.damage);
        // At our own size a label would sit on the dot: it goes off to the right on a leader.
        const bool atPlan = std::abs(mark.bytes - data.planBytes)
            < 0.04 * (data.highestBytes - data.lowestBytes);
        QCPItemText* label = addLabel(*plot, theme, mark.label);
        label->setBrush(Qt::NoBrush);
        label->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
        label->position->setTypeX(QCPItemPosition::ptPlotCoords);
        if (!atPlan) {
            label->position->setCoords(mark.bytes / megabyte, mark.damage);
            label->setPadding(QMargins(6, 0, 0, 3));
            continue;
        }
        auto* anchor = new QCPItemTracer(plot);
        anchor->setStyle(QCPItemTracer::tsNone);
        anchor->position->setCoords(mark.bytes / megabyte, mark.damage);
        label->position->setParentAnchor(anchor->position);
        label->position->setType(QCPItemPosition::ptAbsolute);
        label->position->setCoords(26, uniform ? -16 : -28);
        auto* leader = new QCPItemLine(plot);
        leader->setPen(QPen(theme.muted, 1));
        leader->start->setParentAnchor(anchor->position);
        leader->start->setCoords(4, -3);
        leader->end->setParentAnchor(label->bottomLeft);
        leader->end->setCoords(0, -4);
    }
}

void FrontierView::Parts::addPlan(const PlotTheme& theme)
{
    if (!(data.planBytes > 0))
        return;
    auto* line = new QCPItemStraightLine(plot);
    line->setPen(QPen(theme.accent, 1.2, Qt::DashLine));
    line->point1->setCoords(data.planBytes / megabyte, 1);
    line->point2->setCoords(data.planBytes / megabyte, 10);
    if (!(data.planDamage > 0))
        return;
    QCPGraph* dot = plot->addGraph();
    dot->setLineStyle(QCPGraph::lsNone);
    dot->setScatterStyle({QCPScatterStyle::ssDisc, theme.accent, theme.accent, 9});
    dot->addData(data.planBytes / megabyte, data.planDamage);
    QCPItemText* label = addLabel(*plot, theme, FrontierView::tr("this plan"));
    QFont bold = theme.small;
    bold.setBold(true);
    label->setFont(bold);
    label->setBrush(Qt::NoBrush);
    label->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
    label->position->setCoords(data.planBytes / megabyte, data.planDamage);
    label->setPadding(QMargins(0, 8, 8, 0));
}

void FrontierView::Parts::rebuild(const PlotTheme& theme)
{
    plot->clearPlottables();
    plot->clearItems();
    stylePlot(*plot, theme);
    setRanges();
    addCurve(theme);
    addMarks(theme);
    addPlan(theme);
    plot->replot(QCustomPlot::rpQueuedReplot);
}

bool FrontierView::eventFilter(QObject* watched, QEvent* event)
{
    const bool press = event->type() == QEvent::MouseButtonPress;
    const bool move = event->type() == QEvent::MouseMove;
    const bool release = event->type() == QEvent::MouseButtonRelease;
    if (!press && !move && !release)
        return QWidget::eventFilter(watched, event);
    const QPoint at = static_cast<QMouseEvent*>(event)->position().toPoint();
    const double line = m_parts->plot->xAxis->coordToPixel(m_parts->data.planBytes / megabyte);
    const bool near = m_parts->data.planBytes > 0 && std::abs(at.x() - line) <= 8;
    m_parts->plot->setCursor(near || m_parts->dragging ? Qt::SplitHCursor : Qt::ArrowCursor);
    if (press)
        m_parts->dragging = m_parts->data.planBytes > 0;
    if ((press || move) && m_parts->dragging)
        emit budgetDragged(bytesAt(at));
    if (release && m_parts->dragging) {
        m_parts->dragging = false;
        emit dragFinished();
    }
    return true;
}

void FrontierView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_parts->rebuild(plotTheme(palette(), font()));
}

void FrontierView::resizeEvent(QResizeEvent*) { m_parts->plot->setGeometry(rect()); }

} // namespace bitloupe::ui
