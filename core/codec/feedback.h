// SPDX-License-Identifier: GPL-3.0-or-later
// Rounding with error feedback: what one column loses is made good by the columns not yet rounded,
// as far as the second moments H of the layer's input allow. Polishing then goes over the groups
// again: scale and bias to where the error is smallest with the codes as they are, each code to
// its best with everything else as it is.
#pragma once

#include "base/result.h"
#include "codec/codec.h"
#include "numeric/upper_factor.h"

#include <memory>
#include <span>
#include <vector>

namespace bitloupe {

struct FeedbackOptions {
    double damping = 0.005; // share of the mean diagonal that is added to it
    double shrinkage = 0.2; // share that is taken off everything beside the diagonal, which a text
                            // of some thousand tokens overstates
    bool energyOrder = true; // busy columns first, as far as groups stay whole
    bool pivotWeights = true; // scales weigh a column by what it costs after feedback, not by H_jj
    int polish = 8; // rounds after which scales and codes have settled, as a rule
    bool refit = true; // scales and biases are polished too, not codes alone
};

struct FeedbackParts;

/// Prepared once for a matrix input, shared by all rows of all matrices that read it. Immutable.
class FeedbackFactor {
public:
    /// Shapes: `covariance` is columns * columns; its upper triangle is read. Channels that were
    /// never active are rounded without feedback. Errors: badArgument when it holds NaN or
    /// infinity or a negative diagonal, or cannot be factored at any damping; cancelled when `run`
    /// stops. Cost: columns^3 / 3 flops, in tasks for `run`; keeps two matrices of the same size.
    static Result<std::shared_ptr<const FeedbackFactor>> make(std::span<const float> covariance,
        std::size_t columns, const FeedbackOptions& options, const RunTasks& run = runInOrder);
    ~FeedbackFactor();
    std::size_t columns() const;
    const FeedbackParts& parts() const { return *m_parts; }

private:
    explicit FeedbackFactor(std::unique_ptr<const FeedbackParts> parts);
    std::unique_ptr<const FeedbackParts> m_parts;
};

/// rows := rows * inverse(H), with H damped as for feedback. Shapes: rows [any, columns].
/// Cost: 2 columns^2 multiply-adds a row.
void solveRows(const FeedbackFactor& factor, std::span<float> rows);

/// Encodes whole rows; bytes lie in `out` as encodeRow leaves them for rows passed as one. What the
/// groups of a superblock share is chosen when its first column begins. Rows do
/// not influence each other, and each is encoded as by `search` with the diagonal of H where that
/// is better. `weighted` of the error is that of y: sum (w - q) H (w - q)^T. The rows must be
/// finite. Codecs that store floats have no codes to choose: as encodeRow without weights.
/// Cost: about 2 columns^2 flops a row and as many for each round of polishing; multiples of 32
/// rows make the best of it.
RowError encodeRowsWithFeedback(const Codec& codec, DType scaleType, const FeedbackFactor& factor,
    std::span<const float> rows, EncodedRow out);

} // namespace bitloupe
