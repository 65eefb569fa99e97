// SPDX-License-Identifier: GPL-3.0-or-later
// One GGUF file, or the parts of a split one: opened, headers read by pread and checked.
#pragma once

#include "job/job.h"
#include "model/checkpoint_file.h"
#include "model/gguf_metadata.h"

#include <filesystem>
#include <span>
#include <string>

namespace bitloupe {

struct GgufFile : CheckpointFile {
    std::shared_ptr<const GgufMetadata> metadata; // reads from the shard's file
    std::vector<ModelWarning> warnings;
};

/// `name` is what errors and the Shard call it. Errors: ioRead, notAModel (what it is instead),
/// and those of the header.
Result<GgufFile> openGguf(const std::filesystem::path& path, const std::string& name);

/// "PREFIX-00002-of-00003.gguf". `number` counts from 1.
std::string ggufPartName(const std::string& prefix, std::uint64_t number, std::uint64_t total);

/// Compares what the parts say of themselves (split.no, split.count, split.tensors.count) with
/// their places; `parts` are all files of the model in order. Errors: badIndex, naming the part.
Result<void> checkGgufSplit(std::span<const GgufFile> parts);

} // namespace bitloupe
