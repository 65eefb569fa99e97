// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/pools.h"

#include "plan/plan_sums.h"

#include <algorithm>

namespace bitloupe {

bool isExpert(TensorRole role)
{
    return role == TensorRole::expertGate || role == TensorRole::expertUp
        || role == TensorRole::expertGateUp || role == TensorRole::expertDown;
}

bool hasExperts(const TargetProfile& profile)
{
    return std::ranges::any_of(
        profile.decisions, [](const Decision& decision) { return isExpert(decision.role); });
}

PoolBytes poolBytes(const TargetProfile& profile, const Plan& plan, BudgetKind kind)
{
    PoolBytes pools;
    for (std::size_t d = 0; d < plan.choices.size(); ++d) {
        if (!isExpert(profile.decisions[d].role))
            continue;
        const CodecOption& option = profile.decisions[d].options[plan.choices[d].option];
        pools.experts +=
            option.dataBytes + (kind == BudgetKind::fileBytes ? option.headerBytes : 0);
    }
    pools.rest = sizeOf(plan, kind) - pools.experts;
    return pools;
}

std::optional<Error> overBudget(
    std::string_view what, const PoolBytes& pools, const Budget& budget)
{
    const std::uint64_t all = pools.experts + pools.rest;
    if (!budget.expertBytes)
        return all > budget.bytes ? std::optional(infeasible(what, all, budget)) : std::nullopt;
    if (pools.experts == 0)
        return noExperts();
    const Budget ofExperts {budget.kind, *budget.expertBytes, {}};
    if (pools.experts > ofExperts.bytes)
        return infeasible("for the experts, " + std::string(what), pools.experts, ofExperts);
    if (pools.rest > budget.bytes)
        return infeasible("without the experts, " + std::string(what), pools.rest, budget);
    return std::nullopt;
}

Error noExperts()
{
    return {Errc::badArgument, "experts", "found a budget for them, but the model has none"};
}

} // namespace bitloupe
