// SPDX-License-Identifier: GPL-3.0-or-later
// What llama.cpp's names of tensors say about their purpose.
#pragma once

#include "model/roles.h"

namespace bitloupe {

/// Role, layer and expert from a name ("blk.3.ffn_gate_exps.weight") and the number of dimensions.
NameFacts ggufNameFacts(std::string_view name, std::size_t rank);

/// Sets role, layer and expert of every tensor.
void assignGgufRoles(std::span<TensorInfo> tensors);

} // namespace bitloupe
