// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probe_input.h"

#include "app/model_input.h"
#include "base/text.h"
#include "measure/block_curves.h"
#include "measure/weigh.h"
#include "probe/imatrix.h"
#include "probe/probe.h"
#include "report/score_cache.h"

namespace bitloupe {
namespace {

std::optional<std::filesystem::path> cacheFor(const Options& options)
{
    return options.noCache ? std::nullopt : defaultCacheDirectory();
}

void noteUnlessKept(const Result<void>& stored, const Session& session)
{
    if (!stored)
        session.note("warning: the analysis is not kept: " + stored.error().message());
}

Result<std::shared_ptr<const Moments>> probedMoments(const std::shared_ptr<const Model>& model,
    ProbeTier tier, const Options& options, const Session& session)
{
    if (tier == ProbeTier::none)
        return std::shared_ptr<const Moments>();
    if (const auto cache = cacheFor(options))
        if (auto kept = loadCachedAnalysis(*cache, *model, tier); kept && kept->moments)
            return std::move(kept->moments);
    auto moments = probeModel(model, tier, session.job);
    if (!moments && moments.error().code == Errc::badWeights && options.probe.empty()) {
        session.note("note: probe none: " + moments.error().message());
        return std::shared_ptr<const Moments>();
    }
    if (!moments)
        return moments.error();
    return std::make_shared<const Moments>(*std::move(moments));
}

} // namespace

Result<ProbeDepth> probeDepthOf(const Options& options)
{
    if (options.probe.empty())
        return ProbeDepth::automatic;
    if (const auto depth = findProbeDepth(options.probe))
        return *depth;
    return Error {Errc::badArgument, "--probe",
        "found " + options.probe + ", expected none, forward, full, self-text or auto"};
}

Result<ProbeChoice> probeChoiceOf(
    const Model& model, const Options& options, const Session& session)
{
    const auto depth = probeDepthOf(options);
    if (!depth)
        return depth.error();
    ProbeChoice choice = chooseProbe(model, *depth, memoryForWeights());
    if (!choice.reason.empty())
        session.note("note: probe " + std::string(probeTierName(choice.tier))
            + (choice.selfText ? " with self-text: " : ": ") + printable(choice.reason, 500));
    return choice;
}

Result<std::shared_ptr<const Moments>> momentsOf(const std::shared_ptr<const Model>& model,
    ProbeTier tier, const Options& options, const Session& session)
{
    auto moments = probedMoments(model, tier, options, session);
    if (!moments || options.imatrix.empty())
        return moments;
    auto mixed = momentsWithImatrix(*model, *moments, options.imatrix);
    if (!mixed)
        return mixed.error();
    for (const std::string& sentence : mixed->notes)
        session.note("note: " + printable(sentence, 500));
    return std::move(mixed->moments);
}

Result<Analysis> probedAnalysisOf(const std::shared_ptr<const Model>& model,
    const ProbeChoice& choice, const Options& options, const Session& session)
{
    const auto cache = cacheFor(options);
    const bool own = options.imatrix.empty();
    if (cache && own && choice.tier != ProbeTier::none)
        if (auto kept = loadCachedAnalysis(*cache, *model, choice.tier))
            return *std::move(kept);
    auto analysis = analysisOf(model, options, session);
    if (!analysis || (choice.tier == ProbeTier::none && own))
        return analysis;
    auto moments = momentsOf(model, choice.tier, options, session);
    if (!moments)
        return moments.error();
    auto weighed = weighCurves(model, *std::move(analysis), *std::move(moments), session.job);
    if (weighed && cache && own)
        noteUnlessKept(storeCachedAnalysis(*cache, *model, *weighed, choice.tier), session);
    return weighed;
}

Result<Analysis> blockAnalysisOf(const std::shared_ptr<const Model>& model,
    const ProbeChoice& choice, const Options& options, const Session& session)
{
    const auto cache = options.imatrix.empty() ? cacheFor(options) : std::nullopt;
    if (cache)
        if (auto kept = loadCachedAnalysis(*cache, *model, choice.tier, true))
            return *std::move(kept);
    auto analysis = probedAnalysisOf(model, choice, options, session);
    if (!analysis)
        return analysis;
    auto extended = addBlockCurves(model, *std::move(analysis), session.job);
    if (extended && cache)
        noteUnlessKept(storeCachedAnalysis(*cache, *model, *extended, choice.tier), session);
    return extended;
}

Result<std::shared_ptr<const SelfText>> selfTextOf(const std::shared_ptr<const Model>& model,
    const Options& options, const Session& session)
{
    auto kept = selfTextThroughCache(model, {}, cacheFor(options), session.job);
    if (!kept)
        return kept.error();
    if (kept->notKept)
        session.note("warning: the self-text is not kept: " + kept->notKept->message());
    return std::move(kept->text);
}

Result<Encoder> encoderOf(const Model& model, const ProbeChoice& choice, const Options& options)
{
    if (options.encoder.empty())
        return choice.selfText ? Encoder::feedback : Encoder::search;
    const auto encoder = findEncoder(options.encoder);
    if (!encoder)
        return Error {Errc::badArgument, "--encoder",
            "found " + options.encoder + ", expected round, search or feedback"};
    if (*encoder == Encoder::feedback)
        if (auto obstacle = selfTextObstacle(model, memoryForWeights()); !obstacle.empty())
            return Error {Errc::unsupported, "--encoder feedback", std::move(obstacle)};
    return *encoder;
}

} // namespace bitloupe
