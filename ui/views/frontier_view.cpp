// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/frontier_view.h"

#include "ui/views/label_places.h"
#include "ui/views/paint_layer.h"
#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr double megabyte = 1e6;

struct Label {
    QString text;
    QPointF point; // pixels
    bool bold = false;
};

// Where the straight line from a label to its point leaves the label.
QPointF edgeTowards(const QRectF& box, const QPointF& point)
{
    return {std::clamp(point.x(), box.left(), box.right()),
        std::clamp(point.y(), box.top() + 2, box.bottom() - 2)};
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
    QPointF pixel(double bytes, double damage) const;
    QVector<Label> labels() const;
    QVector<QPointF> curvePixels() const;
    void paintLabels(QPainter& painter, const PlotTheme& theme) const;
};

FrontierView::FrontierView(QWidget* parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>())
{
    m_parts->plot = new QCustomPlot(this);
    m_parts->plot->installEventFilter(this);
    m_parts->plot->setMouseTracking(true);
    m_parts->plot->plotLayout()->setMargins({});
    useDecades(*m_parts->plot->yAxis);
    m_parts->plot->axisRect()->setMinimumMargins({36, 6, 10, 20});
    setMinimumSize(200, 110);
    setAccessibleName(tr("Size against predicted damage"));
    addPaintLayer(*m_parts->plot, QStringLiteral("overlay"), [this](QPainter& painter) {
        m_parts->paintLabels(painter, plotTheme(palette(), font()));
    });
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
        plot->yAxis->setRange(std::max(lowest, highest * 1e-5) / 1.6, highest * 6);
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
}

QPointF FrontierView::Parts::pixel(double bytes, double damage) const
{
    return {plot->xAxis->coordToPixel(bytes / megabyte), plot->yAxis->coordToPixel(damage)};
}

// This plan first: it gets the best place. Marks on one spot share a label.
QVector<Label> FrontierView::Parts::labels() const
{
    QVector<Label> list;
    if (data.planBytes > 0 && data.planDamage > 0)
        list.append({FrontierView::tr("this plan"), pixel(data.planBytes, data.planDamage), true});
    const qsizetype firstMark = list.size();
    for (const FrontierMark& mark : data.marks) {
        const QPointF point = pixel(mark.bytes, mark.damage);
        qsizetype at = firstMark;
        while (at < list.size() && QLineF(list[at].point, point).length() > 8)
            ++at;
        if (at < list.size())
            list[at].text = FrontierView::tr("%1, %2").arg(list[at].text, mark.label);
        else if (mark.damage > 0 && plot->axisRect()->rect().contains(point.toPoint()))
            list.append({mark.label, point});
    }
    if (data.knee >= 0 && data.knee < data.bytes.size())
        list.append({FrontierView::tr("knee"), pixel(data.bytes[data.knee], data.damage[data.knee])});
    return list;
}

// Points every few pixels: what labels stay off, the dashed line included.
QVector<QPointF> FrontierView::Parts::curvePixels() const
{
    QVector<QPointF> points;
    QPointF last;
    for (int i = 0; i < data.bytes.size(); ++i) {
        if (!(data.damage[i] > 0))
            continue;
        const QPointF next = pixel(data.bytes[i], data.damage[i]);
        const int steps = points.isEmpty()
            ? 1
            : std::clamp(static_cast<int>(QLineF(last, next).length() / 3), 1, 100);
        for (int step = 1; step <= steps; ++step)
            points.append(points.isEmpty() ? next : last + (next - last) * step / steps);
        last = next;
    }
    const QRect area = plot->axisRect()->rect();
    for (int y = area.top(); data.planBytes > 0 && y < area.bottom(); y += 3)
        points.append({pixel(data.planBytes, 1).x(), double(y)});
    return points;
}

void FrontierView::Parts::paintLabels(QPainter& painter, const PlotTheme& theme) const
{
    const QVector<Label> texts = labels();
    QVector<LabelWish> wishes;
    QVector<QRectF> obstacles;
    QFont bold = theme.small;
    bold.setBold(true);
    for (const Label& one : texts) {
        const QFontMetricsF metrics(one.bold ? bold : theme.small);
        wishes.append({one.point, {metrics.horizontalAdvance(one.text), metrics.height()}});
        obstacles.append(QRectF(one.point - QPointF(5, 5), QSizeF(10, 10)));
    }
    QRectF area = QRectF(plot->axisRect()->rect()).adjusted(3, 1, -3, -1);
    if (!data.experts.isEmpty()) {
        painter.setFont(theme.small);
        painter.setPen(theme.muted);
        const double height = QFontMetricsF(theme.small).height();
        const QString text
            = QFontMetricsF(theme.small).elidedText(data.experts, Qt::ElideMiddle, area.width());
        constexpr int corner = Qt::AlignTop | Qt::AlignRight;
        painter.fillRect(painter.boundingRect(area, corner, text), theme.base); // the line ends below
        painter.drawText(area, corner, text);
        area.setTop(area.top() + height);
    }
    const QVector<LabelPlace> places = placeLabels(wishes, area, obstacles, curvePixels());
    for (int i = 0; i < places.size(); ++i) {
        const QRectF& box = places[i].box;
        if (places[i].leader) {
            QLineF leader(edgeTowards(box, texts[i].point), texts[i].point);
            leader.setLength(std::max(leader.length() - 7, 0.0));
            painter.setRenderHint(QPainter::Antialiasing, true);
            painter.setPen(QPen(theme.muted, 1));
            painter.drawLine(leader);
        }
        painter.setFont(texts[i].bold ? bold : theme.small);
        painter.setPen(theme.text);
        painter.drawText(box.adjusted(-2, 0, 2, 0), Qt::AlignCenter, texts[i].text);
    }
}

void FrontierView::Parts::rebuild(const PlotTheme& theme)
{
    restartPlot(*plot, theme);
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

void FrontierView::resizeEvent(QResizeEvent*)
{
    m_parts->plot->setGeometry(rect());
    nameAxis();
}

// The words that fit: an axis does not elide its own.
void FrontierView::nameAxis()
{
    QCPAxis& axis = *m_parts->plot->xAxis;
    const QString whole = tr("predicted damage against size of the files, MB");
    const bool room = QFontMetrics(axis.labelFont()).horizontalAdvance(whole) < width() - 30;
    axis.setLabel(room ? whole : tr("size of the files, MB"));
}

} // namespace bitloupe::ui
