// SPDX-License-Identifier: GPL-3.0-or-later
// What the client's own quantizer would make of the same model, counted like a plan: points to
// compare with.
#pragma once

#include "plan/pools.h"

#include <string_view>
#include <vector>

namespace bitloupe {

/// What plans are compared by.
struct PlanNumbers {
    std::uint64_t fileBytes = 0;
    double bitsPerWeight = 0;
    double damage = 0; // with the errors of our encoder
    PoolBytes files {}, data {}; // of the files with their headers, of the data alone
};

/// Of a whole plan.
PlanNumbers numbersOf(const TargetProfile& profile, const Plan& plan);

struct MixPlan : PlanNumbers {
    std::string_view name; // "Q4_K_M"
};

/// By falling size of their recipes; none where the target has no mixes, or the profile was made
/// for looking only and has no weight blocks. Cost: a pass over the decisions for each.
std::vector<MixPlan> planMixes(const TargetProfile& profile, const Evidence& evidence);

} // namespace bitloupe
