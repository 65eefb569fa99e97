// SPDX-License-Identifier: GPL-3.0-or-later
// What the heatmap shows: plain data, made by whoever knows the plan.
#pragma once

#include "ui/views/color_scale.h"

#include <QString>
#include <QVector>

#include <limits>

namespace bitloupe::ui {

struct HeatmapCell {
    enum class Trouble { none, notFinite, failed }; // holds NaN or infinity; was not measured

    int decision = -1; // -1: no such tensor in this layer, nothing is drawn
    QVector<int> members {}; // all decisions it stands for, `decision` first; empty: that one alone
    double value = std::numeric_limits<double>::quiet_NaN(); // NaN: hatched as unknown
    int bits = 0; // printed; 16 for floats; of several the median
    int lowestBits = 0, highestBits = 0; // of several; printed as a range where they differ
    QString type {}; // of the block, printed in place of the bits where there is room; may be empty
    QString label {}; // printed in place of bits and type; empty: those
    int experts = 0; // opens into a strip of so many; 0: does not open
    int expert = -1; // in a strip: its number
    bool provisional = false; // bits on a plate, not measured yet
    bool pinned = false;
    bool linked = false; // serves two tensors (tied embedding and head), or shares its decision
    Trouble trouble = Trouble::none;

    QVector<int> decisions() const;
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
    bool inStrip = false; // a line of the strip: no cells of its own, no bar
};

/// The experts of one cell, in lines of their own below its row.
struct HeatmapStrip {
    int row = -1, column = -1; // the cell that is open; -1: none
    int perLine = 1;
    int lines = 0; // rows of the data, right after `row`
    int count = 0; // cells, after those of the grid
};

struct HeatmapData {
    QVector<HeatmapColumn> columns;
    QVector<HeatmapRow> rows;
    QVector<HeatmapCell> cells; // the grid row by row, then the strip
    HeatmapStrip strip;
    QString barTitle; // "Damage by layer"
    QString uniformTitle; // "uniform 4 bits"; empty: the bars are explained elsewhere
    QString upperFooter, lowerFooter; // titles of the footer's lines; empty: bpw and bytes

    int gridCells() const { return static_cast<int>(rows.size() * columns.size()); }
    const HeatmapCell& cell(int row, int column) const
    {
        return cells[row * static_cast<int>(columns.size()) + column];
    }
    /// Cell that a cell of the strip came out of; the cell itself elsewhere.
    int owner(int cell) const;
    /// Best cell of a decision: its own in the grid, then in the strip, then the one that stands
    /// for several; -1 when it has none.
    int find(int decision) const;
    /// Opens cell `at` of the grid into `experts`, its lines titled by their first and last number.
    void openStrip(int at, QVector<HeatmapCell> experts);
};

struct HeatmapStyle {
    bool colourByBits = true; // discrete palette; otherwise `map` over the values
    bool logScale = true;
    bool printBits = true;
    ColorMap map = ColorMap::viridis;
    // Ends of the colours; NaN: of the values. One that a log scale cannot have is not used.
    double lowest = std::numeric_limits<double>::quiet_NaN();
    double highest = std::numeric_limits<double>::quiet_NaN();
};

} // namespace bitloupe::ui
