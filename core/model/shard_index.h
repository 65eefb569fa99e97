// SPDX-License-Identifier: GPL-3.0-or-later
// model.safetensors.index.json: which tensor is in which file.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bitloupe {

struct ShardIndex {
    std::vector<std::string> files; // sorted, each once
    std::vector<std::pair<std::string, std::uint32_t>> tensors; // name, file; sorted by name
};

/// Errors: badJson; badIndex when there is no weight_map of strings, it is empty, or a file name
/// is not a plain relative one. No file is opened.
Result<ShardIndex> parseShardIndex(std::string_view text);

/// True for a relative path of plain names: no "..", no root, backslash, drive, URL, NUL, "~" or
/// "$", no empty part and none above 255 bytes.
bool isPlainRelativeName(std::string_view name);

} // namespace bitloupe
