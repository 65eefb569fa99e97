// SPDX-License-Identifier: GPL-3.0-or-later
// Which cells of a grid are selected, and how keys and clicks change that. No drawing.
#pragma once

#include "ui/views/heatmap_data.h"

#include <QSet>

namespace bitloupe::ui {

/// Cells are numbered row * columns + column. Single-thread.
class HeatmapSelection {
public:
    /// Keeps the selection by decision number where the decisions still exist.
    void setData(const HeatmapData* data);

    int current() const { return m_current; } // cell; -1: none
    const QSet<int>& cells() const { return m_cells; }
    bool contains(int cell) const { return m_cells.contains(cell); }
    QVector<int> decisions() const; // in cell order

    void setSingle(int cell);
    void toggle(int cell);
    /// Selects the rectangle between the anchor and `cell`; adds to what is there when `add`.
    void extendTo(int cell, bool add = false);
    void selectAll();
    void setDecisions(const QVector<int>& decisions, int current);

    /// Moves the current cell to the next one that exists in a direction; `extend` keeps the
    /// anchor. False when there is none.
    bool move(int rowStep, int columnStep, bool extend);
    bool moveToEdge(bool last, bool extend);

private:
    bool exists(int cell) const;
    void go(int cell, bool extend);

    const HeatmapData* m_data = nullptr;
    QSet<int> m_cells;
    int m_current = -1;
    int m_anchor = -1;
};

} // namespace bitloupe::ui
