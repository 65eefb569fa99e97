// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probing.h"

#include "measure/block_curves.h"
#include "measure/weigh.h"
#include "probe/imatrix.h"
#include "report/score_cache.h"

#include <algorithm>

namespace bitloupe::ui {

ProbeTier tierToAsk(ProbeDepth depth, const ProbeSupport& support)
{
    return std::min(tierOf(depth), support.tier);
}

std::optional<Analysis> cachedFor(
    const std::filesystem::path& cache, const Model& model, ProbeTier tier, bool blocks)
{
    if (blocks)
        if (auto whole = loadCachedAnalysis(cache, model, tier, true))
            return whole;
    auto found = loadCachedAnalysis(cache, model, tier);
    return found || tier == ProbeTier::none ? std::move(found) : loadCachedAnalysis(cache, model);
}

Result<Probed> probeAndWeigh(const std::shared_ptr<const Model>& model,
    const std::shared_ptr<const Analysis>& analysis, OwnMoments own, const ProbeWish& wish,
    const std::optional<std::filesystem::path>& cache, const Job& job)
{
    Probed probed;
    if (wish.tier == ProbeTier::none) {
        own = {};
    } else if (own.asked != wish.tier) {
        auto found = probeModel(model, wish.tier, job);
        if (!found)
            return found.error();
        own = {wish.tier, std::make_shared<const Moments>(std::move(*found))};
    }
    std::shared_ptr<const Moments> moments = own.moments;
    if (wish.imatrix) {
        auto mixed = momentsWithImatrix(*model, moments, *wish.imatrix);
        if (!mixed)
            return mixed.error();
        moments = std::move(mixed->moments);
        probed.notes = std::move(mixed->notes);
    }
    auto weighed = moments == analysis->moments ? Result<Analysis>(*analysis)
                                                : weighCurves(model, *analysis, moments, job);
    if (!weighed)
        return weighed.error();
    if (moments && !wish.imatrix && cache) {
        // As after the first pass: only the next opening would miss it.
        const auto stored = storeCachedAnalysis(*cache, *model, *weighed, wish.tier);
        static_cast<void>(stored.has_value());
    }
    probed.analysis = std::move(*weighed);
    probed.own = std::move(own);
    return probed;
}

Result<Analysis> withBlockCurves(const std::shared_ptr<const Model>& model,
    const std::shared_ptr<const Analysis>& analysis, std::optional<ProbeTier> tier,
    const std::optional<std::filesystem::path>& cache, const OnTensor& onTensor, const Job& job)
{
    if (cache && tier)
        if (auto kept = loadCachedAnalysis(*cache, *model, *tier, true))
            return *std::move(kept);
    auto extended = addBlockCurves(model, *analysis, job, onTensor);
    if (extended && cache && tier) {
        // As after the first pass: only the next time would miss it.
        const auto stored = storeCachedAnalysis(*cache, *model, *extended, *tier);
        static_cast<void>(stored.has_value());
    }
    return extended;
}

} // namespace bitloupe::ui
