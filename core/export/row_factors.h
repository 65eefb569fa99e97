// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows of a matrix are encoded with which factor.
#pragma once

#include "codec/feedback.h"
#include "plan/target_profile.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bitloupe {

/// One factor for all rows, or one for each group of rows. Immutable once filled; thread-safe.
struct RowFactors {
    std::shared_ptr<const FeedbackFactor> common;
    std::vector<std::shared_ptr<const FeedbackFactor>> groups; // or none
    std::vector<std::uint8_t> groupOfRow; // of the model's tensor

    /// Encodes whole rows of a matrix, `firstRow` of it and those after it; `cut` says where the
    /// model's tensor has them. Otherwise as encodeRowsWithFeedback. Rows of a group pass through
    /// the encoder together: thousands at once cost least.
    void encode(const Codec& codec, DType scaleType, const SourceCut& cut, std::uint64_t firstRow,
        std::span<const float> rows, EncodedRow out) const;

private:
    void encodeGroup(const Codec& codec, DType scaleType, std::size_t group,
        std::span<const std::size_t> members, std::span<const float> rows, EncodedRow out) const;
};

} // namespace bitloupe
