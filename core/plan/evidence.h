// SPDX-License-Identifier: GPL-3.0-or-later
// What an analysis says about a target's decisions: the numbers a plan is made from and later
// justified with.
#pragma once

#include "measure/analysis.h"
#include "plan/target_profile.h"

#include <optional>
#include <vector>

namespace bitloupe {

/// Errors of several sources join by energy: nrmse^2 = sum |w - q|^2 / sum |w|^2. Stored floats
/// have 0.
struct OptionEvidence {
    double nrmse = unknownValue; // search encoder, over all sources together
    double damage = unknownValue; // what the plan minimises the sum of; see core/plan/README.md
};

/// What else was measured of an option. Apart from it, for a plan of 10^5 decisions is made at the
/// speed of memory and reads only the above.
struct OptionDetail {
    double nrmseRound = unknownValue;
    double relativeStandardError = 0; // of nrmse; NaN: not measured on exactly this matrix
    ProbedPoint probed {}; // of the steered encoder, over all sources together
};

struct DecisionEvidence {
    bool known = false; // false: not measured (yet); options hold a provisional guess by bits
    int tier = 1; // 1 weights alone, 2 forward probe, 3 with gradients; the least of the sources
    std::string note; // why the tier is below the model's; empty: nothing to say
    double importance = 1; // (elements / those of a typical matrix of a layer)^(3/4)
    std::vector<double> metrics; // metrics() order, size-weighted mean over the sources
    std::vector<OptionEvidence> options; // as Decision::options
    std::vector<OptionDetail> details; // as options
};

/// Weights of a geometric mean (predictDamage); they add up to 1.
struct DamageMix {
    double model = 0.7; // D
    double input = 0; // r
    double even = 0.3; // the same for every weight: shrinks towards the uniform plan
};

struct Evidence {
    std::string modelDigest;
    int tier = 1; // of the analysis; decisions may have less
    std::string tierReason; // why no deeper, or at 3 why no text; empty: nothing to say
    std::string momentsSource; // what inputs were read from, "imatrix NAME"; empty: the probe
    // The probe read text of the model's own, else words of its vocabulary; empty: not known.
    std::optional<bool> ownText {};
    DamageMix mix; // that made the damage
    std::vector<DecisionEvidence> decisions; // as TargetProfile::decisions
};

/// Fills in the damage of every option. Without a probe: importance * nrmse^2. With one: the
/// geometric mean, by the mix, of D, importance * r and what a plan that spreads bits evenly would
/// count, on the scale of D. Decisions that a tier does not reach get the typical ratio of its
/// number to the next one that they have.
void predictDamage(const TargetProfile& profile, Evidence& evidence);

/// Evidence for every decision. Sources not measured yet get the error a Gaussian tensor would
/// have at those bits, so that a plan can be shown while the analysis runs. Where a measured curve
/// lacks a codec, the nearest group size with the same bits stands in.
/// Shapes: analysis.tensors covers every source of the profile.
Evidence gatherEvidence(
    const TargetProfile& profile, const Analysis& analysis, const DamageMix& mix = {});

} // namespace bitloupe
