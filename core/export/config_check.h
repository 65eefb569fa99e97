// SPDX-License-Identifier: GPL-3.0-or-later
// Does an MLX directory's configuration agree with the shapes of its tensors?
#pragma once

#include "model/model.h"

#include <string>
#include <vector>

namespace bitloupe {

/// Sentences about modules whose bits, group size and shapes disagree; empty when all agree.
std::vector<std::string> mlxConfigProblems(const Model& written);

} // namespace bitloupe
