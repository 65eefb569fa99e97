// SPDX-License-Identifier: GPL-3.0-or-later
// The weights with which a matrix, reading what the encoded layers before it give, comes closest
// to the float model's outputs: what is encoded in the place of the weights themselves.
#pragma once

#include "codec/feedback.h"
#include "plan/target_profile.h"
#include "probe/input_covariance.h"

#include <memory>
#include <span>

namespace bitloupe {

/// Of all matrices that read one input. Immutable.
class WantedRows {
public:
    /// Takes the covariance's numbers; null where it does not tell what the float model differs by.
    static std::shared_ptr<const WantedRows> take(
        InputCovariance& covariance, std::shared_ptr<const FeedbackFactor> factor);

    /// Moves rows of a matrix, `firstRow` and those after it; `cut` says where the model's tensor
    /// has them.
    void move(std::span<float> rows, const SourceCut& cut, std::uint64_t firstRow) const;

private:
    std::shared_ptr<const FeedbackFactor> m_factor;
    std::size_t m_columns = 0;
    std::vector<float> m_perWeight; // [columns, columns]
    std::vector<float> m_perOutput; // [outputs, columns]; or none
};

} // namespace bitloupe
