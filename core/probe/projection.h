// SPDX-License-Identifier: GPL-3.0-or-later
// Matrices applied to all tokens at once, forward and backward. Tokens are rows. Each output's sum
// runs in one order, whatever the vector width, the thread count and the other tokens.
#pragma once

#include "job/job.h"
#include "probe/weight.h"

#include <span>

namespace bitloupe {

/// One of the matrices that read the same input.
struct Projection {
    const Weight* weight = nullptr;
    std::span<const float> bias; // weight->out() values, or empty
    std::span<float> out; // [tokens, weight->out()], overwritten
};

/// out = in W^T + bias for every projection. Shapes: in [tokens, weight->in()].
/// Errors: cancelled, outOfMemory. Cost: widens each weight once per 1,024 tokens; a copy of `in`.
Result<void> project(std::span<const float> in, std::size_t tokens,
    std::span<const Projection> projections, const Job& job);

/// inGradient += outGradient W. Shapes: outGradient [tokens, weight.out()], inGradient
/// [tokens, weight.in()]. Errors and cost: as project.
Result<void> projectBack(std::span<const float> outGradient, std::size_t tokens,
    const Weight& weight, std::span<float> inGradient, const Job& job);

} // namespace bitloupe
