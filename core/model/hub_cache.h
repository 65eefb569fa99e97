// SPDX-License-Identifier: GPL-3.0-or-later
// The layout of the Hugging Face hub's cache:
//   models--ORG--NAME/refs/main, models--ORG--NAME/snapshots/REVISION/FILE -> ../../blobs/DIGEST
#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>

namespace bitloupe {

struct HubEntry {
    std::filesystem::path root; // .../models--ORG--NAME
    std::string repository; // ORG/NAME
    std::string revision; // empty at the root
};

/// The entry that an absolute path lies in, by its names alone.
std::optional<HubEntry> hubEntryOf(const std::filesystem::path& path);

/// The entry whose snapshot a directory is, by its names alone.
std::optional<HubEntry> hubEntryOfSnapshot(const std::filesystem::path& directory);

/// The snapshot to open for the root of an entry: the one refs/main names, else the only one.
/// Errors: notAModel when there is none or more than one.
Result<std::filesystem::path> hubSnapshot(const HubEntry& entry);

} // namespace bitloupe
