// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_view.h"

#include "ui/views/heatmap_canvas.h"

#include <qcustomplot.h>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QSet>

#include <cmath>

namespace bitloupe::ui {

struct HeatmapView::Parts : HeatmapCanvas {
    using HeatmapCanvas::HeatmapCanvas;
    enum class Drag { none, cells, rows, columns };
    int lastHovered = -1;
    HeatmapCaption caption;
    Drag drag = Drag::none;

    bool mouse(HeatmapView& view, QEvent& event);
    void press(const QMouseEvent& at, int cell);
    void move(const QMouseEvent& at, int cell);
    /// Titles select whole rows and columns; false when there is none here.
    bool pressTitle(const QMouseEvent& at);
    /// The row or the column of the current cell; false when there is none.
    bool selectLine(bool row);
    /// A press on the triangle, or twice anywhere else on the cell.
    bool opens(const QEvent& event, int cell) const;
    /// The cell in other data that the current one becomes: with the same decision, in the grid or
    /// the same expert in the strip; -1: none.
    int cellAfter(const HeatmapData& other) const;
};

bool HeatmapView::Parts::opens(const QEvent& event, int cell) const
{
    const auto& at = static_cast<const QMouseEvent&>(event);
    if (cell < 0 || at.button() != Qt::LeftButton || data.cells[cell].experts <= 0)
        return false;
    const bool onTriangle = geometry.openerRect(cell).contains(at.position());
    return event.type() == QEvent::MouseButtonPress ? onTriangle && !at.modifiers()
                                                    : event.type() == QEvent::MouseButtonDblClick && !onTriangle;
}

int HeatmapView::Parts::cellAfter(const HeatmapData& other) const
{
    const int now = selection.current();
    if (now < 0 || now >= data.cells.size())
        return -1;
    const HeatmapCell& cell = data.cells[now];
    const int begin = cell.expert >= 0 ? other.gridCells() : 0;
    const int end = cell.expert >= 0 ? static_cast<int>(other.cells.size()) : other.gridCells();
    for (int i = begin; i < end; ++i)
        if (other.cells[i].decision == cell.decision && other.cells[i].expert == cell.expert)
            return i;
    return -1;
}

HeatmapView::HeatmapView(QWidget* parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>(*this))
{
    m_parts->plot->installEventFilter(this);
    connect(m_parts->scroll, &QScrollBar::valueChanged, this, [this] {
        m_parts->layout();
        m_parts->replot();
    });
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Heatmap of layers and roles"));
    setAccessibleDescription(tr("The table shows the same tensors as text."));
}

HeatmapView::~HeatmapView() = default;

void HeatmapView::setData(HeatmapData data)
{
    // The selection speaks of cells of the old data until it is told of the new.
    const QVector<int> selected = m_parts->selection.decisions();
    const int current = currentDecision();
    const int cell = m_parts->cellAfter(data);
    m_parts->data = std::move(data);
    m_parts->selection.setData(&m_parts->data);
    m_parts->selection.setDecisions(selected, current, cell);
    m_parts->refill();
    m_parts->layout();
    m_parts->replot();
}

const HeatmapData& HeatmapView::data() const { return m_parts->data; }

void HeatmapView::setStyle(const HeatmapStyle& style)
{
    m_parts->style = style;
    m_parts->refill();
    m_parts->replot();
}

const HeatmapStyle& HeatmapView::style() const { return m_parts->style; }

void HeatmapView::setHighlighted(const QVector<bool>& decisions)
{
    m_parts->highlighted = decisions;
    m_parts->replot();
}

std::pair<double, double> HeatmapView::valueRange() const { return m_parts->range; }

std::pair<double, double> HeatmapView::dataRange() const { return m_parts->dataRange; }

QVector<int> HeatmapView::selectedDecisions() const { return m_parts->selection.decisions(); }

int HeatmapView::currentDecision() const
{
    return m_parts->selection.currentDecision();
}

void HeatmapView::select(const QVector<int>& decisions, int current)
{
    // What the view said itself and hears again must not move the start of a drag.
    const QVector<int> now = selectedDecisions();
    if (current == currentDecision()
        && QSet<int>(now.begin(), now.end()) == QSet<int>(decisions.begin(), decisions.end()))
        return;
    // Of a decision with several cells, a click has already chosen one.
    const int cell = current == currentDecision() ? m_parts->selection.current() : -1;
    m_parts->selection.setDecisions(decisions, current, cell);
    m_parts->showCurrent();
    m_parts->replot();
}

int HeatmapView::decisionAt(const QPoint& point) const
{
    const int cell = m_parts->geometry.cellAt(point);
    return cell >= 0 && cell < m_parts->data.cells.size() ? m_parts->data.cells[cell].decision : -1;
}

QRect HeatmapView::cellRect(int decision) const
{
    const int cell = m_parts->data.find(decision);
    if (cell < 0)
        return {};
    return m_parts->geometry.cellRect(cell).toRect() & m_parts->geometry.cells;
}

QRect HeatmapView::expertRect(int expert) const
{
    const HeatmapData& data = m_parts->data;
    if (expert < 0 || expert >= data.strip.count)
        return {};
    return m_parts->geometry.cellRect(data.gridCells() + expert).toRect() & m_parts->geometry.cells;
}

void HeatmapView::setCaption(const HeatmapCaption& caption) { m_parts->caption = caption; }

int HeatmapView::captionHeight() const
{
    return ui::captionHeight(
        m_parts->caption, m_parts->plot->width(), plotTheme(palette(), font()));
}

void HeatmapView::paintCaption(QPainter& painter) const
{
    ui::paintCaption(
        painter, m_parts->plot->width(), m_parts->caption, plotTheme(palette(), font()));
}

int HeatmapView::plotHeight() const { return m_parts->contentHeight(); }

QImage HeatmapView::toImage(const QSize& size, qreal scale) const
{
    return m_parts->plot->toPixmap(size.width(), size.height(), scale).toImage();
}

QSize HeatmapView::minimumSizeHint() const { return {320, 160}; }

bool HeatmapView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString text;
    const int cell = m_parts->geometry.cellAt(help->pos());
    if (cell >= 0 && m_parts->data.cells[cell].decision >= 0)
        emit tipRequested(m_parts->data.cells[cell], &text);
    else if (m_parts->geometry.rowTitleAt(help->pos()) >= 0)
        text = tr("Click selects the row, dragging several; Ctrl adds");
    else if (const int column = m_parts->geometry.columnTitleAt(help->pos()); column >= 0)
        text = columnTip(m_parts->data, column) + QLatin1Char('\n')
            + tr("Click selects the column, dragging several; Ctrl adds");
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

bool HeatmapView::Parts::pressTitle(const QMouseEvent& at)
{
    const int row = geometry.rowTitleAt(at.position());
    const int column = geometry.columnTitleAt(at.position());
    const bool extend = at.modifiers() & Qt::ShiftModifier;
    const bool add = at.modifiers() & Qt::ControlModifier;
    if (at.button() != Qt::LeftButton || (row < 0 && column < 0))
        return false;
    if (row >= 0)
        selection.selectRow(row, extend, add);
    else
        selection.selectColumn(column, extend, add);
    drag = row >= 0 ? Drag::rows : Drag::columns;
    return true;
}

bool HeatmapView::Parts::selectLine(bool row)
{
    const int cell = selection.current();
    if (cell < 0)
        return false;
    if (row)
        selection.selectRow(geometry.rowOf(cell), false, false);
    else
        selection.selectColumn(geometry.columnOf(cell), false, false);
    return true;
}

void HeatmapView::Parts::press(const QMouseEvent& at, int cell)
{
    if (pressTitle(at))
        return;
    if (at.button() == Qt::RightButton) {
        if (cell < 0 || !selection.contains(cell))
            selection.setSingle(cell);
    } else if (at.modifiers() & Qt::ControlModifier) {
        selection.toggle(cell);
    } else if (at.modifiers() & Qt::ShiftModifier) {
        selection.extendTo(cell);
    } else {
        selection.setSingle(cell);
    }
    drag = at.button() == Qt::LeftButton && cell >= 0 ? Drag::cells : Drag::none;
}

void HeatmapView::Parts::move(const QMouseEvent& at, int cell)
{
    const bool add = at.modifiers() & Qt::ControlModifier;
    if (drag == Drag::cells && cell >= 0)
        selection.extendTo(cell, add);
    else if (drag == Drag::rows)
        selection.selectRow(
            geometry.rowTitleAt({double(geometry.cells.left() - 1), at.position().y()}), true, add);
    else if (drag == Drag::columns)
        selection.selectColumn(
            geometry.columnTitleAt({at.position().x(), double(geometry.cells.top() - 1)}), true, add);
}

bool HeatmapView::Parts::mouse(HeatmapView& view, QEvent& event)
{
    const auto& at = static_cast<const QMouseEvent&>(event);
    const int cell = geometry.cellAt(at.position());
    const QSet<int> before = selection.selected();
    const int currentBefore = selection.current();
    if (event.type() == QEvent::MouseButtonPress) {
        view.setFocus(Qt::MouseFocusReason);
        press(at, cell);
    } else if (event.type() == QEvent::MouseMove) {
        move(at, cell);
    } else if (event.type() == QEvent::MouseButtonRelease) {
        drag = Drag::none;
    }
    if (const int now = view.decisionAt(at.position().toPoint()); now != lastHovered) {
        lastHovered = now;
        emit view.hovered(now);
    }
    if (before != selection.selected() || currentBefore != selection.current()) {
        replot();
        emit view.selectionChanged();
    }
    if (opens(event, cell))
        emit view.openRequested(data.cells[cell].decision);
    if (event.type() == QEvent::MouseButtonPress && at.button() == Qt::RightButton && cell >= 0)
        emit view.menuRequested(at.globalPosition().toPoint());
    return true;
}

bool HeatmapView::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
        return m_parts->mouse(*this, *event);
    case QEvent::Wheel: {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        const double steps = wheel->angleDelta().y() / 120.0;
        if (wheel->modifiers() & Qt::ControlModifier) {
            m_parts->zoom(std::pow(1.15, steps));
        } else if (m_parts->scroll->isVisible()) {
            m_parts->scroll->setValue(
                m_parts->scroll->value() - static_cast<int>(std::lround(steps * 3)));
        }
        return true;
    }
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void HeatmapView::keyPressEvent(QKeyEvent* event)
{
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    HeatmapSelection& selection = m_parts->selection;
    bool changed = false;
    switch (event->key()) {
    case Qt::Key_Left: changed = selection.move(0, -1, extend); break;
    case Qt::Key_Right: changed = selection.move(0, 1, extend); break;
    case Qt::Key_Up: changed = selection.move(-1, 0, extend); break;
    case Qt::Key_Down: changed = selection.move(1, 0, extend); break;
    case Qt::Key_Home: changed = selection.moveToEdge(false, extend); break;
    case Qt::Key_End: changed = selection.moveToEdge(true, extend); break;
    case Qt::Key_0: case Qt::Key_1: case Qt::Key_2: case Qt::Key_3: case Qt::Key_4: case Qt::Key_5:
    case Qt::Key_6: case Qt::Key_8:
        if (event->modifiers() & ~Qt::KeypadModifier)
            return QWidget::keyPressEvent(event);
        emit pinRequested(event->key() == Qt::Key_1 ? 16 : event->key() - Qt::Key_0);
        return;
    case Qt::Key_Return: case Qt::Key_Enter: case Qt::Key_Space: {
        if (event->key() == Qt::Key_Space && event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)) {
            changed = m_parts->selectLine(event->modifiers() & Qt::ShiftModifier);
            break;
        }
        const int cell = m_parts->data.owner(selection.current());
        if (selection.current() < 0 || m_parts->data.cells[cell].experts <= 0)
            return QWidget::keyPressEvent(event);
        emit openRequested(m_parts->data.cells[cell].decision);
        return;
    }
    case Qt::Key_Menu:
        if (currentDecision() >= 0)
            emit menuRequested(mapToGlobal(cellRect(currentDecision()).center()));
        return;
    case Qt::Key_A:
        if (!(event->modifiers() & Qt::ControlModifier))
            return QWidget::keyPressEvent(event);
        selection.selectAll();
        changed = true;
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    if (!changed)
        return;
    m_parts->showCurrent();
    m_parts->replot();
    emit selectionChanged();
}

void HeatmapView::resizeEvent(QResizeEvent*)
{
    m_parts->plot->setGeometry(rect());
    m_parts->layout();
    m_parts->replot();
}

void HeatmapView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_parts->restyle();
}

void HeatmapView::focusInEvent(QFocusEvent*) { m_parts->replot(); }
void HeatmapView::focusOutEvent(QFocusEvent*) { m_parts->replot(); }

} // namespace bitloupe::ui
