// SPDX-License-Identifier: GPL-3.0-or-later
// What a FeedbackFactor holds. Columns stand in the order in which they are rounded ("places");
// H is divided by its mean diagonal, so that hostile magnitudes stay within float.
#pragma once

#include "codec/feedback.h"

#include <cstdint>

namespace bitloupe {

struct FeedbackParts {
    explicit FeedbackParts(std::size_t size)
        : columns(size)
        , coupling(size)
        , moments(size)
    {
    }

    std::size_t columns;
    FeedbackOptions options;
    double unit = 1; // mean diagonal of H
    double damping = 0; // added to the diagonal of H / unit
    std::vector<std::uint32_t> order; // column at each place
    ColumnPanels coupling; // U of the damped H
    ColumnPanels moments; // the damped H: shrunk beside the diagonal, raised on it
    std::vector<double> diagonal; // of H / unit, by place
    std::vector<float> pivots; // D of the damped H: what a column's error costs once the later
                               // columns have made good what they can
    std::vector<float> gridWeights; // by place: steer the choice of scales
    std::vector<float> searchWeights; // by column: what `search` would be given
};

} // namespace bitloupe
