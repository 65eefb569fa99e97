// SPDX-License-Identifier: GPL-3.0-or-later
// What stands between the matrices of a feed-forward block, forward and backward.
#pragma once

#include "job/job.h"
#include "numeric/elementary.h"

#include <span>

namespace bitloupe {

/// out = act(gate) * up; act(gate) alone when `up` is empty. All of one shape; out may be either.
/// Errors: cancelled.
Result<void> activate(Activation activation, std::span<const float> gate,
    std::span<const float> up, std::span<float> out, const Job& job);

/// Gradients at gate and up from the one at act(gate) * up; overwritten. `up` and `upGradient` may
/// be empty. gateGradient may be outGradient.
Result<void> activateBack(Activation activation, std::span<const float> gate,
    std::span<const float> up, std::span<const float> outGradient, std::span<float> gateGradient,
    std::span<float> upGradient, const Job& job);

} // namespace bitloupe
