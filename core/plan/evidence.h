// SPDX-License-Identifier: GPL-3.0-or-later
// What an analysis says about a target's decisions: the numbers a plan is made from and later
// justified with.
#pragma once

#include "measure/analysis.h"
#include "plan/target_profile.h"

#include <vector>

namespace bitloupe {

struct OptionEvidence {
    double nrmse = unknownValue; // search encoder, over all sources together
    double nrmseRound = unknownValue;
    double relativeStandardError = 0;
    double damage = unknownValue; // importance * nrmse^2 (tier 1)
};

struct DecisionEvidence {
    bool known = false; // false: not measured (yet); options hold a provisional guess by bits
    double importance = 1;
    std::vector<double> metrics; // metrics() order, size-weighted mean over the sources
    std::vector<OptionEvidence> options; // as Decision::options
};

struct Evidence {
    std::string modelDigest;
    int tier = 1; // 1: published scores and error curves
    std::vector<DecisionEvidence> decisions; // as TargetProfile::decisions
};

/// Evidence for every decision. Sources not measured yet get the error a Gaussian tensor would
/// have at those bits, so that a plan can be shown while the analysis runs.
Evidence gatherEvidence(const TargetProfile& profile, const Analysis& analysis);

} // namespace bitloupe
