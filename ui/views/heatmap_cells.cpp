// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_cells.h"

#include "ui/views/marks.h"
#include "ui/views/paint_layer.h"

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr double digitMinHeight = 12;
constexpr double digitMinWidth = 20;
constexpr double markMinWidth = 28;
constexpr double openerMinWidth = 40;

using Trouble = HeatmapCell::Trouble;

QString digitsOf(const HeatmapCell& cell)
{
    if (!cell.label.isEmpty())
        return cell.label;
    switch (cell.trouble) {
    case Trouble::notFinite: return QStringLiteral("NaN");
    case Trouble::failed: return QStringLiteral("!");
    case Trouble::none: break;
    }
    if (cell.lowestBits != cell.highestBits)
        return QStringLiteral("%1–%2").arg(cell.lowestBits).arg(cell.highestBits);
    return QString::number(cell.bits);
}

// Types alone tell Q4_K and IQ4_XS apart; the bits take their place in narrow cells.
QString textOf(const HeatmapCell& cell, const QFontMetrics& metrics, double width)
{
    const bool hasType = !cell.type.isEmpty() && cell.label.isEmpty() && cell.trouble == Trouble::none;
    return hasType && metrics.horizontalAdvance(cell.type) + 2 <= width ? cell.type
                                                                        : digitsOf(cell);
}

class CellPainter {
public:
    CellPainter(QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene)
        : m_painter(painter)
        , m_geometry(geometry)
        , m_scene(scene)
        , m_pixelRatio(painter.device()->devicePixelRatioF())
    {
    }

    void all()
    {
        collectVisible();
        gaps();
        strip();
        for (const int at : qAsConst(m_visible))
            cell(at);
        for (const int at : qAsConst(m_visible))
            frame(at);
        const int current = m_scene.selection->current();
        if (!m_scene.focused || current < 0)
            return;
        m_painter.setPen(QPen(m_scene.theme.text, 1, Qt::DotLine));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(m_geometry.cellRect(current).adjusted(-2, -2, 2, 2));
    }

private:
    void collectVisible()
    {
        const int first = m_geometry.firstVisibleRow();
        const int last = m_geometry.lastVisibleRow();
        for (int at = first * m_geometry.columns; at < (last + 1) * m_geometry.columns; ++at)
            m_visible.append(at);
        for (int i = 0; i < m_geometry.strip.count; ++i) {
            const int row = m_geometry.rowOf(m_geometry.gridCells() + i);
            if (row >= first && row <= last)
                m_visible.append(m_geometry.gridCells() + i);
        }
    }

    void gaps()
    {
        if (m_geometry.rowHeight < 6)
            return;
        m_painter.setPen(QPen(m_scene.theme.base, 1));
        const QRect& area = m_geometry.cells;
        for (int row = m_geometry.firstVisibleRow(); row <= m_geometry.lastVisibleRow() + 1; ++row) {
            const int y = static_cast<int>(std::lround(m_geometry.rowRect(row).top()));
            m_painter.drawLine(area.left(), y, area.right(), y);
        }
        for (int column = 0; column <= m_geometry.columns; ++column) {
            const int x = static_cast<int>(
                std::lround(area.left() + column * m_geometry.columnWidth()));
            m_painter.drawLine(x, area.top(), x, area.bottom());
        }
    }

    // A ground of its own, a line around it, and the colours of its cells, which no map draws.
    void strip()
    {
        const QRectF all = m_geometry.stripRect();
        if (all.isEmpty() || !all.intersects(QRectF(m_geometry.cells)))
            return;
        m_painter.fillRect(all, m_scene.theme.window);
        for (int i = 0; i < m_geometry.strip.count; ++i) {
            const int at = m_geometry.gridCells() + i;
            if (const QColor color = (*m_scene.colors)[at]; color.isValid())
                m_painter.fillRect(m_geometry.cellRect(at).adjusted(1, 1, 0, 0), color);
        }
        m_painter.setPen(QPen(m_scene.theme.accent, 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(all.adjusted(0, 0, 0, -1));
    }

    void cell(int at)
    {
        const HeatmapCell& one = m_scene.data->cells[at];
        if (one.decision < 0)
            return;
        const QRectF box = m_geometry.cellRect(at);
        const QColor color = (*m_scene.colors)[at];
        if (!color.isValid())
            hatch(box, one.trouble == Trouble::none ? m_scene.theme.hatch : m_scene.theme.error);
        const bool marked = marks(one, box, color);
        const bool narrow = box.width() < 2 * markMinWidth || !one.type.isEmpty();
        const double left = marked && narrow ? 14 : 0;
        const double right = opener(one, at, color) && box.width() < 60 ? 10 : 0;
        if (m_scene.style.printBits)
            digits(one, box.adjusted(left, 0, -right, 0), color);
        if (!isLit(one)) {
            QColor veil = m_scene.theme.base;
            veil.setAlpha(205);
            m_painter.fillRect(box, veil);
        }
    }

    bool isLit(const HeatmapCell& one) const
    {
        const QVector<bool>& lit = *m_scene.highlighted;
        const auto has = [&lit](int decision) { return decision < lit.size() && lit[decision]; };
        return lit.isEmpty() || has(one.decision)
            || std::any_of(one.members.begin(), one.members.end(), has);
    }

    void hatch(const QRectF& box, const QColor& color)
    {
        m_painter.setBrushOrigin(m_geometry.cells.topLeft());
        const double gap = box.height() < 6 ? 0 : 1;
        m_painter.fillRect(box.adjusted(gap, gap, 0, 0), hatchBrush(color, m_pixelRatio));
    }

    void digits(const HeatmapCell& one, const QRectF& box, const QColor& color)
    {
        if (box.height() < digitMinHeight || box.width() < digitMinWidth
            || (one.bits <= 0 && one.label.isEmpty()))
            return;
        const bool plain = color.isValid();
        setHeatmapText(m_painter, m_geometry, m_scene,
            plain                          ? digitColor(color)
                : one.trouble == Trouble::none ? m_scene.theme.text
                                               : m_scene.theme.error,
            false);
        const QString text = textOf(one, m_painter.fontMetrics(), box.width());
        const double width = m_painter.fontMetrics().horizontalAdvance(text);
        if (width > box.width())
            return; // the tool tip says it
        if (!plain) // a plate, since no colour lies under the hatching
            m_painter.fillRect(QRectF(box.center().x() - width / 2 - 3, box.top() + 1, width + 6,
                                   box.height() - 2),
                m_scene.theme.base);
        m_painter.drawText(box, Qt::AlignCenter, text);
        if (one.provisional && plain) {
            m_painter.setPen(QPen(digitColor(color), 1, Qt::DotLine));
            const double half = std::min(8.0, box.width() / 4);
            const double y = box.bottom() - 2;
            m_painter.drawLine(
                QPointF(box.center().x() - half, y), QPointF(box.center().x() + half, y));
        }
    }

    QColor inkOn(const QColor& color) const
    {
        return color.isValid() ? digitColor(color) : m_scene.theme.text;
    }

    bool marks(const HeatmapCell& one, const QRectF& box, const QColor& color)
    {
        if ((!one.pinned && !one.linked) || box.height() < 9 || box.width() < markMinWidth)
            return false;
        const double side = std::min(box.height() - 3, 11.0);
        const QRectF square(box.left() + 4, box.center().y() - side / 2, side, side);
        if (one.pinned)
            paintPin(m_painter, square, inkOn(color));
        else
            paintChain(m_painter, square, inkOn(color));
        return true;
    }

    // A triangle: pointing right it opens, pointing down it closes.
    bool opener(const HeatmapCell& one, int at, const QColor& color)
    {
        if (one.experts <= 0)
            return false;
        const QRectF place = m_geometry.openerRect(at);
        if (place.height() < 9 || m_geometry.cellRect(at).width() < openerMinWidth)
            return false;
        const bool open = m_geometry.strip.row >= 0 && at == m_scene.data->owner(m_geometry.gridCells());
        const QPointF c = place.center();
        const QPolygonF shape = open ? QPolygonF({c + QPointF(-4, -2), c + QPointF(4, -2), c + QPointF(0, 3)})
                                     : QPolygonF({c + QPointF(-2, -4), c + QPointF(-2, 4), c + QPointF(3, 0)});
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(inkOn(color));
        m_painter.drawPolygon(shape);
        m_painter.restore();
        return true;
    }

    // Where a cell's neighbour counts as part of the same run.
    bool isSelected(int row, int column) const
    {
        return row >= 0 && row < m_geometry.rows && column >= 0 && column < m_geometry.columns
            && m_scene.selection->contains(row * m_geometry.columns + column);
    }

    bool isExpertSelected(int expert, int line) const
    {
        const HeatmapStrip& strip = m_geometry.strip;
        return expert >= 0 && expert < strip.count && expert / strip.perLine == line
            && m_scene.selection->contains(m_geometry.gridCells() + expert);
    }

    // A frame around each run of selected cells: only the edges that face unselected ones.
    void frame(int at)
    {
        const bool whole = m_scene.selection->contains(at);
        if (!whole && !m_scene.selection->containsPart(at))
            return;
        const QRectF box = m_geometry.cellRect(at);
        if (!whole) {
            m_painter.setPen(QPen(m_scene.theme.text, 1, Qt::DashLine));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(box);
            return;
        }
        bool above, below, left, right;
        if (at < m_geometry.gridCells()) {
            const int row = m_geometry.rowOf(at);
            const int column = m_geometry.columnOf(at);
            above = isSelected(row - 1, column);
            below = isSelected(row + 1, column);
            left = isSelected(row, column - 1);
            right = isSelected(row, column + 1);
        } else {
            const int expert = at - m_geometry.gridCells();
            const int line = expert / m_geometry.strip.perLine;
            above = isExpertSelected(expert - m_geometry.strip.perLine, line - 1);
            below = isExpertSelected(expert + m_geometry.strip.perLine, line + 1);
            left = isExpertSelected(expert - 1, line);
            right = isExpertSelected(expert + 1, line);
        }
        m_painter.setPen(QPen(m_scene.theme.text, 2));
        if (!above)
            m_painter.drawLine(box.topLeft(), box.topRight());
        if (!below)
            m_painter.drawLine(box.bottomLeft(), box.bottomRight());
        if (!left)
            m_painter.drawLine(box.topLeft(), box.bottomLeft());
        if (!right)
            m_painter.drawLine(box.topRight(), box.bottomRight());
    }

    QPainter& m_painter;
    const HeatmapGeometry& m_geometry;
    const HeatmapScene& m_scene;
    const qreal m_pixelRatio;
    QVector<int> m_visible; // cells
};

} // namespace

void paintHeatmapCells(
    QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene)
{
    CellPainter(painter, geometry, scene).all();
}

} // namespace bitloupe::ui
