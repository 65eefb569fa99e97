// SPDX-License-Identifier: GPL-3.0-or-later
// From logits to drawn ids, and to the gradient of their negative log likelihood.
#pragma once

#include "job/job.h"

#include <cstdint>
#include <span>

namespace bitloupe {

/// How ids are drawn: token t takes random number `firstCounter` + t of the stream `key`.
struct Draw {
    std::uint64_t key = 0;
    std::uint64_t firstCounter = 0;
    double temperature = 1;
    double softcap = 0; // c tanh(x / c) on the logits; 0: none
};

/// ids[t] drawn from softmax(softcapped logits / temperature). Shapes: logits [ids.size(), width];
/// only the first `vocabulary` columns can be drawn (0: all). Errors: cancelled; badWeights when
/// logits are NaN.
Result<void> drawIds(const Draw& draw, std::span<const float> logits, std::size_t width,
    std::size_t vocabulary, std::span<std::uint32_t> ids, const Job& job);

/// Draws ids as drawIds and replaces the logits by the gradient of the sum over tokens of
/// -log p(id) at temperature 1 with respect to the logits before softcap.
Result<void> drawAndDifferentiate(const Draw& draw, std::span<float> logits, std::size_t width,
    std::size_t vocabulary, std::span<std::uint32_t> ids, const Job& job);

} // namespace bitloupe
