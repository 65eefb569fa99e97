// SPDX-License-Identifier: GPL-3.0-or-later
// Analyses kept between runs, keyed by the model's content and the program's version. A damaged
// or foreign cache file is ignored.
#pragma once

#include "measure/analysis.h"
#include "model/model.h"

#include <filesystem>
#include <optional>

namespace bitloupe {

/// $XDG_CACHE_HOME/bitloupe or ~/.cache/bitloupe; empty when neither is set.
std::optional<std::filesystem::path> defaultCacheDirectory();

/// Key: model digest, file identities (size and modification time) and version.
std::optional<Analysis> loadCachedAnalysis(
    const std::filesystem::path& cacheDirectory, const Model& model);
Result<void> storeCachedAnalysis(
    const std::filesystem::path& cacheDirectory, const Model& model, const Analysis& analysis);

} // namespace bitloupe
