// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture of the heatmap says above it: what is shown, and what its colours mean. In the
// window, widgets around the view say so.
#pragma once

#include "ui/views/scale_bar.h"

#include <QMap>
#include <QRect>
#include <QStringList>

namespace bitloupe::ui {

struct HeatmapCaption {
    QString title; // empty: no caption
    QMap<int, int> bits; // decisions by width; empty: the colours are those of the scale
    ScaleBar scale;
};

/// Height that a caption takes above a plot of that width: a line, or two where title and key do
/// not fit beside each other.
int captionHeight(const HeatmapCaption& caption, int width, const PlotTheme& theme);

/// Draws it from a point on: the title at the left, the key at the right or below.
void paintCaption(
    QPainter& painter, int width, const HeatmapCaption& caption, const PlotTheme& theme);

} // namespace bitloupe::ui
