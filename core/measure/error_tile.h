// SPDX-License-Identifier: GPL-3.0-or-later
// A square of a tensor's weights before and after a codec: what an error map shows. Reads and
// encodes no more than that square.
#pragma once

#include "job/job.h"
#include "measure/analysis.h"
#include "model/model.h"

#include <memory>
#include <vector>

namespace bitloupe {

inline constexpr std::uint64_t errorTileSide = 256; // a multiple of every group size

struct ErrorTile {
    std::uint64_t firstRow = 0, firstColumn = 0;
    std::uint64_t rows = 0, columns = 0; // at most errorTileSide each
    std::vector<float> before, after; // row by row
    double nrmse = unknownValue; // of this square; unknown where it is all zeros
};

/// The square that holds (row, column) on a grid of squares, as the search encoder codes it.
/// `moments`: what the exporter steers by, or null. NaN and infinity count as 0.
/// Errors: badArgument for a place outside the tensor and for a codec that cannot hold its rows;
/// as FloatReader and ErrorWeights; cancelled.
/// Cost: reads and encodes 65,536 elements at most.
Result<ErrorTile> errorTile(const std::shared_ptr<const Model>& model, TensorId tensor,
    const Codec& codec, DType scaleType, const std::shared_ptr<const Moments>& moments, std::uint64_t row,
    std::uint64_t column, const Job& job);

} // namespace bitloupe
