// SPDX-License-Identifier: GPL-3.0-or-later
// The plans that others make, for comparison: one codec for all, and SWAN's thresholds.
// Private to plan.
#pragma once

#include "plan/plan.h"

namespace bitloupe {

/// The largest single codec whose plan keeps the budget. Decisions that cannot hold it take the
/// same bits in the nearest smaller groups, else the floats. Rules apply first; no SQNR floor.
/// Errors: as solve().
Result<Plan> solveUniform(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options);

/// SWAN's rule on its composite: 0.90 and above 16 bits, 0.65 and above 8, 0.10 and below 2,
/// otherwise 4; groups of 128 at 4 bits, 64 at 8, 32 at 2; protected roles 16. Rules apply first;
/// no SQNR floor. An unknown composite counts as "otherwise" and makes the plan provisional.
/// Errors: as solve(); infeasibleBudget when its size is over the budget, if one is given.
Result<Plan> solveSwan(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options);

/// Option with this codec, else the same bits in the nearest smaller groups, else the last
/// (floats). `allowed` masks the options.
std::size_t nearestOption(const Decision& decision, const Codec& wanted, std::uint64_t allowed);

} // namespace bitloupe
