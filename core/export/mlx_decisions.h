// SPDX-License-Identifier: GPL-3.0-or-later
// From source tensors to the MLX target's decisions: grouping, shapes, what stays float and why.
#pragma once

#include "export/mlx_names.h"

#include <string>
#include <vector>

namespace bitloupe {

enum class Strictness : std::uint8_t {
    strict, // an unknown name is an error
    forced, // unknown names are kept as they are
    viewing, // whatever cannot be a decision is left out
};

struct MlxDecisions {
    std::vector<Decision> decisions; // natural order of names, without options
    std::vector<std::string> notes;
};

/// Errors: unsupported (a name the architecture does not have, an integer tensor, a missing
/// expert), badShape.
Result<MlxDecisions> mlxDecisions(
    const MlxArchitecture* architecture, const Model& model, Strictness strictness);

} // namespace bitloupe
