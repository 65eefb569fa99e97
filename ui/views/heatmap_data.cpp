// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_data.h"

#include <algorithm>

namespace bitloupe::ui {
namespace {

// Wide enough for digits, few enough lines for hundreds of experts.
int cellsPerLine(int experts) { return experts > 128 ? 32 : std::clamp(experts, 1, 16); }

} // namespace

QVector<int> HeatmapCell::decisions() const
{
    return members.isEmpty() && decision >= 0 ? QVector<int> {decision} : members;
}

int HeatmapData::owner(int cell) const
{
    return cell < gridCells() ? cell : strip.row * static_cast<int>(columns.size()) + strip.column;
}

int HeatmapData::find(int decision) const
{
    if (decision < 0)
        return -1;
    int standIn = -1;
    for (int i = 0; i < cells.size(); ++i) {
        if (cells[i].decision == decision && cells[i].members.isEmpty())
            return i;
        if (standIn < 0 && cells[i].members.contains(decision))
            standIn = i;
    }
    return standIn;
}

void HeatmapData::openStrip(int at, QVector<HeatmapCell> experts)
{
    const int width = static_cast<int>(columns.size());
    const int count = static_cast<int>(experts.size());
    strip = {at / width, at % width, cellsPerLine(count), 0, count};
    strip.lines = (count + strip.perLine - 1) / strip.perLine;
    for (int line = 0; line < strip.lines; ++line) {
        const int first = line * strip.perLine;
        HeatmapRow row;
        row.inStrip = true;
        row.title = QStringLiteral("%1–%2").arg(first).arg(
            std::min(first + strip.perLine, count) - 1);
        rows.insert(strip.row + 1 + line, row);
    }
    cells.insert((strip.row + 1) * width, qsizetype(strip.lines) * width, HeatmapCell());
    cells += std::move(experts);
}

} // namespace bitloupe::ui
