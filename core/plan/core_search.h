// SPDX-License-Identifier: GPL-3.0-or-later
// Closes the gap between the hull's greedy solution and the best one: dynamic programming over
// the decisions whose next steps lie nearest to the price at the budget's edge. Private to plan.
#pragma once

#include "plan/step_order.h"

#include <cstdint>
#include <vector>

namespace bitloupe {

/// The greedy solution: every step before `position` is taken, the step there does not fit.
struct GreedyEdge {
    std::size_t position = 0;
    double price = 0; // slope of that step
    std::uint64_t slack = 0; // bytes left
    double value = 0; // of the greedy solution
};

struct Deviation {
    std::uint32_t decision = 0;
    std::uint16_t option = 0;
};

struct CoreResult {
    std::vector<Deviation> deviations; // from the greedy solution, each decision at most once
    bool proven = false; // nothing better exists within the same capacity
};

/// Best deviations found. `vertexOf[d]` is the greedy solution. Deterministic: limits count
/// states, never time. Source: the minimal-core idea of Pisinger, "A minimal algorithm for the
/// multiple-choice knapsack problem", 1995. Cost: at most about 1.5 * 10^6 merged states.
CoreResult searchCore(const Problem& problem, const Hull& hull, StepOrder& order,
    const GreedyEdge& edge, const std::vector<std::uint32_t>& vertexOf);

} // namespace bitloupe
