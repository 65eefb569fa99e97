// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_data.h"

namespace bitloupe::ui {

int HeatmapData::find(int decision) const
{
    for (int i = 0; i < cells.size(); ++i)
        if (cells[i].decision == decision && decision >= 0)
            return i;
    return -1;
}

} // namespace bitloupe::ui
