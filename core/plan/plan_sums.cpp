// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/plan_sums.h"

#include "base/text.h"

namespace bitloupe {

void fillSums(const TargetProfile& profile, const Evidence& evidence, Plan& plan)
{
    std::vector<std::uint16_t> options(plan.choices.size());
    plan.damage = 0;
    plan.provisional = false;
    double codeBits = 0;
    for (std::size_t d = 0; d < plan.choices.size(); ++d) {
        Choice& choice = plan.choices[d];
        const Decision& decision = profile.decisions[d];
        const DecisionEvidence& known = evidence.decisions[d];
        options[d] = choice.option;
        choice.damage = known.options[choice.option].damage;
        plan.damage += choice.damage;
        plan.provisional = plan.provisional || (!known.known && decision.options.size() > 1);
        const Codec& stored = codec(decision.options[choice.option].codec);
        codeBits += static_cast<double>(stored.bits) * static_cast<double>(decision.elements);
    }
    fillSizes(profile, evidence.modelDigest, codeBits, layoutFiles(profile, options), plan);
}

void fillSizes(const TargetProfile& profile, const std::string& modelDigest, double codeBits,
    const FileLayout& layout, Plan& plan)
{
    const double parameters = static_cast<double>(profile.parameters);
    const double bits = 8 * static_cast<double>(layout.dataBytes);
    plan.targetId = profile.targetId;
    plan.modelDigest = modelDigest;
    plan.fileBytes = layout.fileBytes;
    plan.dataBytes = layout.dataBytes;
    plan.bitsPerWeight = parameters > 0 ? bits / parameters : 0;
    plan.codeBitsPerWeight = parameters > 0 ? codeBits / parameters : 0;
}

std::uint64_t sizeOf(const Plan& plan, BudgetKind kind)
{
    return kind == BudgetKind::fileBytes ? plan.fileBytes : plan.dataBytes;
}

Error infeasible(std::string_view what, std::uint64_t needed, const Budget& budget)
{
    const std::string unit =
        budget.kind == BudgetKind::fileBytes ? " bytes" : " bytes of tensor data";
    return {Errc::infeasibleBudget, {},
        std::string(what) + " needs " + groupedText(needed) + unit + ", the budget is "
            + groupedText(budget.bytes)};
}

} // namespace bitloupe
