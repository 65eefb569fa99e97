// SPDX-License-Identifier: GPL-3.0-or-later
// Turns two sides into what a heatmap shows: signed differences of each cell, printed in bits. Also
// the scale that goes with it.
#pragma once

#include "ui/compare/compare_table_model.h"
#include "ui/views/heatmap_data.h"
#include "ui/views/scale_bar.h"

#include <QWidget>

namespace bitloupe::ui {

enum class DifferenceKind { bits, damage, bytes, change };

struct HeatmapGrid;

/// The cells of the grid with the square root of the difference as value, with its sign, so that
/// small ones show beside large ones; a label in bits; bars of the damage by layer.
HeatmapData differenceHeatmap(
    const HeatmapGrid& grid, const ComparedPair& pair, DifferenceKind kind, int opened);

/// The largest magnitude among the values; 0 when all are alike.
double largestDifference(const HeatmapData& data);

/// A bar from -largest to +largest through the neutral colour, and which side is better.
class DifferenceLegend : public QWidget {
    Q_OBJECT
public:
    explicit DifferenceLegend(QWidget* parent = nullptr);
    /// `largest` of the difference itself, not its root; `one`: nothing is below zero.
    void setScale(DifferenceKind kind, double largest);
    const ScaleBar& scale() const { return m_scale; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ScaleBar m_scale;
};

} // namespace bitloupe::ui
