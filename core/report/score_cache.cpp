// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/score_cache.h"

#include "base/digest.h"
#include "base/output_directory.h"
#include "base/text.h"
#include "probe/probe.h"
#include "report/documents.h"
#include "report/schemas.h"

#include <cstdlib>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

fs::path fileFor(const fs::path& cacheDirectory, const Model& model, std::string_view schema,
    const std::string& variant)
{
    std::string key(schema);
    key += '\n' + std::string(BITLOUPE_VERSION) + '\n' + model.digest();
    for (const Shard& shard : model.shards) {
        const FileIdentity& identity = shard.file->identity();
        key += '\n' + std::to_string(identity.size) + ' ' + std::to_string(identity.modifiedNs);
    }
    const std::string kind = schema == analysisSchema ? "analysis-" : "self-text-";
    return cacheDirectory / (kind + sha256Hex(key) + variant + ".json");
}

// What came of asking for a tier.
enum class Outcome { asked, fromText, fromVocabulary, less };

std::string variantOf(ProbeTier tier, Outcome outcome)
{
    const std::string name = "-" + std::string(probeTierName(tier));
    switch (outcome) {
    case Outcome::fromText:
        return name + "-text";
    case Outcome::fromVocabulary:
        return name + "-vocabulary";
    case Outcome::less:
        return name + "-less";
    case Outcome::asked:
        break;
    }
    return tier == ProbeTier::none ? std::string() : name;
}

Outcome outcomeOf(ProbeTier asked, const Analysis& analysis)
{
    if (tierOf(analysis.moments) < asked)
        return Outcome::less;
    if (asked < ProbeTier::full)
        return Outcome::asked;
    return analysis.moments->ownText ? Outcome::fromText : Outcome::fromVocabulary;
}

fs::path analysisFile(const fs::path& cacheDirectory, const Model& model, ProbeTier tier,
    Outcome outcome, bool blockCurves)
{
    return fileFor(cacheDirectory, model, analysisSchema,
        variantOf(tier, outcome) + (blockCurves ? "-blocks" : ""));
}

std::optional<Analysis> loadOutcome(const fs::path& cacheDirectory, const Model& model,
    ProbeTier tier, Outcome outcome, bool blockCurves)
{
    const auto text = readSmallFile(
        analysisFile(cacheDirectory, model, tier, outcome, blockCurves), documentLimits.maxBytes);
    if (!text)
        return std::nullopt;
    auto analysis = analysisFromJson(model, *text);
    if (!analysis || !analysis->complete || analysis->blockCurves != blockCurves
        || outcomeOf(tier, *analysis) != outcome)
        return std::nullopt;
    // Less than was asked for says why; moments from elsewhere are nobody's cache.
    const bool says = analysis->moments && !analysis->moments->reason.empty();
    if ((outcome == Outcome::less && !says)
        || (analysis->moments && !analysis->moments->source.empty()))
        return std::nullopt;
    return *std::move(analysis);
}

fs::path selfTextFile(
    const fs::path& cacheDirectory, const Model& model, const SelfTextOptions& options)
{
    return fileFor(cacheDirectory, model, selfTextSchema,
        "-" + std::to_string(options.sequences) + "x" + std::to_string(options.length) + "-t"
            + numberText(options.temperature) + "-s" + std::to_string(options.seed));
}

Result<void> store(const fs::path& cacheDirectory, const fs::path& file, std::string_view text)
{
    std::error_code problem;
    fs::create_directories(cacheDirectory, problem);
    if (problem)
        return Error {Errc::ioWrite, cacheDirectory.string(), problem.message()};
    return writeFileAtomically(file, text, true);
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

std::optional<Analysis> loadCachedAnalysis(
    const fs::path& cacheDirectory, const Model& model, ProbeTier tier, bool blockCurves)
{
    const Outcome best = tier < ProbeTier::full ? Outcome::asked : Outcome::fromText;
    if (auto kept = loadOutcome(cacheDirectory, model, tier, best, blockCurves))
        return kept;
    if (tier == ProbeTier::none)
        return std::nullopt;
    if (auto kept = loadOutcome(cacheDirectory, model, tier, Outcome::less, blockCurves))
        return kept;
    // Single words do where there is still no memory for text.
    if (tier < ProbeTier::full || probeTextObstacle(model).empty())
        return std::nullopt;
    return loadOutcome(cacheDirectory, model, tier, Outcome::fromVocabulary, blockCurves);
}

std::optional<Analysis> loadDeepestCachedAnalysis(
    const fs::path& cacheDirectory, const Model& model)
{
    for (const ProbeTier tier : {ProbeTier::full, ProbeTier::forward})
        if (auto kept = loadCachedAnalysis(cacheDirectory, model, tier))
            return kept;
    return loadCachedAnalysis(cacheDirectory, model);
}

Result<void> storeCachedAnalysis(
    const fs::path& cacheDirectory, const Model& model, const Analysis& analysis,
    std::optional<ProbeTier> asked)
{
    if (analysis.moments && !analysis.moments->source.empty())
        return Error {Errc::badArgument, {}, "moments from elsewhere are not kept"};
    const ProbeTier tier = asked.value_or(tierOf(analysis.moments));
    const fs::path file = analysisFile(
        cacheDirectory, model, tier, outcomeOf(tier, analysis), analysis.blockCurves);
    return store(cacheDirectory, file, analysisToJson(model, analysis));
}

std::optional<SelfText> loadCachedSelfText(
    const fs::path& cacheDirectory, const Model& model, const SelfTextOptions& options)
{
    const auto text
        = readSmallFile(selfTextFile(cacheDirectory, model, options), documentLimits.maxBytes);
    if (!text)
        return std::nullopt;
    auto read = selfTextFromJson(model, *text);
    const bool same = read && read->options.sequences == options.sequences
        && read->options.length == options.length
        && read->options.temperature == options.temperature && read->options.seed == options.seed;
    if (!same)
        return std::nullopt;
    return *std::move(read);
}

Result<KeptSelfText> selfTextThroughCache(const std::shared_ptr<const Model>& model,
    const SelfTextOptions& options, const std::optional<fs::path>& cacheDirectory, const Job& job)
{
    KeptSelfText kept;
    if (cacheDirectory)
        if (auto found = loadCachedSelfText(*cacheDirectory, *model, options)) {
            kept.text = std::make_shared<const SelfText>(*std::move(found));
            return kept;
        }
    auto text = writeSelfText(model, options, job);
    if (!text)
        return text.error();
    if (cacheDirectory)
        if (const auto stored = storeCachedSelfText(*cacheDirectory, *model, *text); !stored)
            kept.notKept = stored.error();
    kept.text = std::make_shared<const SelfText>(*std::move(text));
    return kept;
}

Result<void> storeCachedSelfText(
    const fs::path& cacheDirectory, const Model& model, const SelfText& text)
{
    return store(cacheDirectory, selfTextFile(cacheDirectory, model, text.options),
        selfTextToJson(model, text));
}

} // namespace bitloupe
