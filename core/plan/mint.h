// SPDX-License-Identifier: GPL-3.0-or-later
// MINT's published rules (baa.ai, "MINT: Compute-Optimal Data-Free Mixed-Precision Quantization",
// 2026), for comparison: which configurations it knows and how it protects. Private to plan.
#pragma once

#include "plan/constraints.h"

namespace bitloupe {

/// Its soft prior for each decision: errors of embedding and head count 10 times, routers and
/// vision 8, the first layer 3, the last layer 2.
std::vector<double> mintPriors(const TargetProfile& profile);

/// Leaves its seven configurations and the floats, none under the floor with plain rounding.
void applyMintOptions(const TargetProfile& profile, const Evidence& evidence, double floorDb,
    Constraints& constraints);

} // namespace bitloupe
