// SPDX-License-Identifier: GPL-3.0-or-later
// The names in a folder, sorted by what they are to a model; and words for a folder without one.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

struct FolderListing {
    std::vector<std::string> modelFiles; // model*.safetensors, sorted
    std::vector<std::string> otherSafetensors;
    std::vector<std::string> indexFiles; // *.safetensors.index.json
    std::vector<std::string> pickles; // .bin, .pt, .pth, .ckpt
    std::vector<std::string> ggufs; // sorted
    bool has(std::string_view name) const;
};

/// Errors: ioRead. Cost: one directory read, at most 100,000 names.
Result<FolderListing> listFolder(const std::filesystem::path& directory);

/// The error for a folder in which there is no model that can be chosen.
Error nothingToOpen(const std::filesystem::path& directory, const FolderListing& listing);

struct ShardNumber {
    std::string stem; // "model"
    std::uint64_t number = 0, total = 0;
};

/// Parts of "STEM-00001-of-00004.safetensors", or with another ending; empty for other names.
std::optional<ShardNumber> shardNumber(
    std::string_view fileName, std::string_view ending = ".safetensors");

} // namespace bitloupe
