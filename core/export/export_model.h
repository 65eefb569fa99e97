// SPDX-License-Identifier: GPL-3.0-or-later
// FRONT DOOR of export: check, write, verify, commit.
#pragma once

#include "export/export_target.h"
#include "probe/moments.h"
#include "probe/self_text.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe {

struct ExportOptions {
    Encoder encoder = Encoder::search;
    std::shared_ptr<const Moments> moments {}; // steer search and feedback; null: all columns alike
    std::shared_ptr<const SelfText> selfText {}; // for feedback; null: the model writes it now
    SelfTextOptions selfTextOptions {}; // of what is written now
    bool keepBadTensors = false; // NaN or infinity: keep the tensor unquantized, don't refuse
    bool verify = true;
};

struct WrittenFile {
    std::string name;
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// One quantized decision as found in the written file.
struct TensorCheck {
    std::string name;
    CodecId codec;
    double nrmseEncoded = unknownValue; // when it was encoded
    double nrmseFound = unknownValue; // decoded from the file and compared with the source
    double nrmsePlanned = unknownValue; // from the plan's evidence (its encoder)
    double plannedBound = 0; // relative; what sampling allows; 0: must be equal
    Encoder encoder = Encoder::search; // the one used
    std::string fallback {}; // why not the one asked for; empty: it is
};

struct ExportReport {
    std::filesystem::path path;
    std::vector<WrittenFile> files; // by name
    std::vector<WrittenFile> sourceFiles; // weight files of the source; empty when not verified
    std::vector<TensorCheck> checks; // decision order, quantized ones
    std::uint64_t keptTensors = 0;
    std::uint64_t plannedBytes = 0, weightFileBytes = 0, dataBytes = 0, parameters = 0;
    double largestNrmse = 0, largestDifference = 0; // found against encoded
    std::uint64_t outsideBound = 0; // checks farther from the plan than sampling allows
    std::string digest; // SHA-256 over the weight files' digests in order
    std::vector<std::string> notes;
    Encoder encoder = Encoder::search; // asked for
    ProbeTier tier = ProbeTier::none; // of the moments that steered it
    std::shared_ptr<const SelfText> selfText; // that feedback learnt from; null: none
    std::string selfTextDigest; // SHA-256 of its ids as 32-bit little-endian numbers
    std::uint64_t fallbacks = 0; // checks with a fallback
};

/// Writes `plan` for `model` into the new directory `destination`, or, where the target is files,
/// into the new file of that name (or files of a set named after it) with the manifest beside it;
/// it is there whole, or not at all. Phases: "checking", "encoding", "syncing", "verifying".
/// Errors: targetExists, noSpace, ioWrite, alreadyQuantized, badWeights, verifyMismatch,
/// changedOnDisk, cancelled. Cost: one read of the weights, plus one of each for verification;
/// memory a few tiles a thread.
Result<ExportReport> exportModel(std::shared_ptr<const Model> model, const TargetProfile& profile,
    const Evidence& evidence, const Plan& plan, const std::filesystem::path& destination,
    const ExportOptions& options, const Job& job);

struct VerifyReport {
    std::vector<TensorCheck> checks; // quantized ones; nrmseFound needs a source, the rest a manifest
    std::uint64_t tensors = 0;
    std::uint64_t weightFileBytes = 0;
    std::vector<std::string> problems; // empty: verified
};

/// Checks an exported directory or file: container rules, manifest digests and sizes, config against
/// shapes, and with `source` every tensor decoded and compared. Problems found are in the report;
/// only what prevents looking is an Error.
Result<VerifyReport> verifyExport(const std::filesystem::path& exported,
    std::shared_ptr<const Model> source, const Job& job);

} // namespace bitloupe
