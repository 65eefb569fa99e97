// SPDX-License-Identifier: GPL-3.0-or-later
// What a Solver keeps between questions. Private to plan.
#pragma once

#include "plan/problem.h"
#include "plan/solver.h"
#include "plan/step_order.h"

#include <array>
#include <optional>

namespace bitloupe {

/// Hull and order of its steps for one budget kind.
struct PreparedHull {
    Hull hull;
    StepOrder order;
    PreparedHull(const Problem& problem, BudgetKind kind, unsigned threads,
        StepBuckets buckets = {})
        : hull(buildHull(problem, kind, threads, buckets))
        , order(hull, buckets, threads)
    {
    }
};

struct Solver::State {
    PlanOptions options; // no budget
    unsigned threads = 0;
    Problem problem;
    std::array<std::optional<PreparedHull>, 2> prepared; // by BudgetKind

    PreparedHull& hullFor(BudgetKind kind);
};

/// The hull's points from smallest to largest, thinned. Cost: a full sort of the steps.
Frontier makeFrontier(const Problem& problem, PreparedHull& prepared);

} // namespace bitloupe
