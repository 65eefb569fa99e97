// SPDX-License-Identifier: GPL-3.0-or-later
// What the session's worker does after the first pass: probe, then weigh the curves.
#pragma once

#include "job/job.h"
#include "measure/analysis.h"
#include "model/model.h"
#include "probe/probe.h"
#include "probe/probe_depth.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace bitloupe::ui {

/// The tier that a depth means for a model.
ProbeTier tierToAsk(ProbeDepth depth, const ProbeSupport& support);

/// True when the scores hold another tier than that.
bool needsProbing(const Analysis& analysis, ProbeDepth depth, const ProbeSupport& support);

/// Scores of an earlier run, of that tier, else of the first pass alone.
std::optional<Analysis> cachedFor(
    const std::filesystem::path& cache, const Model& model, ProbeTier tier);

/// The scores with what a probe of this tier adds to them; without, for ProbeTier::none. Kept in
/// the cache where there is one. Errors: as probeModel and weighCurves.
Result<Analysis> probeAndWeigh(const std::shared_ptr<const Model>& model,
    const std::shared_ptr<const Analysis>& analysis, ProbeTier tier,
    const std::optional<std::filesystem::path>& cache, const Job& job);

} // namespace bitloupe::ui
