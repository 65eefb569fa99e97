// SPDX-License-Identifier: GPL-3.0-or-later
// The two passes of measureModel over all tensors, in the order they are asked for.
#pragma once

#include "measure/measure.h"

#include <span>
#include <vector>

namespace bitloupe {

/// Facts, curves and all scores but svd. Results go into analysis.tensors by id; unfinished
/// tensors are left waiting. Errors: cancelled, ioRead, changedOnDisk, outOfMemory.
Result<void> runFirstPass(std::shared_ptr<const Model> model, const MeasureOptions& options,
    std::span<const TensorId> order, const Job& job, const OnTensor& onTensor, Analysis& analysis);

/// Singular values, svd and the composites of all tensors that the first pass has measured.
/// The score of a stack of experts is that of the energies of all its matrices together; its
/// spectrum is the root mean square over the stack. `first` tensors of the order come before the
/// others. Errors: cancelled, ioRead, changedOnDisk, outOfMemory.
Result<void> runSpectrumPass(std::shared_ptr<const Model> model, std::span<const TensorId> order,
    std::size_t first, const Job& job, const OnTensor& onTensor, Analysis& analysis);

/// Number of layers, at least one more than any tensor's.
int layerCount(const Model& model);

} // namespace bitloupe
