// SPDX-License-Identifier: GPL-3.0-or-later
// Where the sample model that comes with the program is.
#pragma once

#include <filesystem>
#include <optional>

namespace bitloupe {

/// The sample's directory: share/bitloupe/sample beside the running program's folder (installed
/// or in a build tree), else the installed data directory; empty when it is in neither.
std::optional<std::filesystem::path> sampleModelPath();

} // namespace bitloupe
