// SPDX-License-Identifier: GPL-3.0-or-later
// What the probe's moments say about codecs: the curves once more, with an encoder that knows which
// columns matter, and with errors counted by what they do to the model's output.
#pragma once

#include "measure/measure.h"

#include <memory>

namespace bitloupe {

/// The analysis with `moments` in it, and in each record of a tensor that they reach what the
/// probe adds (RatePoint::probed, TensorScore::probed, inputEnergy). What an earlier probe added is
/// dropped first; null moments only drop. The same numbers for any thread count.
/// `onTensor` is called from any thread when a tensor is done. Phase: "weighing".
/// Errors: badPlan when moments and model do not fit; cancelled, ioRead, changedOnDisk, outOfMemory.
/// Cost: encodes about the sample that the curves came from.
Result<Analysis> weighCurves(std::shared_ptr<const Model> model, Analysis analysis,
    std::shared_ptr<const Moments> moments, const Job& job, const OnTensor& onTensor = {});

} // namespace bitloupe
