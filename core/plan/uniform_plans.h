// SPDX-License-Identifier: GPL-3.0-or-later
// The uniform plans of a model at many budgets: what stands beside a plan while a slider moves.
#pragma once

#include "plan/pools.h"

namespace bitloupe {

/// One plan for each codec that any decision may take. Immutable, and independent of profile and
/// evidence once made.
class UniformPlans {
public:
    /// `options.budget` is not looked at. Errors: badArgument (rules).
    /// Cost: a pass over all options for each codec; memory of a plan for each.
    static Result<UniformPlans> prepare(
        const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options);

    /// The largest plan within the budget; equal to solve() with the strategy uniform.
    /// Errors: infeasibleBudget. Cost: a copy of the plan.
    Result<Plan> at(const Budget& budget) const;

private:
    struct Sized {
        Plan plan;
        PoolBytes files, data;
        const PoolBytes& pools(BudgetKind kind) const
        {
            return kind == BudgetKind::fileBytes ? files : data;
        }
    };
    std::vector<Sized> m_plans; // by codec, in table order
};

} // namespace bitloupe
