// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probing.h"

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
    const std::filesystem::path& cache, const Model& model, ProbeTier tier)
{
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
    auto weighed = weighCurves(model, *analysis, moments, job);
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

} // namespace bitloupe::ui
