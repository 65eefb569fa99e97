// SPDX-License-Identifier: GPL-3.0-or-later
// The vocabulary of tensor names: words of the checkpoints we know, as tables.
#pragma once

#include "model/tensor.h"

#include <optional>
#include <string_view>

namespace bitloupe {

/// "weight" and what stands for it in quantized checkpoints.
bool isParameterWord(std::string_view part);
bool isBiasParameter(std::string_view part);

/// Scales, masks, rotary tables: true for the last part of the name of a tensor that is no weight
/// of its own. A `bias` of two or more dimensions is GPT-2's causal mask.
bool isAuxiliaryParameter(std::string_view part, std::size_t rank);

bool isVisionWord(std::string_view part);
bool isProjectorWord(std::string_view part);
bool isSharedWord(std::string_view part);
bool isAttentionWord(std::string_view part);
bool isNormWord(std::string_view part);

/// Role of a matrix by its module's name, that of the module around it, and whether any module
/// around it is attention. Experts and shared experts are told as plain MLP parts.
std::optional<TensorRole> moduleRole(
    std::string_view leaf, std::string_view parent, bool attention);

} // namespace bitloupe
