// SPDX-License-Identifier: GPL-3.0-or-later
// From logits to drawn ids, and to the gradient of their negative log likelihood.
#pragma once

#include "job/job.h"

#include <cstdint>
#include <span>

namespace bitloupe {

/// Logits that a pass over many tokens holds: 128 MiB.
inline constexpr std::size_t logitsAtOnce = (std::size_t(128) << 20) / sizeof(float);

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

/// Replaces the logits of each token by p (1 - p): how much each of them says of the distribution.
/// `softcap` as in Draw. Shapes: logits [tokens, width]. Errors: as drawIds.
Result<void> likelihoodVariances(
    double softcap, std::span<float> logits, std::size_t width, const Job& job);

} // namespace bitloupe
