// SPDX-License-Identifier: GPL-3.0-or-later
// The bar that says what colours mean: a map from end to end, with numbers below it.
#pragma once

#include "ui/views/color_scale.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace bitloupe::ui {

struct PlotTheme;

struct ScaleTick {
    double share; // of the bar, from its low end
    QString text;
};

struct ScaleBar {
    ColorMap map = ColorMap::viridis;
    QVector<ScaleTick> ticks; // rising; the first and the last are always shown
};

/// What the colours of a scale stand for.
struct ScaleEnds {
    double lowest, highest; // NaN: no values
    bool logScale = false; // ends above 0 alone
    bool lowerClipped = false, upperClipped = false; // values lie beyond the ends
};

/// The ends, and between them round values: decades on a log scale, zero where the ends differ in
/// their sign alone, else thirds. One in the middle where both ends are alike; none where there are
/// no values.
QVector<ScaleTick> scaleTicks(const ScaleEnds& ends);

/// Draws the map into `bar` and the texts below it, as many as fit. They reach beyond its ends by
/// half their width.
void paintScaleBar(
    QPainter& painter, const QRectF& bar, const ScaleBar& scale, const PlotTheme& theme);

/// Of a bar with its texts.
constexpr int scaleBarHeight = 10, scaleHeight = 28;

} // namespace bitloupe::ui
