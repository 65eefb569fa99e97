// SPDX-License-Identifier: GPL-3.0-or-later
// How far the weights of one model are from those of another with the same tensors: what training
// changed. Reads all weights of both.
#pragma once

#include "job/job.h"
#include "model/model.h"

#include <memory>
#include <vector>

namespace bitloupe {

/// Sums of squares, so that several tensors can be told as one. NaN where the other model has no
/// tensor of that name and shape, or one of them cannot be read as finite floats.
struct WeightChange {
    double squaredDifference = 0;
    double squared = 0;
    WeightChange& operator+=(const WeightChange& other);
    double relative() const; // |a - b| / |a|; 0 where both are all zeros
};

/// By tensor of `a`. Errors: changedOnDisk, ioRead, cancelled. Cost: one pass over both.
Result<std::vector<WeightChange>> weightChanges(const std::shared_ptr<const Model>& a,
    const std::shared_ptr<const Model>& b, const Job& job);

} // namespace bitloupe
