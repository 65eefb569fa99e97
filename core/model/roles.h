// SPDX-License-Identifier: GPL-3.0-or-later
// What a tensor's name says about its purpose. Names are conventions, not promises: an unknown
// one gives `other`, and nothing here decides how bytes are read.
#pragma once

#include "model/tensor.h"

#include <span>
#include <string_view>

namespace bitloupe {

struct NameFacts {
    TensorRole role = TensorRole::other;
    int layer = -1;
    int expert = -1;
};

/// Role, layer and expert from a name and the number of dimensions.
NameFacts nameFacts(std::string_view name, std::size_t rank);

/// Sets role, layer, expert and transposed of every tensor. `modelType` and `hiddenSize` (0:
/// unknown) settle which way ambiguous matrices are stored.
void assignRoles(
    std::span<TensorInfo> tensors, std::string_view modelType, std::uint64_t hiddenSize);

} // namespace bitloupe
