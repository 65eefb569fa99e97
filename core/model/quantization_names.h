// SPDX-License-Identifier: GPL-3.0-or-later
// Quantized checkpoints recognised by tensor names, dtypes and shapes alone.
#pragma once

#include "model/model.h"

#include <optional>
#include <span>

namespace bitloupe {

/// What packed the weights, or empty. FP8 with scales is not among them: it is read as floats.
/// `sorted` is in name order.
std::optional<QuantizedSource> quantizationByTensors(std::span<const TensorInfo> sorted);

} // namespace bitloupe
