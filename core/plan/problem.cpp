// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/problem.h"

#include "plan/mint.h"

#include <cassert>

namespace bitloupe {

Result<Problem> makeProblem(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options)
{
    assert(evidence.decisions.size() == profile.decisions.size());
    auto constraints = applyRules(profile, options.rules);
    if (!constraints)
        return constraints.error();
    Problem problem;
    problem.profile = &profile;
    problem.evidence = &evidence;
    problem.constraints = std::move(*constraints);
    if (options.strategy == Strategy::mint) {
        problem.priors = mintPriors(profile);
        applyMintOptions(profile, evidence, options.sqnrFloorDb, problem.constraints);
    } else {
        applySqnrFloor(evidence, options.sqnrFloorDb, problem.constraints);
    }
    return problem;
}

} // namespace bitloupe
