// SPDX-License-Identifier: GPL-3.0-or-later
// Which files a path means: directory, index, shard, single file, GGUF or hub cache entry. Opens
// no weights.
#pragma once

#include "model/model.h"
#include "model/shard_index.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe {

struct Location {
    ModelFormat format = ModelFormat::safetensors;
    std::string name;
    std::string revision;
    std::filesystem::path directory;
    std::vector<std::string> files; // relative to the directory, sorted; parts in order
    std::optional<ShardIndex> index; // its files are `files`
    bool complete = true; // false for one shard without its siblings
    std::vector<ModelWarning> warnings;
};

/// Errors: ioRead, notAModel (what the path holds instead, or which part of it is absent),
/// badIndex, badJson.
Result<Location> locateModel(const std::filesystem::path& path);

} // namespace bitloupe
