// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_selection.h"

#include <algorithm>

namespace bitloupe::ui {

bool HeatmapSelection::exists(int cell) const
{
    return m_data && cell >= 0 && cell < m_data->cells.size() && m_data->cells[cell].decision >= 0;
}

void HeatmapSelection::setData(const HeatmapData* data)
{
    const QVector<int> selected = decisions();
    const int current = exists(m_current) ? m_data->cells[m_current].decision : -1;
    m_data = data;
    setDecisions(selected, current);
}

QVector<int> HeatmapSelection::decisions() const
{
    QVector<int> cells(m_cells.begin(), m_cells.end());
    std::sort(cells.begin(), cells.end());
    QVector<int> list;
    for (const int cell : cells)
        if (exists(cell))
            list.append(m_data->cells[cell].decision);
    return list;
}

void HeatmapSelection::setSingle(int cell)
{
    m_cells.clear();
    m_current = m_anchor = exists(cell) ? cell : -1;
    if (m_current >= 0)
        m_cells.insert(cell);
}

void HeatmapSelection::toggle(int cell)
{
    if (!exists(cell))
        return;
    if (!m_cells.remove(cell))
        m_cells.insert(cell);
    m_current = m_anchor = cell;
}

void HeatmapSelection::extendTo(int cell, bool add)
{
    if (!exists(cell))
        return;
    if (!exists(m_anchor))
        m_anchor = cell;
    const int columns = static_cast<int>(m_data->columns.size());
    // In braces: of two temporaries minmax would return references that are gone at once.
    const auto [top, bottom] = std::minmax({m_anchor / columns, cell / columns});
    const auto [left, right] = std::minmax({m_anchor % columns, cell % columns});
    if (!add)
        m_cells.clear();
    for (int row = top; row <= bottom; ++row)
        for (int column = left; column <= right; ++column)
            if (exists(row * columns + column))
                m_cells.insert(row * columns + column);
    m_current = cell;
}

void HeatmapSelection::selectAll()
{
    if (!m_data)
        return;
    for (int cell = 0; cell < m_data->cells.size(); ++cell)
        if (exists(cell))
            m_cells.insert(cell);
    if (m_current < 0 && !m_cells.isEmpty())
        m_current = m_anchor = *std::min_element(m_cells.begin(), m_cells.end());
}

void HeatmapSelection::setDecisions(const QVector<int>& decisions, int current)
{
    m_cells.clear();
    m_current = m_anchor = -1;
    if (!m_data)
        return;
    const QSet<int> wanted(decisions.begin(), decisions.end());
    for (int cell = 0; cell < m_data->cells.size(); ++cell) {
        const int decision = m_data->cells[cell].decision;
        if (decision < 0)
            continue;
        if (wanted.contains(decision))
            m_cells.insert(cell);
        if (decision == current)
            m_current = m_anchor = cell;
    }
}

void HeatmapSelection::go(int cell, bool extend)
{
    if (extend)
        extendTo(cell);
    else
        setSingle(cell);
}

bool HeatmapSelection::move(int rowStep, int columnStep, bool extend)
{
    if (!m_data || m_data->columns.isEmpty())
        return false;
    if (!exists(m_current))
        return moveToEdge(false, extend);
    const int columns = static_cast<int>(m_data->columns.size());
    const int rows = static_cast<int>(m_data->rows.size());
    int row = m_current / columns + rowStep;
    int column = m_current % columns + columnStep;
    for (; row >= 0 && row < rows && column >= 0 && column < columns;
         row += rowStep, column += columnStep) {
        if (exists(row * columns + column)) {
            go(row * columns + column, extend);
            return true;
        }
    }
    return false;
}

bool HeatmapSelection::moveToEdge(bool last, bool extend)
{
    if (!m_data)
        return false;
    const int count = static_cast<int>(m_data->cells.size());
    for (int i = 0; i < count; ++i) {
        const int cell = last ? count - 1 - i : i;
        if (exists(cell)) {
            go(cell, extend);
            return true;
        }
    }
    return false;
}

} // namespace bitloupe::ui
