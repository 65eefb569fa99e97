// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/paint_layer.h"

#include <qcustomplot.h>

#include <cmath>

namespace bitloupe::ui {
namespace {

class PaintLayer : public QCPLayerable {
public:
    PaintLayer(QCustomPlot* plot, const QString& layer, std::function<void(QPainter&)> paint)
        : QCPLayerable(plot, layer)
        , m_paint(std::move(paint))
    {
    }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override
    {
        painter->setAntialiasing(false);
    }
    void draw(QCPPainter* painter) override { m_paint(*painter); }
    QRect clipRect() const override { return mParentPlot->viewport(); }

private:
    std::function<void(QPainter&)> m_paint;
};

} // namespace

void addPaintLayer(
    QCustomPlot& plot, const QString& layer, const std::function<void(QPainter&)>& paint)
{
    new PaintLayer(&plot, layer, paint);
}

QBrush hatchBrush(const QColor& color, qreal pixelRatio)
{
    constexpr int period = 8;
    const int side = static_cast<int>(std::lround(period * pixelRatio));
    QImage tile(side, side, QImage::Format_ARGB32_Premultiplied);
    tile.setDevicePixelRatio(pixelRatio);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.7));
    // Three lines, so that the corners of neighbouring tiles meet.
    for (const int shift : {-period, 0, period})
        painter.drawLine(QPointF(shift - 1, period + 1), QPointF(shift + period + 1, -1));
    return QBrush(tile);
}

} // namespace bitloupe::ui
