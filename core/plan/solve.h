// SPDX-License-Identifier: GPL-3.0-or-later
// FRONT DOOR of plan: the best choice of codecs under a budget.
#pragma once

#include "plan/plan.h"

namespace bitloupe {

/// The plan of a strategy. Deterministic; ties by decision, then codec.
/// Errors: infeasibleBudget (says the smallest size possible), badArgument (a rule's pattern, or a
/// codec that none of its decisions can take).
/// Cost: 10^5 decisions of 18 options in below 50 ms on two cores. `threads`: 0 for as many as the
/// machine has; the plan is the same for any number.
Result<Plan> solve(const TargetProfile& profile, const Evidence& evidence,
    const PlanOptions& options, unsigned threads = 0);

/// A plan made elsewhere (read from a file, or edited): sizes and sums recomputed.
/// Errors: badPlan when the choices do not fit the profile.
Result<Plan> completePlan(
    const TargetProfile& profile, const Evidence& evidence, Plan choicesAndOptions);

struct FrontierPoint {
    std::uint64_t fileBytes = 0;
    double bitsPerWeight = 0;
    double damage = 0;
};

/// The lower convex hull of size against damage under the options' rules, from smallest to
/// largest; evenly spread, at least 200 points where that many differ. Budget and strategy are
/// ignored, but for a budget of the experts' own: they then stay as it has them, and only the rest
/// moves along the curve. `knee` indexes the point farthest below the chord in log damage.
struct Frontier {
    std::vector<FrontierPoint> points;
    std::size_t knee = 0;
};
Result<Frontier> frontier(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options);

} // namespace bitloupe
