// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model_input.h"

#include "base/output_directory.h"
#include "base/source_file.h"
#include "base/text.h"
#include "measure/measure.h"
#include "model/open.h"
#include "report/score_cache.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::uint64_t longestResult = std::uint64_t {1} << 30;
constexpr std::uint64_t schemaWithin = 256; // bytes from the beginning of a result file

bool isEarlierResult(const std::filesystem::path& path, std::string_view schema)
{
    const auto file = SourceFile::open(path);
    if (!file)
        return false;
    const auto start = (*file)->read(0, std::min((*file)->size(), schemaWithin));
    if (!start)
        return false;
    const std::string_view text(reinterpret_cast<const char*>(start->data()), start->size());
    return text.starts_with('{') && text.find(schema) != std::string_view::npos;
}

} // namespace

Result<std::shared_ptr<const Model>> openNamedModel(const std::string& path, const Session& session)
{
    auto model = openModel(path, session.job);
    if (model)
        for (const ModelWarning& warning : (*model)->warnings)
            session.note(
                "warning: " + printable(warning.where) + ": " + printable(warning.sentence));
    return model;
}

Result<Analysis> analysisOf(
    const std::shared_ptr<const Model>& model, const Options& options, const Session& session)
{
    const auto cache = options.noCache ? std::nullopt : defaultCacheDirectory();
    if (cache)
        if (auto kept = loadCachedAnalysis(*cache, *model))
            return *std::move(kept);
    auto analysis = measureModel(model, MeasureOptions {}, session.job);
    if (analysis && cache)
        if (const auto stored = storeCachedAnalysis(*cache, *model, *analysis); !stored)
            session.note("warning: the analysis is not kept: " + stored.error().message());
    return analysis;
}

Result<void> writeResult(const std::string& path, std::string_view text, std::string_view schema)
{
    std::error_code ignored;
    const bool exists = std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
    if (exists && !isEarlierResult(path, schema))
        return Error {Errc::targetExists, path, "it exists and is not an earlier result"};
    return writeFileAtomically(path, text, exists);
}

Result<std::string> readResult(const std::string& path)
{
    const auto file = SourceFile::open(path);
    if (!file)
        return file.error();
    if ((*file)->size() > longestResult)
        return Error {Errc::badJson, path, "larger than any result, 1 GiB"};
    const auto bytes = (*file)->read(0, (*file)->size());
    if (!bytes)
        return bytes.error();
    return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

} // namespace bitloupe
