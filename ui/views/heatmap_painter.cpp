// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_painter.h"

#include "ui/views/paint_layer.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr double digitMinHeight = 12;
constexpr double digitMinWidth = 20;

class Painter {
public:
    Painter(QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene)
        : m_painter(painter)
        , m_geometry(geometry)
        , m_scene(scene)
        , m_pixelRatio(painter.device()->devicePixelRatioF())
    {
    }

    void all()
    {
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        titles();
        footer();
        m_painter.save();
        m_painter.setClipRect(m_geometry.cells.adjusted(-2, -2, 2, 2));
        gaps();
        for (int row = m_geometry.firstVisibleRow(); row <= m_geometry.lastVisibleRow(); ++row)
            for (int column = 0; column < m_geometry.columns; ++column)
                cell(row, column);
        frames();
        m_painter.restore();
        bars();
    }

private:
    int index(int row, int column) const { return row * m_geometry.columns + column; }

    void titles()
    {
        const HeatmapData& data = *m_scene.data;
        const int current = m_scene.selection->current();
        const double width = m_geometry.columnWidth();
        for (int column = 0; column < m_geometry.columns; ++column) {
            const bool here = current >= 0 && current % m_geometry.columns == column;
            setText(here ? m_scene.theme.text : m_scene.theme.muted, here);
            const QRectF place(m_geometry.cells.left() + column * width - 4,
                m_geometry.cells.top() - 20, width + 8, 18);
            m_painter.drawText(place, Qt::AlignCenter, data.columns[column].title);
        }
        const bool roomy = m_geometry.rowHeight >= 9;
        const int step = roomy ? 1 : static_cast<int>(std::ceil(12 / m_geometry.rowHeight));
        for (int row = m_geometry.firstVisibleRow(); row <= m_geometry.lastVisibleRow(); ++row) {
            const bool here = current >= 0 && current / m_geometry.columns == row;
            if (!here && row % step != 0)
                continue;
            setText(here ? m_scene.theme.text : m_scene.theme.muted, here);
            const QRectF cells = m_geometry.cellRect(row, 0);
            const QRectF place(m_geometry.cells.left() - 60, cells.center().y() - 8, 52, 16);
            m_painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, data.rows[row].title);
        }
        if (m_geometry.bars.isEmpty())
            return;
        setText(m_scene.theme.muted, false);
        m_painter.drawText(QRectF(m_geometry.bars.left(), m_geometry.cells.top() - 20,
                               m_geometry.bars.width() + 12, 18),
            Qt::AlignLeft | Qt::AlignVCenter, data.barTitle);
        barKey();
    }

    // What bar and tick mean, right of the title where there is room.
    void barKey()
    {
        const QFontMetrics metrics = m_painter.fontMetrics();
        const QString plan = QCoreApplication::translate("HeatmapView", "plan");
        const QString uniform = m_scene.data->uniformTitle;
        const int planWidth = metrics.horizontalAdvance(plan);
        const int uniformWidth = metrics.horizontalAdvance(uniform);
        double x = m_geometry.bars.left() + metrics.horizontalAdvance(m_scene.data->barTitle) + 12;
        const double y = m_geometry.cells.top() - 11;
        if (x + 10 + 4 + planWidth + 10 + uniformWidth + 6 > m_geometry.bars.right() + 24)
            return;
        m_painter.fillRect(QRectF(x, y - 4, 9, 9), m_scene.theme.barFill);
        const auto text = [&](double left, int width, const QString& word) {
            m_painter.drawText(QRectF(left, y - 9, width + 2, 18), Qt::AlignVCenter, word);
        };
        text(x + 13, planWidth, plan);
        x += 13 + planWidth + 10;
        m_painter.fillRect(QRectF(x, y - 6, 2, 12), m_scene.theme.text);
        text(x + 6, uniformWidth, uniform);
    }

    void footer()
    {
        const double top = m_geometry.cells.bottom() + 5;
        const double width = m_geometry.columnWidth();
        setText(m_scene.theme.muted, false);
        const double left = m_geometry.cells.left();
        m_painter.drawText(QRectF(left - 60, top, 52, 15), Qt::AlignRight | Qt::AlignVCenter,
            QCoreApplication::translate("HeatmapView", "bpw"));
        m_painter.drawText(QRectF(left - 60, top + 15, 52, 15), Qt::AlignRight | Qt::AlignVCenter,
            QCoreApplication::translate("HeatmapView", "bytes"));
        for (int column = 0; column < m_geometry.columns; ++column) {
            const HeatmapColumn& one = m_scene.data->columns[column];
            const QRectF place(left + column * width - 4, top, width + 8, 15);
            m_painter.drawText(place, Qt::AlignCenter, one.bitsPerWeight);
            m_painter.drawText(place.translated(0, 15), Qt::AlignCenter, one.share);
        }
    }

    void gaps()
    {
        if (m_geometry.rowHeight < 6)
            return;
        m_painter.setPen(QPen(m_scene.theme.base, 1));
        const QRect& area = m_geometry.cells;
        for (int row = m_geometry.firstVisibleRow(); row <= m_geometry.lastVisibleRow() + 1; ++row) {
            const int y = static_cast<int>(std::lround(m_geometry.cellRect(row, 0).top()));
            m_painter.drawLine(area.left(), y, area.right(), y);
        }
        for (int column = 0; column <= m_geometry.columns; ++column) {
            const int x = static_cast<int>(std::lround(m_geometry.cellRect(0, column).left()));
            m_painter.drawLine(x, area.top(), x, area.bottom());
        }
    }

    void cell(int row, int column)
    {
        const int at = index(row, column);
        const HeatmapCell& one = m_scene.data->cells[at];
        if (one.decision < 0)
            return;
        const QRectF box = m_geometry.cellRect(row, column);
        const QColor color = (*m_scene.colors)[at];
        if (one.bad || !color.isValid())
            hatch(box, one.bad ? m_scene.theme.error : m_scene.theme.hatch);
        if (m_scene.style.printBits)
            digits(one, box, color);
        marks(one, box, color);
        const QVector<bool>& lit = *m_scene.highlighted;
        if (!lit.isEmpty() && !(one.decision < lit.size() && lit[one.decision])) {
            QColor veil = m_scene.theme.base;
            veil.setAlpha(205);
            m_painter.fillRect(box, veil);
        }
    }

    void hatch(const QRectF& box, const QColor& color)
    {
        m_painter.setBrushOrigin(m_geometry.cells.topLeft());
        const double gap = box.height() < 6 ? 0 : 1;
        m_painter.fillRect(box.adjusted(gap, gap, 0, 0), hatchBrush(color, m_pixelRatio));
    }

    void digits(const HeatmapCell& one, const QRectF& box, const QColor& color)
    {
        if (box.height() < digitMinHeight || box.width() < digitMinWidth || one.bits <= 0)
            return;
        const bool plain = color.isValid() && !one.bad;
        const QString text = one.bad ? QStringLiteral("NaN") : QString::number(one.bits);
        setText(plain ? digitColor(color) : m_scene.theme.text, false);
        if (!plain) { // a plate, since no colour lies under the hatching
            const double width = m_painter.fontMetrics().horizontalAdvance(text) + 6.0;
            const QRectF plate(
                box.center().x() - width / 2, box.top() + 1, width, box.height() - 2);
            m_painter.fillRect(plate, m_scene.theme.base);
        }
        m_painter.drawText(box, Qt::AlignCenter, text);
        if (one.provisional && plain) {
            m_painter.setPen(QPen(digitColor(color), 1, Qt::DotLine));
            const double half = std::min(8.0, box.width() / 4);
            const double y = box.bottom() - 2;
            m_painter.drawLine(
                QPointF(box.center().x() - half, y), QPointF(box.center().x() + half, y));
        }
    }

    void marks(const HeatmapCell& one, const QRectF& box, const QColor& color)
    {
        if ((!one.pinned && !one.linked) || box.height() < 9 || box.width() < 28)
            return;
        const QColor ink = color.isValid() ? digitColor(color) : m_scene.theme.text;
        const double side = std::min(box.height() - 3, 11.0);
        const QRectF square(box.left() + 5, box.center().y() - side / 2, side, side);
        m_painter.setRenderHint(QPainter::Antialiasing, true);
        if (one.pinned) {
            paintPin(m_painter, square, ink);
        } else { // two links of a chain
            m_painter.setPen(QPen(ink, 1.2));
            m_painter.setBrush(Qt::NoBrush);
            const double r = side / 4;
            m_painter.drawEllipse(square.center() - QPointF(r * 0.8, 0), r, r);
            m_painter.drawEllipse(square.center() + QPointF(r * 0.8, 0), r, r);
        }
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    }

    bool isSelected(int row, int column) const
    {
        return row >= 0 && row < m_geometry.rows && column >= 0 && column < m_geometry.columns
            && m_scene.selection->contains(index(row, column));
    }

    // A frame around each run of selected cells: only the edges that face unselected ones.
    void frames()
    {
        m_painter.setPen(QPen(m_scene.theme.text, 2));
        for (int row = m_geometry.firstVisibleRow(); row <= m_geometry.lastVisibleRow(); ++row) {
            for (int column = 0; column < m_geometry.columns; ++column) {
                if (!isSelected(row, column))
                    continue;
                const QRectF box = m_geometry.cellRect(row, column);
                if (!isSelected(row - 1, column))
                    m_painter.drawLine(box.topLeft(), box.topRight());
                if (!isSelected(row + 1, column))
                    m_painter.drawLine(box.bottomLeft(), box.bottomRight());
                if (!isSelected(row, column - 1))
                    m_painter.drawLine(box.topLeft(), box.bottomLeft());
                if (!isSelected(row, column + 1))
                    m_painter.drawLine(box.topRight(), box.bottomRight());
            }
        }
        const int current = m_scene.selection->current();
        if (!m_scene.focused || current < 0)
            return;
        m_painter.setPen(QPen(m_scene.theme.text, 1, Qt::DotLine));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(m_geometry
                .cellRect(current / m_geometry.columns, current % m_geometry.columns)
                .adjusted(-2, -2, 2, 2));
    }

    void bars()
    {
        if (m_geometry.bars.isEmpty())
            return;
        m_painter.save();
        m_painter.setClipRect(m_geometry.bars.adjusted(0, 0, 1, 0));
        const double scale
            = m_scene.largestBar > 0 ? m_geometry.bars.width() / m_scene.largestBar : 0;
        const int current = m_scene.selection->current();
        for (int row = m_geometry.firstVisibleRow(); row <= m_geometry.lastVisibleRow(); ++row) {
            const HeatmapRow& one = m_scene.data->rows[row];
            const QRectF cells = m_geometry.cellRect(row, 0);
            const double left = m_geometry.bars.left();
            const QRectF lane(left, cells.top() + cells.height() * 0.15, m_geometry.bars.width(),
                cells.height() * 0.7);
            if (std::isnan(one.damage)) {
                QRectF part = lane;
                part.setWidth(lane.width() * 0.3);
                m_painter.fillRect(part, hatchBrush(m_scene.theme.hatch, m_pixelRatio));
            } else if (current >= 0 && current / m_geometry.columns == row) {
                QRectF part = lane;
                part.setWidth(one.damage * scale);
                m_painter.fillRect(part, m_scene.theme.accent);
            }
            if (!std::isnan(one.uniformDamage)) {
                const double x = left + one.uniformDamage * scale;
                m_painter.setPen(QPen(m_scene.theme.text, 2));
                m_painter.drawLine(QPointF(x, cells.top() + 2), QPointF(x, cells.bottom() - 2));
            }
        }
        m_painter.restore();
    }

    void setText(const QColor& color, bool bold)
    {
        QFont font = m_scene.theme.body;
        font.setBold(bold);
        if (m_geometry.rowHeight < 15 && font.pointSizeF() > 8)
            font.setPointSizeF(8);
        m_painter.setFont(font);
        m_painter.setPen(color);
    }

    QPainter& m_painter;
    const HeatmapGeometry& m_geometry;
    const HeatmapScene& m_scene;
    const qreal m_pixelRatio;
};

} // namespace

QRectF HeatmapGeometry::cellRect(int row, int column) const
{
    return {cells.left() + column * columnWidth(), cells.top() + (row - firstRow) * rowHeight,
        columnWidth(), rowHeight};
}

int HeatmapGeometry::firstVisibleRow() const
{
    return std::clamp(static_cast<int>(std::floor(firstRow)), 0, std::max(rows - 1, 0));
}

int HeatmapGeometry::lastVisibleRow() const
{
    const double visible = rowHeight > 0 ? cells.height() / rowHeight : 0;
    return std::min(static_cast<int>(std::ceil(firstRow + visible)) - 1, rows - 1);
}

int HeatmapGeometry::cellAt(const QPointF& point) const
{
    if (!QRectF(cells).contains(point) || columns == 0)
        return -1;
    const int column = static_cast<int>((point.x() - cells.left()) / columnWidth());
    const int row = static_cast<int>(std::floor(firstRow + (point.y() - cells.top()) / rowHeight));
    if (row < 0 || row >= rows || column < 0 || column >= columns)
        return -1;
    return row * columns + column;
}

void paintHeatmap(QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene)
{
    if (scene.data->cells.isEmpty())
        return;
    Painter(painter, geometry, scene).all();
}

void paintPin(QPainter& painter, const QRectF& square, const QColor& color)
{
    painter.save();
    painter.translate(square.topLeft());
    painter.scale(square.width() / 10, square.height() / 10);
    painter.setPen(QPen(color, 1.1, Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(color);
    painter.drawRect(QRectF(3.4, 0.8, 3.2, 3.6));
    painter.drawLine(QPointF(2, 5.2), QPointF(8, 5.2));
    painter.drawLine(QPointF(5, 5.2), QPointF(5, 9.4));
    painter.restore();
}

} // namespace bitloupe::ui
