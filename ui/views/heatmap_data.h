// SPDX-License-Identifier: GPL-3.0-or-later
// What the heatmap shows: plain data, made by whoever knows the plan.
#pragma once

#include "ui/views/color_scale.h"

#include <QString>
#include <QVector>

#include <limits>

namespace bitloupe::ui {

struct HeatmapCell {
    int decision = -1; // -1: no such tensor in this layer, nothing is drawn
    double value = std::numeric_limits<double>::quiet_NaN(); // NaN: hatched as unknown
    int bits = 0; // printed; 16 for floats
    bool provisional = false; // bits on a plate, not measured yet
    bool pinned = false;
    bool linked = false; // serves two tensors (tied embedding and head)
    bool bad = false; // holds NaN or infinity
};

struct HeatmapColumn {
    QString title; // "q"
    QString bitsPerWeight; // footer "4.10"
    QString share; // footer "7 %"
};

struct HeatmapRow {
    QString title; // "model", "0", "1", ...
    double damage = std::numeric_limits<double>::quiet_NaN(); // bar; NaN: hatched
    double uniformDamage = std::numeric_limits<double>::quiet_NaN(); // tick
};

struct HeatmapData {
    QVector<HeatmapColumn> columns;
    QVector<HeatmapRow> rows;
    QVector<HeatmapCell> cells; // row by row
    QString barTitle; // "Damage by layer"
    QString uniformTitle; // "uniform 4 bits"

    const HeatmapCell& cell(int row, int column) const
    {
        return cells[row * static_cast<int>(columns.size()) + column];
    }
    /// Cell of a decision as row * columns + column; -1 when it has none.
    int find(int decision) const;
};

struct HeatmapStyle {
    bool colourByBits = true; // discrete palette; otherwise `map` over the values
    bool logScale = true;
    bool printBits = true;
    ColorMap map = ColorMap::viridis;
};

} // namespace bitloupe::ui
