// SPDX-License-Identifier: GPL-3.0-or-later
// Puts two sides together for the page that shows them, off the GUI thread.
#pragma once

#include "job/job.h"
#include "ui/compare/difference_heatmap.h"
#include "ui/heatmap_builder.h"

namespace bitloupe::ui {

struct CompareQuestion {
    SideQuestion a, b;
    std::shared_ptr<const Model> model;
    std::shared_ptr<const TargetProfile> profile;
    std::shared_ptr<const Planned> planned;
    DifferenceKind kind = DifferenceKind::bits;
    int opened = -1; // decision whose experts show
};

/// Decisions with a choice, by what they have on both sides.
struct CompareCounts {
    int more = 0, fewer = 0, same = 0; // bits in A
    int missing = 0, otherShape = 0; // on one side
};

/// Immutable once made.
struct Compared {
    std::shared_ptr<const ComparedPair> pair; // null: a side is no plan of the profile
    HeatmapData shown;
    CompareCounts counts;
};

/// Keeps the places of the cells between questions. Single-thread: the worker's own.
class CompareWorker {
public:
    Result<Compared> answer(const CompareQuestion& question);

private:
    std::shared_ptr<const TargetProfile> m_profile; // whose decisions the grid places
    HeatmapGrid m_grid;
};

} // namespace bitloupe::ui
