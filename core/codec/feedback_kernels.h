// SPDX-License-Identifier: GPL-3.0-or-later
// The vector kernels behind feedback: 32 rows side by side, number of row r and column j at
// [32 * j + r]. Products and sums are rounded one by one, so that every target gives the same bits.
#pragma once

#include "codec/affine_kernels.h"
#include "numeric/matrix_product.h"

namespace bitloupe {

inline constexpr std::size_t feedbackRows = panelColumns;

/// Scale and bias of one group in each of 32 rows, and the largest code.
struct FeedbackGrid {
    using Lanes = std::array<float, feedbackRows>;
    alignas(64) Lanes scale {}, bias {};
    float topCode = 0;
};

/// 32 columns in 32 rows.
struct FeedbackColumns {
    const float* values = nullptr;
    float* codes = nullptr; // as floats
    float* errors = nullptr; // value - decoded
};

/// Gives each column in turn the code nearest to its value plus feedback, and hands what it then
/// misses on to the feedback of those after it. `coupling`: 32 x 32, U's block on the diagonal.
void roundWithFeedback(const FeedbackGrid& grid, const float* coupling, float* feedback,
    const FeedbackColumns& columns);

/// Changes each code in turn to the one with which error * H * error^T is smallest, all others as
/// they are. `gradient`: error * H, kept up. `moments`: 32 x 32, H's block on the diagonal.
void polishCodes(const FeedbackGrid& grid, const float* moments, float* gradient,
    const FeedbackColumns& columns);

/// One group in 32 rows, and what it meets of H.
struct FeedbackGroup {
    std::size_t columns = 0; // of the group
    FeedbackColumns lanes;
    const float* momentCodes = nullptr; // H's block times the codes
    const float* momentOnes = nullptr; // row sums of H's block: one number a column
    float* gradient = nullptr; // error * H, kept up
};

/// Moves scale and bias to where error * H * error^T is smallest with the codes as they are, as
/// far as that lowers it once both are rounded to their dtype; errors follow.
void refitGrid(const AffineFormat& format, FeedbackGrid& grid, const FeedbackGroup& group);

} // namespace bitloupe
