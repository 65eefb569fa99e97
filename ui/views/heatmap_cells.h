// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the heatmap's cells over their colours: gaps, digits, hatching, marks, the open strip,
// frames of the selection.
#pragma once

#include "ui/views/heatmap_painter.h"

namespace bitloupe::ui {

/// Clipping is the caller's. Cost: the visible cells alone.
void paintHeatmapCells(
    QPainter& painter, const HeatmapGeometry& geometry, const HeatmapScene& scene);

} // namespace bitloupe::ui
