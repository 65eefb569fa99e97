// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of squares and of products of channels over tokens.
#pragma once

#include "job/job.h"

#include <span>
#include <vector>

namespace bitloupe {

/// Mean over tokens of the square of each channel, summed in double.
/// Shapes: values [tokens, width].
std::vector<float> meanSquares(std::span<const float> values, std::size_t width);

/// sums += values^T values, the lower triangle left alone: call scaleAndMirror() at the end.
/// Shapes: values [tokens, width], sums [width, width]. Products of 512 tokens are summed in float,
/// these sums in double, and rounded once into `sums`.
/// Errors: cancelled, outOfMemory. Cost: tokens * width^2 flops, a copy of `values`.
Result<void> addCrossProducts(std::span<const float> values, std::size_t width,
    std::span<float> sums, const Job& job);

/// sums += left^T right. Shapes: left [tokens, leftWidth], right [tokens, rightWidth], sums
/// [leftWidth, rightWidth]. Precision, errors and cost as above, with copies of both.
Result<void> addCrossProducts(std::span<const float> left, std::size_t leftWidth,
    std::span<const float> right, std::size_t rightWidth, std::span<float> sums, const Job& job);

/// Multiplies the upper triangle by `factor` and copies it to the lower.
void scaleAndMirror(std::span<float> sums, std::size_t width, float factor);

} // namespace bitloupe
