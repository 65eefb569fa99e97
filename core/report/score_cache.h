// SPDX-License-Identifier: GPL-3.0-or-later
// Analyses and self-text kept between runs, keyed by the model's content and the program's version. A damaged
// or foreign cache file is ignored.
#pragma once

#include "job/job.h"
#include "measure/analysis.h"
#include "model/model.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace bitloupe {

/// $XDG_CACHE_HOME/bitloupe or ~/.cache/bitloupe; empty when neither is set.
std::optional<std::filesystem::path> defaultCacheDirectory();

/// Key: model digest, file identities (size and modification time) and version; one analysis for
/// each tier that was asked of the probe behind it and what it came to (text, the vocabulary, or
/// less than asked), and one more with the curves of blocks. One from the vocabulary answers only
/// while the model cannot write text here.
std::optional<Analysis> loadCachedAnalysis(const std::filesystem::path& cacheDirectory,
    const Model& model, ProbeTier tier = ProbeTier::none, bool blockCurves = false);
/// The one of the deepest tier that is there.
std::optional<Analysis> loadDeepestCachedAnalysis(
    const std::filesystem::path& cacheDirectory, const Model& model);
/// `asked` of the probe; empty: what it came to. Moments that came from elsewhere than the probe are
/// not for keeping: badArgument.
Result<void> storeCachedAnalysis(const std::filesystem::path& cacheDirectory, const Model& model,
    const Analysis& analysis, std::optional<ProbeTier> asked = {});

/// Text that the model wrote with the same options.
std::optional<SelfText> loadCachedSelfText(const std::filesystem::path& cacheDirectory,
    const Model& model, const SelfTextOptions& options);
Result<void> storeCachedSelfText(
    const std::filesystem::path& cacheDirectory, const Model& model, const SelfText& text);

/// Text that the model writes: from the cache, else written now and kept there.
struct KeptSelfText {
    std::shared_ptr<const SelfText> text;
    std::optional<Error> notKept; // it could not be stored: only the next time costs more
};
/// Errors: as writeSelfText.
Result<KeptSelfText> selfTextThroughCache(const std::shared_ptr<const Model>& model,
    const SelfTextOptions& options, const std::optional<std::filesystem::path>& cacheDirectory,
    const Job& job);

} // namespace bitloupe
