// SPDX-License-Identifier: GPL-3.0-or-later
// The multiple-choice knapsack behind a plan: what an option costs and what it is worth avoiding.
// Private to plan.
#pragma once

#include "plan/constraints.h"

#include <optional>
#include <vector>

namespace bitloupe {

/// Points at the profile and the evidence, which must outlive it. Immutable after making.
struct Problem {
    const TargetProfile* profile = nullptr;
    const Evidence* evidence = nullptr;
    Constraints constraints; // of the rules; MINT's own as well
    double largestNrmse = 1; // the SQNR floor for what is not pinned
    std::vector<double> priors; // MINT's, by decision; empty: our damage

    std::size_t size() const { return profile->decisions.size(); }

    std::uint64_t cost(BudgetKind kind, std::size_t d, std::size_t o) const
    {
        const CodecOption& option = profile->decisions[d].options[o];
        return option.dataBytes + (kind == BudgetKind::fileBytes ? option.headerBytes : 0);
    }

    /// Options that rules and floor leave, as bits; never empty.
    std::uint64_t allowed(std::size_t d) const
    {
        const AllowedOptions& rules = constraints.decisions[d];
        return rules.pinned || rules.fixed
            ? rules.mask
            : withinError(evidence->decisions[d], largestNrmse, rules.mask);
    }

    /// What is minimised in sum; NaN where unknown.
    double value(std::size_t d, std::size_t o) const
    {
        const DecisionEvidence& known = evidence->decisions[d];
        return priors.empty() ? known.options[o].damage : priors[d] * known.details[o].nrmseRound;
    }
};

/// Rules, floors and objective of the strategy (damage or mint). Errors: as applyRules.
Result<Problem> makeProblem(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options);

} // namespace bitloupe
