// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up data for the views, shaped like a model of 30 layers and 8 roles. No file is read.
#pragma once

#include "ui/views/frontier_view.h"
#include "ui/views/heatmap_data.h"
#include "ui/views/tensor_plots.h"

namespace bitloupe::ui {

/// Row 0 is the model's: the first column alone. Other rows have every column but the first.
/// The last `waiting` layers are unscored.
HeatmapData inventedHeatmap(int layers, int roleCount, int waiting);

FrontierData inventedFrontier();
QVector<RateCurveView::Point> inventedCurve();
QVector<double> inventedHistogram();
QVector<double> inventedSpectrum();

} // namespace bitloupe::ui
