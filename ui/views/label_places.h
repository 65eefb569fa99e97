// SPDX-License-Identifier: GPL-3.0-or-later
// Where labels of points go in a plot, so that they cover neither points nor each other. Pure
// geometry in pixels.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QVector>

namespace bitloupe::ui {

struct LabelWish {
    QPointF point; // what it names
    QSizeF size; // of the text
};

struct LabelPlace {
    QRectF box;
    bool leader = false; // far enough from its point to need a line to it
};

/// One place a wish, in order; earlier wishes get the better places. `obstacles` are marks to keep
/// free, `curve` a polyline to stay off where possible, `area` the plot, which no box leaves.
QVector<LabelPlace> placeLabels(const QVector<LabelWish>& wishes, const QRectF& area,
    const QVector<QRectF>& obstacles, const QVector<QPointF>& curve);

} // namespace bitloupe::ui
