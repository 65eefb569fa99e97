// SPDX-License-Identifier: GPL-3.0-or-later
// Weights on their way into the files: tiles read, encoded and written in parallel, at offsets
// fixed beforehand, so that the bytes are the same for any number of threads.
#pragma once

#include "base/output_directory.h"
#include "codec/feedback.h"
#include "export/decision_rows.h"
#include "export/weight_files.h"
#include "job/job.h"
#include "probe/moments.h"
#include "probe/self_text.h"

#include <memory>
#include <string>
#include <vector>

namespace bitloupe {

/// Squared error and energy of one decision, summed over its tiles in order.
struct DecisionSums {
    double squaredError = 0;
    double energy = 0;
    Encoder encoder = Encoder::search; // that most of its matrices had
    std::string fallback; // why not all have the encoder asked for; empty: they have
    double nrmse() const;
};

struct EncodeInput {
    std::shared_ptr<const Model> model;
    const TargetProfile& profile;
    std::span<const std::uint16_t> choice;
    const WeightFiles& files;
    Encoder encoder;
    std::shared_ptr<const Moments> moments; // null: all columns alike
    std::shared_ptr<const SelfText> selfText; // needed by feedback
    FeedbackOptions feedback {};
    bool allowBad = false; // NaN and infinity may pass into plain floats
};

/// Tiles of all decisions in order.
std::vector<RowTile> tilesOf(std::span<const Decision> decisions);

/// Fills `outputs` (one a weight file) and returns the errors of each decision.
/// Errors: badWeights, changedOnDisk, ioRead, ioWrite, noSpace, cancelled.
/// Cost: one read of the weights; a few tiles a thread.
Result<std::vector<DecisionSums>> encodeWeights(
    const EncodeInput& input, std::span<OutputFile> outputs, const Job& job);

/// Decisions with a codec of codes that hold NaN or infinity, marked. Cost: one read of them.
Result<std::vector<bool>> findBadDecisions(const std::shared_ptr<const Model>& model,
    const TargetProfile& profile, std::span<const std::uint16_t> choice, const Job& job);

/// Bytes of `columns` columns of a row, by part; none for no columns.
RowLayout partBytes(const Codec& codec, std::uint64_t columns, DType scaleType);

/// The values as a stored codec keeps them.
std::vector<std::byte> plainFloats(DType dtype, std::span<const float> in);

/// Bytes of the source that a tile reads, for progress.
std::uint64_t sourceBytes(const Model& model, const Decision& decision, const RowTile& tile);

} // namespace bitloupe
