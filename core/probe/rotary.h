// SPDX-License-Identifier: GPL-3.0-or-later
// Rotary position embedding: pair i of a head is (i, i + dimensions / 2), or (2i, 2i + 1), turned by
// position times its frequency. The scalings are those of transformers' rope_scaling.
#pragma once

#include "job/job.h"
#include "probe/architecture.h"

#include <span>
#include <vector>

namespace bitloupe {

/// Cosines and sines of every position below `length`, times the attention factor.
/// Shapes: [length, dimensions / 2].
struct RotaryAngles {
    std::size_t dimensions = 0;
    bool neighbours = false; // the pairs are (2i, 2i + 1)
    std::vector<float> cosines, sines;
    std::size_t pairs() const { return dimensions / 2; }
};

/// Angles in double, rounded once. "dynamic" is taken at lengths the model was trained at, where it
/// changes nothing; longrope with its short factors. Errors: unsupported for an unknown scaling;
/// badConfig when a factor list is not as long as there are pairs.
/// Source: transformers 4.5x, modeling_rope_utils.
Result<RotaryAngles> rotaryAngles(const Rotary& rotary, std::size_t length);

/// Turns every head of every row in place. Shapes: values [tokens, heads * headDim], sequences of
/// `length` tokens one after another, the first of each at `firstPosition`.
Result<void> rotate(const RotaryAngles& angles, std::size_t length, std::size_t firstPosition,
    std::size_t headDim, std::size_t heads, std::span<float> values, const Job& job);

/// The gradient before the turn from the one after it, in place.
Result<void> rotateBack(const RotaryAngles& angles, std::size_t length, std::size_t headDim,
    std::size_t heads, std::span<float> gradient, const Job& job);

} // namespace bitloupe
