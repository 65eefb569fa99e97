// SPDX-License-Identifier: GPL-3.0-or-later
// One safetensors file: opened, its header read by pread and checked.
#pragma once

#include "model/checkpoint_file.h"

#include <filesystem>
#include <string>

namespace bitloupe {

/// `name` is what errors and the Shard call it. Errors: ioRead, notAModel (what it is instead), and
/// those of the header.
Result<CheckpointFile> openSafetensors(const std::filesystem::path& path, const std::string& name);

} // namespace bitloupe
