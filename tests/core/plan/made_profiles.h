// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles and evidence made from a seed: like a model's, without one.
#pragma once

#include "numeric/random.h"
#include "plan/evidence.h"
#include "plan/target_profile.h"

namespace bitloupe::test {

struct MadePlanCase {
    TargetProfile profile;
    Evidence evidence;
};

struct MadeOptions {
    std::size_t decisions = 100;
    std::size_t mostOptions = 19; // the floats included
    bool wild = false; // errors in no order, so that options lie far off the hull
    std::uint64_t shardLimitBytes = 0;
};

/// Matrices of six shapes with all affine codecs that fit and bf16; errors as for Gaussian weights
/// times a factor of each matrix, or in no order at all.
MadePlanCase makePlanCase(std::uint64_t seed, const MadeOptions& options);

} // namespace bitloupe::test
