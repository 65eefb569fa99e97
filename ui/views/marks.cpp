// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/marks.h"

#include <QPixmap>

namespace bitloupe::ui {
namespace {

QPixmap marks(bool pinned, bool linked, const QColor& color)
{
    constexpr int side = 14;
    constexpr int sharpness = 3; // for scaled screens
    QPixmap pixmap(side * sharpness, side * sharpness);
    pixmap.setDevicePixelRatio(sharpness);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    const QRectF whole(1, 1, side - 2, side - 2);
    if (pinned && linked) { // one above the other
        paintPin(painter, QRectF(3.5, 0, 7, 7), color);
        paintChain(painter, QRectF(2.5, 6, 9, 9), color);
    } else if (pinned) {
        paintPin(painter, whole, color);
    } else {
        paintChain(painter, whole, color);
    }
    return pixmap;
}

} // namespace

void paintPin(QPainter& painter, const QRectF& square, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / 10, square.height() / 10);
    painter.setPen(QPen(color, 1.1, Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(color);
    painter.drawRect(QRectF(3.4, 0.8, 3.2, 3.6));
    painter.drawLine(QPointF(2, 5.2), QPointF(8, 5.2));
    painter.drawLine(QPointF(5, 5.2), QPointF(5, 9.4));
    painter.restore();
}

void paintChain(QPainter& painter, const QRectF& square, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.2));
    painter.setBrush(Qt::NoBrush);
    const double radius = square.width() / 4;
    for (const double side : {-0.8, 0.8})
        painter.drawEllipse(square.center() + QPointF(side * radius, 0), radius, radius);
    painter.restore();
}

QIcon markIcon(bool pinned, bool linked, const QPalette& palette)
{
    if (!pinned && !linked)
        return {};
    QIcon icon;
    icon.addPixmap(marks(pinned, linked, palette.color(QPalette::Text)));
    icon.addPixmap(
        marks(pinned, linked, palette.color(QPalette::HighlightedText)), QIcon::Selected);
    return icon;
}

} // namespace bitloupe::ui
