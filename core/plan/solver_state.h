// SPDX-License-Identifier: GPL-3.0-or-later
// What a Solver keeps between questions. Private to plan.
#pragma once

#include "plan/pools.h"
#include "plan/problem.h"
#include "plan/core_search.h"
#include "plan/solver.h"

#include <array>
#include <optional>

namespace bitloupe {

/// Choices that a search ended with.
struct Solution {
    std::vector<std::uint32_t> vertexOf; // by decision
    std::vector<Deviation> deviations; // from those
    double value = 0; // in sum
    double gap = 0; // the best value at this capacity is at most so much less
    double price = 0;
};

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
    /// A hull that was cut after its steps were counted.
    PreparedHull(Hull cut, unsigned threads, StepBuckets buckets = {})
        : hull(std::move(cut))
        , order(hull, buckets = countSteps(hull), threads)
    {
    }
};

/// The hull twice, with steps of the experts alone and of the rest alone; what does not move stays
/// at its smallest.
struct PreparedPools {
    PreparedHull experts, rest;
    std::uint64_t smallestExperts = 0, smallestRest = 0;
};

/// Best choice whose costs add up to at most `capacity`, which the smallest choice keeps.
Solution solveWithin(const Problem& problem, PreparedHull& prepared, std::uint64_t capacity,
    unsigned threads);

struct Solver::State {
    PlanOptions options; // no budget
    unsigned threads = 0;
    Problem problem;
    std::array<std::optional<PreparedHull>, 2> prepared; // by BudgetKind
    std::array<std::optional<PreparedPools>, 2> pools; // by BudgetKind

    PreparedHull& hullFor(BudgetKind kind);
    /// Errors: badArgument where there are no experts.
    Result<PreparedPools*> poolsFor(BudgetKind kind);
    /// The experts within their own budget, nothing else moved.
    /// Errors: infeasibleBudget, and as poolsFor.
    Result<Solution> solveExperts(const Budget& budget);
    Result<Plan> withinOne(const Budget& budget);
    Result<Plan> withinTwo(const Budget& budget);
};

/// The hull's points from smallest to largest, thinned; `start`: the option that each decision
/// begins with. Cost: a full sort of the steps.
Frontier makeFrontier(
    const Problem& problem, PreparedHull& prepared, const std::vector<std::uint16_t>& start);

} // namespace bitloupe
