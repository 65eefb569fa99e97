// SPDX-License-Identifier: GPL-3.0-or-later
// Plain facts of a tensor, put together from what its tiles yielded.
#pragma once

#include "measure/analysis.h"
#include "numeric/tile_sums.h"

#include <cstdint>
#include <span>
#include <vector>

namespace bitloupe {

/// What a stored 16-bit float means, or a float itself.
enum class CodeMeaning : std::uint8_t { bf16, f16 };

/// Moments of the finite values behind the counts of all 65,536 codes; fills in elements, zeros,
/// NaN and infinity counts, moments and histogram of `facts`.
CentralMoments factsFromCounts(
    CodeMeaning meaning, std::span<const std::uint64_t> counts, TensorFacts& facts);

/// Everything but histogram, counts of NaN and infinities, and norms.
void factsFromMoments(const CentralMoments& moments, TensorFacts& facts);

/// Adds finite values to the histogram; minimum and maximum must be known.
void addToHistogram(std::span<const float> values, TensorFacts& facts);

/// Excess kurtosis; 0 for a constant tensor. Source: Pearson's moment ratio less 3.
double excessKurtosis(const CentralMoments& moments);

/// Largest over median norm, from squared norms; 1 when all are zero, unknownValue when only the
/// median is, or without any. Reorders `energies`.
double normSpread(std::vector<double>& energies);

} // namespace bitloupe
