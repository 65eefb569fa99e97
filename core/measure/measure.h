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
    std::vector<TensorId> first; // measured first (what the user looks at); order changes nothing
};

/// Called from any thread when a tensor's record is new or better (twice with spectrum on).
using OnTensor = std::function<void(TensorId, const TensorScore&)>;

/// The scale dtype that exports of this model use: F16 when most matrix bytes are F16, else BF16.
DType scaleTypeFor(const Model& model);

/// Analysis of all tensors. The same numbers for any thread count. Tensors that cannot be measured
/// carry their reason; only cancelled, changedOnDisk, ioRead and outOfMemory fail the whole.
/// Cost: each weight is read once (twice with spectrum); memory a few tiles a thread, with
/// spectrum one large tensor's sketch a thread.
Result<Analysis> measureModel(std::shared_ptr<const Model> model, const MeasureOptions& options,
    const Job& job, const OnTensor& onTensor = {});

} // namespace bitloupe
