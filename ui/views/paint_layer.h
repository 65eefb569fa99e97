// SPDX-License-Identifier: GPL-3.0-or-later
// Plain painting inside a plot: a layer that calls a function, and the hatching for "unknown".
#pragma once

#include <QBrush>
#include <QString>

#include <functional>

class QCustomPlot;
class QPainter;

namespace bitloupe::ui {

/// Adds a painter to a named layer of the plot, which owns it. Coordinates are the plot's pixels;
/// axes are already laid out when it is called.
void addPaintLayer(
    QCustomPlot& plot, const QString& layer, const std::function<void(QPainter&)>& paint);

/// Rising diagonal lines; sharp at `pixelRatio` device pixels a pixel.
QBrush hatchBrush(const QColor& color, qreal pixelRatio);

} // namespace bitloupe::ui
