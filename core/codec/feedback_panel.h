// SPDX-License-Identifier: GPL-3.0-or-later
// Encoding of up to 32 rows side by side; scratch of one thread.
#pragma once

#include "codec/feedback_kernels.h"
#include "codec/feedback_parts.h"

#include <vector>

namespace bitloupe {

class FeedbackPanel {
public:
    using Sums = std::array<double, feedbackRows>;

    FeedbackPanel(const Codec& codec, DType scaleType, const FeedbackParts& parts);

    /// Takes 1 to 32 whole rows.
    void load(std::span<const float> rows);
    void encode();
    /// Of codes and grids as they are: sum (w - q) H (w - q)^T, damping left out.
    Sums outputErrors() const;
    /// The same of other decoded values of the rows that were loaded.
    Sums outputErrorsOf(std::span<const float> decodedRows);
    double squaredError(std::size_t row) const;
    void write(std::size_t row, EncodedRow out) const;

private:
    float* at(std::vector<float>& lanes, std::size_t place) const
    {
        return lanes.data() + place * feedbackRows;
    }
    FeedbackColumns columnsAt(std::size_t place);
    void chooseGrid(std::size_t group);
    void addFeedback(std::size_t firstError, std::size_t place, float* feedback) const;
    void encodeGroup(std::size_t group);
    void gradientOf(std::size_t group);
    void refitGroup(std::size_t group);
    void polishGroup(std::size_t group);
    Sums outputErrors(const std::vector<float>& errors) const;

    const FeedbackParts& m_parts;
    AffineFormat m_format;
    std::size_t m_rows = 0;
    std::vector<float> m_values, m_codes, m_errors; // [padded columns, 32]
    std::vector<float> m_feedback; // [group, 32]; the gradient while polishing
    std::vector<float> m_momentCodes; // [group, 32]
    std::vector<float> m_momentOnes; // [group]
    std::vector<FeedbackGrid> m_grids;
    std::vector<float> m_groupRows, m_groupWeights; // [16 or 32, group]
};

} // namespace bitloupe
