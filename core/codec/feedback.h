// SPDX-License-Identifier: GPL-3.0-or-later
// Rounding with error feedback: what one column loses is made good by the columns not yet rounded,
// as far as the second moments H of the layer's input allow.
#pragma once

#include "base/result.h"
#include "codec/codec.h"

#include <memory>
#include <span>
#include <vector>

namespace bitloupe {

struct FeedbackOptions {
    double damping = 0.05; // share of the mean diagonal that is added to it
};

/// Prepared once for a matrix input, shared by all rows of all matrices that read it. Immutable.
class FeedbackFactor {
public:
    /// Shapes: `covariance` is columns * columns, symmetric. Channels that were never active are
    /// rounded without feedback. Errors: badArgument when it holds NaN or infinity or cannot be
    /// factored at any damping. Cost: columns^3 multiplications.
    static Result<std::shared_ptr<const FeedbackFactor>> make(
        std::span<const float> covariance, std::size_t columns, const FeedbackOptions& options);
    virtual ~FeedbackFactor() = default;
    virtual std::size_t columns() const = 0;
};

/// Encodes whole rows; bytes lie in `out` as encodeRow leaves them for rows passed as one. Rows do
/// not influence each other. `weighted` of the error is that of y: sum (w - q) H (w - q)^T.
RowError encodeRowsWithFeedback(const Codec& codec, DType scaleType, const FeedbackFactor& factor,
    std::span<const float> rows, EncodedRow out);

} // namespace bitloupe
