// SPDX-License-Identifier: GPL-3.0-or-later
// The vector kernels behind feedback: 32 rows side by side, number of row r and column j at
// [32 * j + r]. Products and sums are rounded one by one, so that every target gives the same bits.
#pragma once

#include "codec/affine_kernels.h"
#include "numeric/matrix_product.h"

namespace bitloupe {

inline constexpr std::size_t feedbackRows = panelColumns;

/// Scale and bias of one group in each of 32 rows.
struct FeedbackGrid {
    using Lanes = std::array<float, feedbackRows>;
    alignas(64) Lanes scale {}, bias {};
    alignas(64) Lanes scaleUnit {}, biasUnit {}; // what they are whole multiples of, if of anything
};

/// What codes and numbers of a codec can be.
struct FeedbackRule {
    float bottomCode = 0, topCode = 0;
    bool tableCodes = false; // codes are the levels of IQ4
    bool hasBias = true;
    DType numberType = DType::F32; // of scale and bias, unless they are multiples
    float scaleLimit = 0, biasLimit = 0;
    bool multiples = false;
    float lowestScale = 0, highestScale = 0, highestMin = 0; // of the units; bias = -unit * min
};

/// The grids of 32 columns: that of column j is grids[of[j]].
struct ColumnGrids {
    const FeedbackGrid* grids = nullptr;
    const std::uint8_t* of = nullptr;
};

/// 32 columns in 32 rows.
struct FeedbackColumns {
    const float* values = nullptr;
    float* codes = nullptr; // as floats
    float* errors = nullptr; // value - decoded
};

/// Gives each column in turn the code nearest to its value plus feedback, and hands what it then
/// misses on to the feedback of those after it. `coupling`: 32 x 32, U's block on the diagonal.
void roundWithFeedback(const FeedbackRule& rule, const ColumnGrids& grids, const float* coupling,
    float* feedback, const FeedbackColumns& columns);

/// Changes each code in turn to the one with which error * H * error^T is smallest, all others as
/// they are. `gradient`: error * H, kept up. `moments`: 32 x 32, H's block on the diagonal.
void polishCodes(const FeedbackRule& rule, const ColumnGrids& grids, const float* moments,
    float* gradient, const FeedbackColumns& columns);

/// One group in 32 rows among columns of which it may be a part, and what it meets of H.
struct FeedbackGroup {
    std::size_t columns = 0;
    FeedbackColumns lanes;
    const float* member = nullptr; // 1 for its own columns, else 0
    const float* biased = nullptr; // what the bias adds to: as member, or nothing
    const float* momentCodes = nullptr; // H's block times its own codes
    const float* momentOnes = nullptr; // H's block times `biased`: one number a column
    float* gradient = nullptr; // error * H, kept up
};

/// Moves scale and bias to where error * H * error^T is smallest with the codes as they are, as
/// far as that lowers it once both are rounded to their dtype; errors follow.
void refitGrid(const FeedbackRule& rule, FeedbackGrid& grid, const FeedbackGroup& group);

} // namespace bitloupe
