// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probing.h"

#include "measure/weigh.h"
#include "report/score_cache.h"

#include <algorithm>

namespace bitloupe::ui {

ProbeTier tierToAsk(ProbeDepth depth, const ProbeSupport& support)
{
    return std::min(tierOf(depth), support.tier);
}

bool needsProbing(const Analysis& analysis, ProbeDepth depth, const ProbeSupport& support)
{
    return tierOf(analysis.moments) != tierToAsk(depth, support);
}

std::optional<Analysis> cachedFor(
    const std::filesystem::path& cache, const Model& model, ProbeTier tier)
{
    auto found = loadCachedAnalysis(cache, model, tier);
    return found || tier == ProbeTier::none ? std::move(found) : loadCachedAnalysis(cache, model);
}

Result<Analysis> probeAndWeigh(const std::shared_ptr<const Model>& model,
    const std::shared_ptr<const Analysis>& analysis, ProbeTier tier,
    const std::optional<std::filesystem::path>& cache, const Job& job)
{
    std::shared_ptr<const Moments> moments;
    if (tier != ProbeTier::none) {
        auto found = probeModel(model, tier, job);
        if (!found)
            return found.error();
        moments = std::make_shared<const Moments>(std::move(*found));
    }
    auto weighed = weighCurves(model, *analysis, moments, job);
    if (weighed && moments && cache) {
        // As after the first pass: only the next opening would miss it.
        const auto stored = storeCachedAnalysis(*cache, *model, *weighed);
        static_cast<void>(stored.has_value());
    }
    return weighed;
}

} // namespace bitloupe::ui
