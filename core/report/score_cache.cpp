// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/score_cache.h"

#include "base/digest.h"
#include "base/output_directory.h"
#include "report/documents.h"
#include "report/schemas.h"

#include <cstdlib>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

fs::path fileFor(const fs::path& cacheDirectory, const Model& model)
{
    std::string key(analysisSchema);
    key += '\n' + std::string(BITLOUPE_VERSION) + '\n' + model.digest();
    for (const Shard& shard : model.shards) {
        const FileIdentity& identity = shard.file->identity();
        key += '\n' + std::to_string(identity.size) + ' ' + std::to_string(identity.modifiedNs);
    }
    return cacheDirectory / ("analysis-" + sha256Hex(key) + ".json");
}

// Only an absolute path counts, as the base directory rules ask.
std::optional<fs::path> absolutePath(const char* variable)
{
    const char* value = std::getenv(variable);
    if (value == nullptr || !fs::path(value).is_absolute())
        return std::nullopt;
    return fs::path(value);
}

} // namespace

std::optional<fs::path> defaultCacheDirectory()
{
    if (const auto cache = absolutePath("XDG_CACHE_HOME"))
        return *cache / "bitloupe";
    if (const auto home = absolutePath("HOME"))
        return *home / ".cache" / "bitloupe";
    return std::nullopt;
}

std::optional<Analysis> loadCachedAnalysis(const fs::path& cacheDirectory, const Model& model)
{
    const auto text = readSmallFile(fileFor(cacheDirectory, model), documentLimits.maxBytes);
    if (!text)
        return std::nullopt;
    auto analysis = analysisFromJson(model, *text);
    if (!analysis || !analysis->complete)
        return std::nullopt;
    return *std::move(analysis);
}

Result<void> storeCachedAnalysis(
    const fs::path& cacheDirectory, const Model& model, const Analysis& analysis)
{
    std::error_code problem;
    fs::create_directories(cacheDirectory, problem);
    if (problem)
        return Error {Errc::ioWrite, cacheDirectory.string(), problem.message()};
    return writeFileAtomically(
        fileFor(cacheDirectory, model), analysisToJson(model, analysis), true);
}

} // namespace bitloupe
