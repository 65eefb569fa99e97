// SPDX-License-Identifier: GPL-3.0-or-later
// Questions about paths that must be answered before anything is written.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>

namespace bitloupe {

/// True when `inner` is `outer` or lies below it, by device and inode of every existing ancestor
/// (so links, hard links and case folding do not deceive).
bool isInside(const std::filesystem::path& inner, const std::filesystem::path& outer);

/// Bytes an unprivileged writer may still use where `path` (or its nearest existing parent) lies.
Result<std::uint64_t> freeSpace(const std::filesystem::path& path);

/// True when `path`, links resolved, is a regular file inside `directory`, links resolved.
bool isRegularFileInside(
    const std::filesystem::path& path, const std::filesystem::path& directory);

} // namespace bitloupe
