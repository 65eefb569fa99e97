// SPDX-License-Identifier: GPL-3.0-or-later
// Rotary position embedding: pair i of a head is (i, i + dimensions / 2), turned by position times
// its frequency. The scalings are those of transformers' rope_scaling.
#pragma once

#include "job/job.h"

#include <optional>
#include <span>
#include <vector>

namespace bitloupe {

enum class RotaryScaling : std::uint8_t {
    none, // also "dynamic", which changes nothing at lengths the model was trained at
    linear,
    llama3,
    yarn,
    longrope, // "su" in older configurations
};

/// Numbers as config.json spells them; those the scaling does not use are ignored.
struct RotarySettings {
    std::size_t dimensions = 0; // rotated, the first ones of each head; even
    double theta = 10'000;
    RotaryScaling scaling = RotaryScaling::none;
    double factor = 1;
    double lowFreqFactor = 1, highFreqFactor = 4; // llama3
    double betaFast = 32, betaSlow = 1; // yarn
    bool truncate = true; // yarn: whole dimensions bound the ramp
    std::optional<double> mscale, mscaleAllDim; // yarn
    std::optional<double> attentionFactor; // yarn, longrope
    std::vector<double> shortFactor, longFactor; // longrope: one a pair
    double originalPositions = 0; // original_max_position_embeddings; 0: as maxPositions
    double maxPositions = 0; // max_position_embeddings
};

/// Cosines and sines of every position below `length`, times the attention factor.
/// Shapes: [length, dimensions / 2].
struct RotaryAngles {
    std::size_t dimensions = 0;
    std::vector<float> cosines, sines;
    std::size_t pairs() const { return dimensions / 2; }
};

/// Angles in double, rounded once.
/// Errors: badConfig when a factor list is not as long as there are pairs.
/// Source: transformers 4.5x, modeling_rope_utils.
Result<RotaryAngles> rotaryAngles(const RotarySettings& settings, std::size_t length);

/// Turns every head of every row in place. Shapes: values [tokens, heads * headDim], sequences of
/// `length` tokens one after another, the first of each at `firstPosition`.
Result<void> rotate(const RotaryAngles& angles, std::size_t length, std::size_t firstPosition,
    std::size_t headDim, std::size_t heads, std::span<float> values, const Job& job);

/// The gradient before the turn from the one after it, in place.
Result<void> rotateBack(const RotaryAngles& angles, std::size_t length, std::size_t headDim,
    std::size_t heads, std::span<float> gradient, const Job& job);

} // namespace bitloupe
