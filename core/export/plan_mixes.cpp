// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/plan_mixes.h"

#include "export/export_target.h"
#include "plan/solve.h"

namespace bitloupe {

PlanNumbers numbersOf(const TargetProfile& profile, const Plan& plan)
{
    return {plan.fileBytes, plan.bitsPerWeight, plan.damage,
        poolBytes(profile, plan, BudgetKind::fileBytes),
        poolBytes(profile, plan, BudgetKind::dataBytes)};
}

std::vector<MixPlan> planMixes(const TargetProfile& profile, const Evidence& evidence)
{
    std::vector<MixPlan> plans;
    const ExportTarget* target = findExportTarget(profile.targetId);
    if (target == nullptr || target->mixes == nullptr || !offersBlocks(profile))
        return plans;
    for (const NamedMix& mix : target->mixes(profile)) {
        Plan plan;
        plan.choices.resize(mix.choice.size());
        for (std::size_t d = 0; d < mix.choice.size(); ++d)
            plan.choices[d].option = mix.choice[d];
        if (const auto whole = completePlan(profile, evidence, std::move(plan)))
            plans.push_back({numbersOf(profile, *whole), mix.name});
    }
    return plans;
}

} // namespace bitloupe
