// SPDX-License-Identifier: GPL-3.0-or-later
// One safetensors file: opened, its header read by pread and checked.
#pragma once

#include "model/model.h"

#include <filesystem>
#include <string>
#include <vector>

namespace bitloupe {

struct SafetensorsFile {
    Shard shard;
    std::vector<TensorInfo> tensors; // by offset; byteOffset counts from the start of the file
};

/// `name` is what errors and the Shard call it. Errors: ioRead, notAModel (what it is instead),
/// unsupported (GGUF), and those of the header.
Result<SafetensorsFile> openSafetensors(const std::filesystem::path& path, const std::string& name);

} // namespace bitloupe
