// SPDX-License-Identifier: GPL-3.0-or-later
// What a person's rules and the error floor leave of each decision's options. Private to plan.
#pragma once

#include "base/large_pages.h"
#include "plan/plan.h"

#include <cstdint>
#include <vector>

namespace bitloupe {

/// Options that the rules leave of one decision, as bits of a mask; never empty.
struct AllowedOptions {
    std::uint64_t mask = 0;
    std::int32_t rule = -1; // that pins, or whose floor applies
    bool pinned = false;
    bool fixed = false; // there is one option only
};

struct Constraints {
    LargeVector<AllowedOptions> decisions; // as TargetProfile::decisions
    std::vector<RuleMiss> unfollowed; // by rule, then decision
};

/// The rules alone. The last pin a decision can follow beats every floor, but for a floor by hand
/// that comes after it and that what a pattern pins does not reach; among floors the last one
/// counts. Errors: badArgument (pattern, or a rule that no decision can follow).
/// Cost: per pattern one linear-time search of every name; names over 4 KiB never match.
Result<Constraints> applyRules(const TargetProfile& profile, const std::vector<Rule>& rules);

/// The options of `mask` with errors up to `largestNrmse`; its highest (the floats) always stays.
/// A NaN error is over any limit.
std::uint64_t withinError(
    const DecisionEvidence& evidence, double largestNrmse, std::uint64_t mask);

/// Error at a signal to noise ratio.
double nrmseAt(double sqnrDb);

/// True when `candidate` is at least `floor`: more bits, or the same bits in groups no larger.
bool atLeast(const Codec& candidate, const Codec& floor);

inline constexpr std::size_t maxOptions = 64; // of one decision: width of the masks

} // namespace bitloupe
