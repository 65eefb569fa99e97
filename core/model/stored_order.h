// SPDX-License-Identifier: GPL-3.0-or-later
// Which matrices a checkpoint stores as [in, out] instead of [out, in].
#pragma once

#include "model/tensor.h"

#include <span>
#include <string_view>

namespace bitloupe {

/// Sets `transposed`; roles are already set. GPT-2's Conv1D by model type, or by the shape of
/// c_attn when the type is unknown; stacked gate_up_proj and down_proj by how their shapes and
/// the hidden size (0: unknown) fit together, by model type when they fit both ways.
void markTransposed(
    std::span<TensorInfo> tensors, std::string_view modelType, std::uint64_t hiddenSize);

} // namespace bitloupe
