// SPDX-License-Identifier: GPL-3.0-or-later
// Two memories for one model: the experts in RAM, everything else on the GPU, as clients that keep
// expert tensors on the CPU have it.
#pragma once

#include "plan/plan.h"

#include <optional>

namespace bitloupe {

/// True of the routed experts; shared experts and routers are asked for every token, so stay with
/// the rest.
bool isExpert(TensorRole role);
bool hasExperts(const TargetProfile& profile);

/// What a plan puts where: the experts' data, with their header entries where files count, and all
/// else. Both add up to the plan's size of this kind.
struct PoolBytes {
    std::uint64_t experts = 0, rest = 0;
};
PoolBytes poolBytes(const TargetProfile& profile, const Plan& plan, BudgetKind kind);

/// Which ceiling a plan of these sizes breaks, said of `what`; empty: none.
/// Errors inside: infeasibleBudget; badArgument where experts that do not exist have a budget.
std::optional<Error> overBudget(
    std::string_view what, const PoolBytes& pools, const Budget& budget);

/// "found a budget for them, but the model has none".
Error noExperts();

} // namespace bitloupe
