// SPDX-License-Identifier: GPL-3.0-or-later
// Which numbers the codes of a tensor's groups can stand for: what lies outside is clipped.
#pragma once

#include "job/job.h"
#include "measure/analysis.h"
#include "model/model.h"

#include <memory>
#include <span>

namespace bitloupe {

/// Medians, over a sample of groups, of the lowest and of the highest number of a group's codes.
struct ClipRange {
    double lower = unknownValue, upper = unknownValue; // unknown for codecs without groups
    std::uint64_t groups = 0; // in the sample
};

/// Of up to 64 rows spread evenly, and their first 4,096 columns, as the search encoder codes
/// them. `weights`: as encodeRow, one a column of the tensor, or empty. NaN and infinity count as 0.
/// Errors: badArgument for a codec that cannot hold the rows; as FloatReader; cancelled.
/// Cost: encodes a quarter of a million elements at most.
Result<ClipRange> clipRange(const std::shared_ptr<const Model>& model, TensorId tensor,
    const Codec& codec, DType scaleType, std::span<const float> weights, const Job& job);

} // namespace bitloupe
