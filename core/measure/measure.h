// SPDX-License-Identifier: GPL-3.0-or-later
// FRONT DOOR of measure: one pass over the weights yields facts, scores and curves; a second,
// slower one the spectra.
#pragma once

#include "job/job.h"
#include "measure/analysis.h"
#include "model/model.h"

#include <functional>
#include <memory>

namespace bitloupe {

struct MeasureOptions {
    bool spectrum = true; // second pass: singular values, and the composites that need them
    bool curves = true;
    bool exactCurves = false; // encode every element instead of a stratified sample
    std::vector<TensorId> first {}; // measured first (what the user looks at); order changes nothing
};

/// Called from any thread when a tensor's record is new or better (twice with spectrum on).
using OnTensor = std::function<void(TensorId, const TensorScore&)>;

/// The scale dtype that exports of this model use: F16 when most matrix bytes are F16, else BF16.
DType scaleTypeFor(const Model& model);

/// Analysis of all tensors. The same numbers for any thread count. Tensors that cannot be measured
/// carry their reason; only cancelled, changedOnDisk, ioRead and outOfMemory fail the whole.
/// NaN and infinite elements are counted in the facts and stand as 0 in norms, scores, curves and
/// spectra. Tensors of rank 0 and 1 have facts but no metrics.
/// Cost: the first pass reads each weight once (F32, F64 and scaled F8 twice, curves a sample
/// besides); the second up to 10 times while its tensor is in the page cache. Memory: a few
/// megabytes a thread, with spectrum 1,500 bytes a thread for each row of the shorter side, and at
/// most 64 MB of partial products for the one large matrix that all threads share.
Result<Analysis> measureModel(std::shared_ptr<const Model> model, const MeasureOptions& options,
    const Job& job, const OnTensor& onTensor = {});

} // namespace bitloupe
