// SPDX-License-Identifier: GPL-3.0-or-later
// What the codecs of a family lose on a tensor by the probe's count.
#pragma once

#include "job/job.h"
#include "measure/analysis.h"
#include "measure/weighted_errors.h"
#include "model/float_reader.h"

namespace bitloupe {

/// Fills in `probed` of the family's points in the curve, and with those of affine what else the
/// probe adds to a record. Small tensors are encoded in full; large ones on a sample (samplingOf)
/// that doubles until the relative
/// standard error is below 1 % for every NRMSE and 5 % for every r and D, the latter at most twice;
/// a sample that would reach half of the tensor gives way to all of it. Sums of weights are known
/// exactly, so r and D come as ratios to them.
/// Errors: cancelled, ioRead, changedOnDisk.
Result<void> weighCurve(const TensorInfo& tensor, const FloatReader& reader,
    const ErrorWeights& weights, CodecFamily family, DType scaleType, const Job& job,
    TensorScore& score);

} // namespace bitloupe
