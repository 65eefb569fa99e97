// SPDX-License-Identifier: GPL-3.0-or-later
// Matrices that hold the numbers of another one.
#pragma once

#include "measure/analysis.h"
#include "model/model.h"

#include <vector>

namespace bitloupe {

struct TensorCopy {
    TensorId tensor, original; // the original is the first in the order of names
};

/// Measured matrices of one dtype and shape with equal extremes, means, sums of squares and
/// histograms, in the order of names; those of a single value are left out. The order of the
/// numbers within a matrix is not compared. Cost: a sort of the measured matrices; weights are not
/// read.
std::vector<TensorCopy> findCopies(const Model& model, const Analysis& analysis);

} // namespace bitloupe
