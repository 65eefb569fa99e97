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

/// Key: model digest, file identities (size and modification time) and version; one analysis for
/// each tier of the probe behind it.
std::optional<Analysis> loadCachedAnalysis(const std::filesystem::path& cacheDirectory,
    const Model& model, ProbeTier tier = ProbeTier::none);
/// The one of the deepest tier that is there.
std::optional<Analysis> loadDeepestCachedAnalysis(
    const std::filesystem::path& cacheDirectory, const Model& model);
/// Moments that came from elsewhere than the probe are not for keeping: badArgument.
Result<void> storeCachedAnalysis(
    const std::filesystem::path& cacheDirectory, const Model& model, const Analysis& analysis);

/// Text that the model wrote with the same options.
std::optional<SelfText> loadCachedSelfText(const std::filesystem::path& cacheDirectory,
    const Model& model, const SelfTextOptions& options);
Result<void> storeCachedSelfText(
    const std::filesystem::path& cacheDirectory, const Model& model, const SelfText& text);

} // namespace bitloupe
