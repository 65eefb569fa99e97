// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_selection.h"

#include <algorithm>

namespace bitloupe::ui {

bool HeatmapSelection::exists(int cell) const
{
    return m_data && cell >= 0 && cell < m_data->cells.size() && m_data->cells[cell].decision >= 0;
}

bool HeatmapSelection::contains(int cell) const
{
    if (!exists(cell) || !m_selected.contains(m_data->cells[cell].decision))
        return false;
    const QVector<int>& members = m_data->cells[cell].members;
    return std::all_of(members.begin(), members.end(),
        [this](int member) { return m_selected.contains(member); });
}

bool HeatmapSelection::containsPart(int cell) const
{
    if (!exists(cell) || contains(cell))
        return false;
    const QVector<int>& members = m_data->cells[cell].members;
    return std::any_of(members.begin(), members.end(),
        [this](int member) { return m_selected.contains(member); });
}

QVector<int> HeatmapSelection::decisions() const
{
    QVector<int> list;
    if (!m_data || m_selected.isEmpty())
        return list;
    QSet<int> left = m_selected;
    for (const HeatmapCell& cell : m_data->cells)
        for (const int decision : cell.decisions())
            if (left.remove(decision))
                list.append(decision);
    return list;
}

void HeatmapSelection::add(int cell)
{
    for (const int decision : m_data->cells[cell].decisions())
        m_selected.insert(decision);
}

void HeatmapSelection::makeCurrent(int cell)
{
    m_current = cell;
    m_currentDecision = exists(cell) ? m_data->cells[cell].decision : -1;
}

void HeatmapSelection::setSingle(int cell)
{
    m_selected.clear();
    m_anchor = exists(cell) ? cell : -1;
    makeCurrent(m_anchor);
    if (m_current >= 0)
        add(cell);
}

void HeatmapSelection::toggle(int cell)
{
    if (!exists(cell))
        return;
    if (contains(cell)) {
        for (const int decision : m_data->cells[cell].decisions())
            m_selected.remove(decision);
    } else {
        add(cell);
    }
    m_anchor = cell;
    makeCurrent(cell);
}

void HeatmapSelection::extendTo(int cell, bool add)
{
    if (!exists(cell))
        return;
    if (!exists(m_anchor))
        m_anchor = cell;
    if (!add)
        m_selected.clear();
    makeCurrent(cell);
    const int grid = m_data->gridCells();
    if (m_anchor >= grid && cell >= grid) {
        for (int i = std::min(m_anchor, cell); i <= std::max(m_anchor, cell); ++i)
            this->add(i);
        return;
    }
    const int columns = static_cast<int>(m_data->columns.size());
    const int from = m_data->owner(m_anchor);
    const int to = m_data->owner(cell);
    // In braces: of two temporaries minmax would return references that are gone at once.
    const auto [top, bottom] = std::minmax({from / columns, to / columns});
    const auto [left, right] = std::minmax({from % columns, to % columns});
    for (int row = top; row <= bottom; ++row)
        for (int column = left; column <= right; ++column)
            if (exists(row * columns + column))
                this->add(row * columns + column);
}

void HeatmapSelection::selectAll()
{
    if (!m_data)
        return;
    for (int cell = 0; cell < m_data->cells.size(); ++cell) {
        if (!exists(cell))
            continue;
        add(cell);
        if (m_current < 0) {
            m_anchor = cell;
            makeCurrent(cell);
        }
    }
}

QVector<int> HeatmapSelection::cellsOfRow(int row) const
{
    const int columns = static_cast<int>(m_data->columns.size());
    const HeatmapStrip& strip = m_data->strip;
    const int line = strip.row >= 0 ? row - strip.row - 1 : -1;
    const bool inStrip = line >= 0 && line < strip.lines;
    const int first = inStrip ? m_data->gridCells() + line * strip.perLine : row * columns;
    const int count = inStrip ? std::min(strip.perLine, strip.count - line * strip.perLine) : columns;
    QVector<int> cells;
    for (int cell = first; cell < first + count; ++cell)
        if (exists(cell))
            cells.append(cell);
    return cells;
}

QVector<int> HeatmapSelection::cellsOfColumn(int column) const
{
    const int columns = static_cast<int>(m_data->columns.size());
    QVector<int> cells;
    for (int cell = column; cell < m_data->gridCells(); cell += columns)
        if (exists(cell))
            cells.append(cell);
    return cells;
}

int HeatmapSelection::rowOf(int cell) const
{
    const HeatmapStrip& strip = m_data->strip;
    const int columns = static_cast<int>(m_data->columns.size());
    return cell < m_data->gridCells()
        ? cell / columns
        : strip.row + 1 + (cell - m_data->gridCells()) / strip.perLine;
}

// The last line is the one that was clicked.
void HeatmapSelection::selectLines(const QVector<QVector<int>>& lines, bool extend, bool add)
{
    if (lines.isEmpty() || lines.last().isEmpty())
        return;
    if (!add)
        m_selected.clear();
    for (const QVector<int>& line : lines)
        for (const int cell : line)
            this->add(cell);
    if (!extend)
        m_anchor = lines.last().first();
    makeCurrent(lines.last().first());
}

void HeatmapSelection::selectRow(int row, bool extend, bool add)
{
    if (!m_data || row < 0 || row >= m_data->rows.size())
        return;
    const int from = extend && exists(m_anchor) ? rowOf(m_anchor) : row;
    QVector<QVector<int>> lines;
    for (int one = from; one != row; one += row > from ? 1 : -1)
        lines.append(cellsOfRow(one));
    lines.append(cellsOfRow(row));
    selectLines(lines, extend && exists(m_anchor), add);
}

void HeatmapSelection::selectColumn(int column, bool extend, bool add)
{
    if (!m_data || column < 0 || column >= m_data->columns.size())
        return;
    const int columns = static_cast<int>(m_data->columns.size());
    const int from = extend && exists(m_anchor) ? m_data->owner(m_anchor) % columns : column;
    QVector<QVector<int>> lines;
    for (int one = from; one != column; one += column > from ? 1 : -1)
        lines.append(cellsOfColumn(one));
    lines.append(cellsOfColumn(column));
    selectLines(lines, extend && exists(m_anchor), add);
}

void HeatmapSelection::setDecisions(const QVector<int>& decisions, int current, int currentCell)
{
    m_selected.clear();
    m_anchor = -1;
    makeCurrent(-1);
    if (!m_data || decisions.isEmpty())
        return;
    const QSet<int> wanted(decisions.begin(), decisions.end());
    for (const HeatmapCell& cell : m_data->cells)
        for (const int decision : cell.decisions())
            if (wanted.contains(decision))
                m_selected.insert(decision);
    const bool fits = exists(currentCell)
        && m_data->cells[currentCell].decisions().contains(current);
    m_anchor = fits ? currentCell : m_data->find(current);
    makeCurrent(m_anchor);
    if (m_current >= 0)
        m_currentDecision = current;
}

void HeatmapSelection::go(int cell, bool extend)
{
    if (extend)
        extendTo(cell);
    else
        setSingle(cell);
}

int HeatmapSelection::nextInStrip(int rowStep, int columnStep) const
{
    const HeatmapStrip& strip = m_data->strip;
    const int expert = m_current - m_data->gridCells();
    const int to = expert + columnStep + rowStep * strip.perLine;
    if (to >= 0 && to < strip.count)
        return m_data->gridCells() + to;
    const bool below = rowStep > 0 && expert / strip.perLine + 1 < strip.lines;
    return below ? m_data->gridCells() + strip.count - 1 : -1; // the last line is shorter
}

int HeatmapSelection::next(int rowStep, int columnStep) const
{
    const int columns = static_cast<int>(m_data->columns.size());
    const int rows = static_cast<int>(m_data->rows.size());
    const HeatmapStrip& strip = m_data->strip;
    int row = m_current / columns;
    int column = m_current % columns;
    if (m_current >= m_data->gridCells()) {
        if (const int inside = nextInStrip(rowStep, columnStep); inside >= 0 || rowStep == 0)
            return inside;
        if (rowStep < 0)
            return m_data->owner(m_current);
        row = strip.row + strip.lines;
        column = strip.column;
    } else if (rowStep > 0 && row == strip.row && column == strip.column) {
        return m_data->gridCells();
    } else if (rowStep < 0 && row == strip.row + strip.lines + 1 && column == strip.column) {
        return m_data->gridCells() + (strip.lines - 1) * strip.perLine;
    }
    for (row += rowStep, column += columnStep;
         row >= 0 && row < rows && column >= 0 && column < columns;
         row += rowStep, column += columnStep)
        if (exists(row * columns + column))
            return row * columns + column;
    return -1;
}

bool HeatmapSelection::move(int rowStep, int columnStep, bool extend)
{
    if (!m_data || m_data->columns.isEmpty())
        return false;
    if (!exists(m_current))
        return moveToEdge(false, extend);
    const int to = next(rowStep, columnStep);
    if (to >= 0)
        go(to, extend);
    return to >= 0;
}

bool HeatmapSelection::moveToEdge(bool last, bool extend)
{
    if (!m_data)
        return false;
    const int count = m_data->gridCells();
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
