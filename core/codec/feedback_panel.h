// SPDX-License-Identifier: GPL-3.0-or-later
// Encoding of up to 32 rows side by side; scratch of one thread.
#pragma once

#include "codec/feedback_numbers.h"
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
    ColumnGrids gridsAt(std::size_t place) const;
    void placeGroups();
    void chooseBlock(std::size_t block);
    void addFeedback(std::size_t firstError, std::size_t place, float* feedback) const;
    void encodeBlock(std::size_t block);
    void gradientOf(std::size_t unit);
    void refitGroup(std::size_t unit, std::size_t group);
    void polishUnit(std::size_t unit);
    Sums outputErrors(const std::vector<float>& errors) const;

    const FeedbackParts& m_parts;
    FeedbackNumbers m_numbers;
    std::size_t m_block; // places whose numbers are chosen together
    std::size_t m_unit; // places that are polished together: one group, or some that share 32
    std::size_t m_perUnit; // groups
    std::size_t m_rows = 0;
    std::vector<float> m_values, m_codes, m_errors; // [padded columns, 32]
    std::vector<float> m_feedback; // [block, 32]; the gradient while polishing
    std::vector<float> m_ownCodes, m_momentCodes; // [unit, 32]
    std::vector<float> m_member, m_biased, m_momentOnes; // [unit]
    std::vector<FeedbackGrid> m_grids; // groups of a unit side by side
    std::vector<std::uint8_t> m_gridOf; // by place: which grid of its unit
    std::vector<std::size_t> m_gridOfGroup; // by group in the order of columns
    std::vector<float> m_blockRows, m_blockWeights; // [32, block], [block] by column
    std::vector<FeedbackGrid> m_chosen; // [groups of a block]
};

} // namespace bitloupe
