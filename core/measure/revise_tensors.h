// SPDX-License-Identifier: GPL-3.0-or-later
// Many tensors' records gone over once more, in parallel. Private to measure.
#pragma once

#include "measure/measure.h"

#include <functional>
#include <string_view>
#include <vector>

namespace bitloupe {

/// Calls revise(id, record) for each tensor, from any thread, and `onTensor` when one is done.
/// Progress in bytes of the tensors. Errors: those of `revise`; changedOnDisk; cancelled.
Result<void> reviseTensors(const Model& model, std::vector<TensorId> ids, std::string_view phase,
    Analysis& analysis, const Job& job, const OnTensor& onTensor,
    const std::function<Result<void>(TensorId id, TensorScore& score)>& revise);

} // namespace bitloupe
