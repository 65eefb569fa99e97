// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_painter.h"

#include "ui/views/heatmap_cells.h"
#include "ui/views/paint_layer.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

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
        paintHeatmapCells(m_painter, m_geometry, m_scene);
        m_painter.restore();
        bars();
    }

private:
    void titles()
    {
        const HeatmapData& data = *m_scene.data;
        const int current = m_scene.selection->current();
        const double width = m_geometry.columnWidth();
        for (int column = 0; column < m_geometry.columns; ++column) {
            const bool here = current >= 0 && m_geometry.columnOf(current) == column;
            setText(here ? m_scene.theme.text : m_scene.theme.muted, here);
            paintColumnTitle(m_painter, m_scene.texts, data.columns[column].title,
                QRectF(m_geometry.cells.left() + column * width, m_geometry.cells.top(), width, 1));
        }
        const bool roomy = m_geometry.rowHeight >= 9;
        const int step = roomy ? 1 : static_cast<int>(std::ceil(12 / m_geometry.rowHeight));
        for (int row = m_geometry.firstVisibleRow(); row <= m_geometry.lastVisibleRow(); ++row) {
            const bool here = current >= 0 && m_geometry.rowOf(current) == row;
            if (!here && row % step != 0)
                continue;
            setText(here ? m_scene.theme.text : m_scene.theme.muted, here);
            const QRectF cells = m_geometry.rowRect(row);
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

    // What bar and tick mean, below their axis where there is room.
    void barKey()
    {
        if (m_scene.data->uniformTitle.isEmpty())
            return;
        constexpr int mark = 13, gap = 12;
        const QFontMetrics metrics = m_painter.fontMetrics();
        const QString plan = QCoreApplication::translate("HeatmapView", "plan");
        const QString& uniform = m_scene.data->uniformTitle;
        const int planWidth = metrics.horizontalAdvance(plan);
        const int uniformWidth = metrics.horizontalAdvance(uniform);
        if (mark + planWidth + gap + 6 + uniformWidth > m_geometry.bars.width() + 24)
            return;
        double x = m_geometry.bars.left();
        const double y = m_geometry.cells.bottom() + 28;
        m_painter.fillRect(QRectF(x, y - 4, 9, 9), m_scene.theme.barFill);
        const auto text = [&](double left, int width, const QString& word) {
            m_painter.drawText(QRectF(left, y - 9, width + 2, 18), Qt::AlignVCenter, word);
        };
        text(x + mark, planWidth, plan);
        x += mark + planWidth + gap;
        m_painter.fillRect(QRectF(x, y - 6, 2, 12), m_scene.theme.text);
        text(x + 6, uniformWidth, uniform);
    }

    void footer()
    {
        const double top = m_geometry.cells.bottom() + 5;
        const double width = m_geometry.columnWidth();
        setText(m_scene.theme.muted, false);
        const double left = m_geometry.cells.left();
        const HeatmapData& data = *m_scene.data;
        m_painter.drawText(QRectF(left - 60, top, 52, 15), Qt::AlignRight | Qt::AlignVCenter,
            upperFooterTitle(data));
        m_painter.drawText(QRectF(left - 60, top + 15, 52, 15), Qt::AlignRight | Qt::AlignVCenter,
            lowerFooterTitle(data));
        if (m_scene.texts.smallFooter)
            m_painter.setFont(m_scene.theme.small);
        const int shown = m_scene.texts.footer ? m_geometry.columns : 0;
        for (int column = 0; column < shown; ++column) {
            const HeatmapColumn& one = data.columns[column];
            const QRectF place(left + column * width - 4, top, width + 8, 15);
            m_painter.drawText(place, Qt::AlignCenter, one.bitsPerWeight);
            m_painter.drawText(place.translated(0, 15), Qt::AlignCenter, one.share);
        }
    }

    void bars()
    {
        if (m_geometry.bars.isEmpty())
            return;
        m_painter.save();
        m_painter.setClipRect(m_geometry.bars.adjusted(0, 0, 1, 0));
        const double span = m_scene.largestBar - m_scene.smallestBar;
        const double scale = span > 0 ? m_geometry.bars.width() / span : 0;
        const double zero = m_geometry.bars.left() - m_scene.smallestBar * scale;
        const int current = m_scene.selection->current();
        for (int row = m_geometry.firstVisibleRow(); row <= m_geometry.lastVisibleRow(); ++row) {
            const HeatmapRow& one = m_scene.data->rows[row];
            if (one.inStrip)
                continue;
            const QRectF cells = m_geometry.rowRect(row);
            const double left = m_geometry.bars.left();
            const QRectF lane(left, cells.top() + cells.height() * 0.15, m_geometry.bars.width(),
                cells.height() * 0.7);
            if (std::isnan(one.damage)) {
                QRectF part = lane;
                part.setWidth(lane.width() * 0.3);
                m_painter.fillRect(part, hatchBrush(m_scene.theme.hatch, m_pixelRatio));
            } else if (current >= 0 && m_geometry.rowOf(m_scene.data->owner(current)) == row) {
                QRectF part = lane;
                part.setLeft(zero + std::min(one.damage, 0.0) * scale);
                part.setWidth(std::abs(one.damage) * scale);
                m_painter.fillRect(part, m_scene.theme.accent);
            }
            if (!std::isnan(one.uniformDamage)) {
                const double x = zero + one.uniformDamage * scale;
                m_painter.setPen(QPen(m_scene.theme.text, 2));
                m_painter.drawLine(QPointF(x, cells.top() + 2), QPointF(x, cells.bottom() - 2));
            }
        }
        m_painter.restore();
    }

    void setText(const QColor& color, bool bold)
    {
        setHeatmapText(m_painter, m_geometry, m_scene, color, bold);
    }

    QPainter& m_painter;
    const HeatmapGeometry& m_geometry;
    const HeatmapScene& m_scene;
    const qreal m_pixelRatio;
};

} // namespace

void setHeatmapText(QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene,
    const QColor& color, bool bold)
{
    QFont font = scene.theme.body;
    font.setBold(bold);
    if (geometry.rowHeight < 15 && font.pointSizeF() > 8)
        font.setPointSizeF(8);
    painter.setFont(font);
    painter.setPen(color);
}

void paintHeatmap(QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene)
{
    if (scene.data->cells.isEmpty())
        return;
    Painter(painter, geometry, scene).all();
}

} // namespace bitloupe::ui
