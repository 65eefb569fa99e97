// SPDX-License-Identifier: GPL-3.0-or-later
// What the panel of feedback has to know of a codec: groups, what their numbers can be, how the
// numbers are chosen for 32 rows, and how they are written.
#pragma once

#include "codec/feedback_kernels.h"
#include "codec/ggml/block_format.h"

#include <vector>

namespace bitloupe {

class FeedbackNumbers {
public:
    FeedbackNumbers(const Codec& codec, DType scaleType);

    const FeedbackRule& rule() const { return m_rule; }
    std::size_t groupSize() const { return m_groupSize; }
    /// Columns whose numbers are chosen together: a superblock, else a group.
    std::size_t blockSize() const { return m_blockSize; }

    /// Chooses the numbers of `rows` rows of one block. Shapes: values [rows, block] in the order
    /// of columns, room for 32 rows; weights [block]; grids: one a group.
    void choose(const float* values, const float* weights, std::size_t rows, FeedbackGrid* grids);
    /// Writes row `row` of consecutive blocks. Shapes: codes [columns] as the panel has them;
    /// grids: one a group in the order of columns.
    void write(std::span<const float> codes, std::span<const FeedbackGrid* const> grids,
        std::size_t row, EncodedRow out) const;

private:
    void chooseAffine(const float* values, std::size_t rows, FeedbackGrid& grid);
    void chooseBlocks(const float* values, std::size_t rows, FeedbackGrid* grids);
    void writeAffine(std::span<const float> codes, std::span<const FeedbackGrid* const> grids,
        std::size_t row, EncodedRow out) const;
    void writeRowOfBlocks(std::span<const float> codes,
        std::span<const FeedbackGrid* const> grids, std::size_t row, EncodedRow out) const;

    FeedbackRule m_rule;
    AffineFormat m_affine;
    const BlockFormat* m_block = nullptr; // null: affine
    std::size_t m_groupSize, m_blockSize;
    std::vector<float> m_weights; // [groups at once, group]
};

} // namespace bitloupe
