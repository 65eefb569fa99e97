// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_canvas.h"

#include "ui/views/paint_layer.h"
#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace bitloupe::ui {
namespace {

constexpr int leftMargin = 64;
constexpr int footerHeight = 40;
constexpr double smallestRow = 3;
constexpr double readableRow = 15;
constexpr double tallestRow = 20;
constexpr int widestColumn = 120;
constexpr int rightOfCells = 28; // before the bars, and after them
constexpr int narrowestBars = 110, widestBars = 250;

double positionOf(double value, double lowest, double highest, bool logScale)
{
    if (!(highest > lowest))
        return 0.5;
    if (logScale && lowest > 0)
        return std::log(std::max(value, lowest) / lowest) / std::log(highest / lowest);
    return (value - lowest) / (highest - lowest);
}

QCPColorGradient gradientOf(const HeatmapStyle& style, bool dark)
{
    QCPColorGradient gradient;
    gradient.clearColorStops();
    if (style.colourByBits) {
        const int last = static_cast<int>(paletteBits().size()) - 1;
        for (int i = 0; i <= last; ++i)
            gradient.setColorStopAt(double(i) / last, bitsColor(paletteBits()[i], dark));
        gradient.setLevelCount(last + 1);
    } else {
        const QVector<QColor>& stops = mapStops(style.map, dark);
        for (int i = 0; i < stops.size(); ++i)
            gradient.setColorStopAt(double(i) / double(stops.size() - 1), stops[i]);
        gradient.setLevelCount(350);
    }
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    return gradient;
}

double paletteIndex(int bits)
{
    qsizetype nearest = 0;
    for (qsizetype i = 1; i < paletteBits().size(); ++i)
        if (std::abs(paletteBits()[i] - bits) < std::abs(paletteBits()[nearest] - bits))
            nearest = i;
    return static_cast<double>(nearest);
}

QCPAxisRect* addRect(QCustomPlot& plot, QCPLayoutInset& inset)
{
    auto* rect = new QCPAxisRect(&plot, true);
    rect->setAutoMargins(QCP::msNone);
    rect->setMargins(QMargins());
    rect->setMinimumMargins(QMargins());
    rect->setMinimumSize(1, 1);
    for (QCPAxis* axis : rect->axes()) {
        axis->setVisible(false);
        axis->grid()->setVisible(false);
    }
    rect->axis(QCPAxis::atLeft)->setRangeReversed(true);
    inset.addElement(rect, QRectF(0, 0, 1, 1));
    return rect;
}

// The inset truncates shares of its size to pixels; half a pixel more makes them exact.
void place(QCPLayoutInset& inset, int index, const QRect& rect, const QSize& whole)
{
    const double width = std::max(whole.width(), 1);
    const double height = std::max(whole.height(), 1);
    inset.setInsetRect(index,
        QRectF((rect.x() + 0.5) / width, (rect.y() + 0.5) / height, (rect.width() + 0.5) / width,
            (rect.height() + 0.5) / height));
}

} // namespace

HeatmapCanvas::HeatmapCanvas(QWidget& view)
    : dataRange(std::nan(""), std::nan(""))
    , range(dataRange)
    , plot(new QCustomPlot(&view))
    , scroll(new QScrollBar(Qt::Vertical, &view))
    , m_view(view)
{
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setMouseTracking(true);
    plot->plotLayout()->clear();
    m_inset = new QCPLayoutInset;
    plot->plotLayout()->setMargins({});
    plot->plotLayout()->addElement(0, 0, m_inset);
    m_cellRect = addRect(*plot, *m_inset);
    m_barRect = addRect(*plot, *m_inset);
    m_map = new QCPColorMap(m_cellRect->axis(QCPAxis::atBottom), m_cellRect->axis(QCPAxis::atLeft));
    m_map->setInterpolate(false);
    m_bars = new QCPBars(m_barRect->axis(QCPAxis::atLeft), m_barRect->axis(QCPAxis::atBottom));
    m_bars->setWidth(0.66);
    m_bars->setAntialiased(false);
    QCPAxis* barAxis = m_barRect->axis(QCPAxis::atBottom);
    barAxis->setVisible(true);
    barAxis->ticker()->setTickCount(3);
    barAxis->grid()->setVisible(true);
    addPaintLayer(*plot, QStringLiteral("overlay"),
        [this](QPainter& painter) { paintHeatmap(painter, geometry, scene()); });
    QObject::connect(plot, &QCustomPlot::beforeReplot, plot, [this] {
        if (plot->viewport().size() != m_laidOut)
            layout();
    });
    scroll->hide();
    selection.setData(&data);
    restyle();
}

void HeatmapCanvas::replot() { plot->replot(QCustomPlot::rpQueuedReplot); }

void HeatmapCanvas::refill()
{
    fillMap();
    fillBars();
}

void HeatmapCanvas::zoom(double factor)
{
    // Whole pixels: a fraction would let colours bleed over the gaps.
    const double step = factor > 1 ? 1 : -1;
    const double wanted = std::round(geometry.rowHeight * factor);
    zoomedRowHeight = std::clamp(
        wanted == geometry.rowHeight ? wanted + step : wanted, smallestRow, 2 * tallestRow);
    layout();
    replot();
}

void HeatmapCanvas::restyle()
{
    const PlotTheme theme = plotTheme(m_view.palette(), m_view.font());
    stylePlot(*plot, theme);
    m_bars->setBrush(theme.barFill);
    m_bars->setPen(QPen(theme.barEdge, 1));
    fillMap();
    replot();
}

double HeatmapCanvas::rowHeightFor(int available) const
{
    if (zoomedRowHeight > 0)
        return zoomedRowHeight;
    const double fit = data.rows.isEmpty() ? tallestRow : double(available) / double(data.rows.size());
    // From 13 px on digits still fit: better a little tight than scrolling for one row.
    return fit >= 13 ? std::min(std::floor(fit), tallestRow) : readableRow;
}

void HeatmapCanvas::computeRange()
{
    double lowest = std::nan("");
    double highest = std::nan("");
    for (const HeatmapCell& cell : data.cells) {
        if (cell.decision < 0 || !std::isfinite(cell.value)
            || (style.logScale && cell.value <= 0))
            continue;
        lowest = std::isnan(lowest) ? cell.value : std::min(lowest, cell.value);
        highest = std::isnan(highest) ? cell.value : std::max(highest, cell.value);
    }
    range = dataRange = {lowest, highest};
    const double floor = style.logScale ? 0 : -std::numeric_limits<double>::infinity();
    if (std::isnan(lowest))
        return;
    if (style.lowest > floor)
        range.first = style.lowest;
    if (style.highest > floor)
        range.second = style.highest;
    if (range.first > range.second) // the other end is of the values, all beyond this one
        (std::isnan(style.lowest) ? range.first : range.second)
            = std::isnan(style.lowest) ? range.second : range.first;
}

void HeatmapCanvas::fillMap()
{
    const bool dark = plotTheme(m_view.palette(), m_view.font()).dark;
    const int columns = static_cast<int>(data.columns.size());
    const int rows = static_cast<int>(data.rows.size());
    computeRange();
    const QCPColorGradient gradient = gradientOf(style, dark);
    m_map->setGradient(gradient);
    m_map->data()->setSize(columns, rows);
    m_map->data()->setRange(QCPRange(0, columns - 1), QCPRange(0, rows - 1));
    m_map->setDataRange(
        style.colourByBits ? QCPRange(0, double(paletteBits().size() - 1)) : QCPRange(0, 1));
    m_colors.fill(QColor(), data.cells.size());
    for (int i = 0; i < data.cells.size(); ++i) {
        const HeatmapCell& cell = data.cells[i];
        double at = std::nan("");
        if (cell.decision >= 0 && cell.trouble == HeatmapCell::Trouble::none) {
            if (style.colourByBits && cell.bits > 0) {
                at = paletteIndex(cell.bits);
                m_colors[i] = bitsColor(cell.bits, dark);
            } else if (!style.colourByBits && std::isfinite(cell.value)) {
                at = std::clamp(
                    positionOf(cell.value, range.first, range.second, style.logScale), 0.0, 1.0);
                m_colors[i] = mapColor(style.map, at, dark);
            }
        }
        if (i < data.gridCells())
            m_map->data()->setCell(i % columns, i / columns, at);
    }
}

void HeatmapCanvas::fillBars()
{
    QVector<double> keys;
    QVector<double> values;
    m_smallestBar = m_largestBar = 0;
    for (int row = 0; row < data.rows.size(); ++row) {
        const HeatmapRow& one = data.rows[row];
        if (std::isfinite(one.damage)) {
            keys.append(row);
            values.append(one.damage);
            m_smallestBar = std::min(m_smallestBar, one.damage);
            m_largestBar = std::max(m_largestBar, one.damage);
        }
        if (std::isfinite(one.uniformDamage))
            m_largestBar = std::max(m_largestBar, one.uniformDamage);
    }
    m_largestBar *= 1.05;
    if (m_smallestBar < 0) { // differences: as far to the left as to the right
        m_largestBar = std::max(m_largestBar, -m_smallestBar * 1.05);
        m_smallestBar = -m_largestBar;
    }
    m_bars->setData(keys, values, true);
    m_barRect->axis(QCPAxis::atBottom)->setRange(
        m_smallestBar, m_largestBar > 0 ? m_largestBar : 1);
}

// Bars give way to columns whose texts would touch.
int HeatmapCanvas::barsWidthFor(int width, int columns) const
{
    if (m_view.width() < 520)
        return 0;
    const PlotTheme theme = plotTheme(m_view.palette(), m_view.font());
    const int most = std::min(width * 3 / 10, widestBars);
    const int least = std::max(
        narrowestBars, QFontMetrics(theme.body).horizontalAdvance(data.barTitle) + 16);
    const int left = width - leftMargin - rightOfCells - columns * comfortableColumn(data, theme);
    return std::min(most, std::max(left, least));
}

void HeatmapCanvas::layout()
{
    // What the plot is drawn into: between a resize and the plot's own, the view is ahead of it.
    const QSize size = m_laidOut = plot->viewport().size();
    const PlotTheme theme = plotTheme(m_view.palette(), m_view.font());
    const int rows = static_cast<int>(data.rows.size());
    const int columns = std::max(static_cast<int>(data.columns.size()), 1);
    // Titles need rows' heights, rows the scroll bar, the bar columns' widths, and they the titles:
    // the scroll bar's width is left free for the titles, whether there is one or not.
    const int scrollWidth = scroll->sizeHint().width();
    const auto columnWidth = [&](int width) {
        const int room = width - leftMargin - barsWidthFor(width, columns) - rightOfCells;
        return std::max(std::min(std::max(room, 40) / columns, widestColumn), 1);
    };
    m_texts = columnTexts(data, theme, columnWidth(size.width() - scrollWidth));
    const int available = std::max(size.height() - m_texts.height - footerHeight, 20);
    geometry.rowHeight = rowHeightFor(available);
    const int rowHeight = static_cast<int>(geometry.rowHeight);
    const int shownRows = std::clamp(available / rowHeight, 1, std::max(rows, 1));
    const int height = shownRows * rowHeight;
    const bool scrolls = rows > shownRows;
    const int rightEdge = size.width() - (scrolls ? scrollWidth : 0);
    const int barsWidth = barsWidthFor(rightEdge, columns);
    geometry.cells = QRect(leftMargin, m_texts.height, columnWidth(rightEdge) * columns, height);
    geometry.bars = barsWidth > 0
        ? QRect(geometry.cells.right() + 21, m_texts.height, barsWidth - 20, height)
        : QRect();
    geometry.rows = rows;
    geometry.columns = static_cast<int>(data.columns.size());
    geometry.strip = data.strip;
    scroll->setVisible(scrolls);
    scroll->setGeometry(rightEdge, m_texts.height, scrollWidth, height);
    scroll->setPageStep(shownRows);
    scroll->setRange(0, scrolls ? rows - shownRows : 0);
    geometry.firstRow = scrolls ? scroll->value() : 0;
    layoutPlots(size, shownRows);
}

void HeatmapCanvas::layoutPlots(const QSize& size, int shownRows)
{
    const bool withBars = !geometry.bars.isEmpty();
    place(*m_inset, 0, geometry.cells, size);
    m_barRect->setVisible(withBars);
    m_barRect->axis(QCPAxis::atBottom)->setVisible(withBars);
    m_barRect->axis(QCPAxis::atBottom)->ticker()->setTickCount(geometry.bars.width() < 180 ? 1 : 3);
    place(*m_inset, 1, withBars ? geometry.bars : QRect(size.width(), 0, 9, 9), size);
    const QCPRange shown(geometry.firstRow - 0.5, geometry.firstRow - 0.5 + shownRows);
    m_cellRect->axis(QCPAxis::atLeft)->setRange(shown);
    m_cellRect->axis(QCPAxis::atBottom)->setRange(-0.5, geometry.columns - 0.5);
    m_barRect->axis(QCPAxis::atLeft)->setRange(shown);
}

int HeatmapCanvas::contentHeight() const
{
    return geometry.cells.top() + geometry.cells.height() + footerHeight;
}

void HeatmapCanvas::showCurrent()
{
    if (selection.current() < 0 || geometry.columns == 0 || scroll->maximum() == 0)
        return;
    const int row = geometry.rowOf(selection.current());
    const double visible = geometry.cells.height() / geometry.rowHeight;
    if (row < geometry.firstRow)
        scroll->setValue(row);
    else if (row + 1 > geometry.firstRow + visible)
        scroll->setValue(static_cast<int>(row + 1 - visible));
}

HeatmapScene HeatmapCanvas::scene() const
{
    HeatmapScene made;
    made.data = &data;
    made.selection = &selection;
    made.colors = &m_colors;
    made.highlighted = &highlighted;
    made.style = style;
    made.theme = plotTheme(m_view.palette(), m_view.font());
    made.texts = m_texts;
    made.focused = m_view.hasFocus();
    made.smallestBar = m_smallestBar;
    made.largestBar = m_largestBar;
    return made;
}

} // namespace bitloupe::ui
