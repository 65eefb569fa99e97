// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/problem.h"

#include "plan/mint.h"

#include <cassert>
#include <limits>

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
    problem.largestNrmse = nrmseAt(options.sqnrFloorDb);
    if (options.strategy == Strategy::mint) {
        problem.priors = mintPriors(profile);
        problem.largestNrmse = std::numeric_limits<double>::infinity(); // of its own encoder
        applyMintOptions(profile, evidence, options.sqnrFloorDb, problem.constraints);
    }
    return problem;
}

} // namespace bitloupe
