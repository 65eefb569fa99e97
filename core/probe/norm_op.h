// SPDX-License-Identifier: GPL-3.0-or-later
// Root-mean-square and layer normalisation of rows, forward and backward.
#pragma once

#include "job/job.h"

#include <span>

namespace bitloupe {

/// x * rsqrt(mean of squares + epsilon) * w, or the same after removing the mean, plus a bias.
struct NormWeights {
    std::span<const float> weight; // as long as a row; empty: ones
    std::span<const float> bias; // empty: none
    std::size_t width = 0; // of a row: hidden, or a head for norms of q and k
    bool removesMean = false; // layer norm
    bool plusOne = false; // the weight is stored as its difference from one
    double epsilon = 1e-6;
};

/// Shapes: in, out [rows, width]; they may be the same. Errors: cancelled.
Result<void> normalise(
    const NormWeights& norm, std::span<const float> in, std::span<float> out, const Job& job);

/// inGradient += gradient at the input `in`. outGradient and inGradient must not overlap.
Result<void> normaliseBack(const NormWeights& norm, std::span<const float> in,
    std::span<const float> outGradient, std::span<float> inGradient, const Job& job);

} // namespace bitloupe
