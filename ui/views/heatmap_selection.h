// SPDX-License-Identifier: GPL-3.0-or-later
// Which decisions of a heatmap are selected, and how keys and clicks on cells change that. No
// drawing.
#pragma once

#include "ui/views/heatmap_data.h"

#include <QSet>

namespace bitloupe::ui {

/// Cells are numbered as in HeatmapData. A cell that stands for several decisions selects them
/// all; cells of one decision are selected together. Single-thread.
class HeatmapSelection {
public:
    void setData(const HeatmapData* data) { m_data = data; }

    int current() const { return m_current; } // cell; -1: none
    int currentDecision() const { return m_currentDecision; } // -1: none
    const QSet<int>& selected() const { return m_selected; } // decisions
    /// All of the cell's decisions are selected.
    bool contains(int cell) const;
    /// Some of them are, but not all.
    bool containsPart(int cell) const;
    QVector<int> decisions() const; // in cell order

    void setSingle(int cell);
    void toggle(int cell);
    /// Selects the rectangle between the anchor and `cell`, inside a strip the run of experts; adds
    /// to what is there when `add`.
    void extendTo(int cell, bool add = false);
    void selectAll();
    /// All cells of a row, of a strip's line its experts; with `extend` of all rows from the
    /// anchor's; `add` keeps what is there. Columns likewise.
    void selectRow(int row, bool extend, bool add);
    void selectColumn(int column, bool extend, bool add);
    /// Those that have a cell. `currentCell` where the current decision has several.
    void setDecisions(const QVector<int>& decisions, int current, int currentCell = -1);

    /// Moves the current cell to the next one that exists in a direction; `extend` keeps the
    /// anchor. False when there is none.
    bool move(int rowStep, int columnStep, bool extend);
    bool moveToEdge(bool last, bool extend);

private:
    bool exists(int cell) const;
    void add(int cell);
    void makeCurrent(int cell);
    void go(int cell, bool extend);
    int next(int rowStep, int columnStep) const;
    void selectLines(const QVector<QVector<int>>& lines, bool extend, bool add);
    QVector<int> cellsOfRow(int row) const;
    QVector<int> cellsOfColumn(int column) const;
    int rowOf(int cell) const; // of the grid or of a strip's line
    int nextInStrip(int rowStep, int columnStep) const;

    const HeatmapData* m_data = nullptr;
    QSet<int> m_selected;
    int m_current = -1;
    int m_anchor = -1;
    int m_currentDecision = -1;
};

} // namespace bitloupe::ui
