// SPDX-License-Identifier: GPL-3.0-or-later
// What the session's worker does after the first pass: probe, then weigh the curves.
#pragma once

#include "job/job.h"
#include "measure/measure.h"
#include "model/model.h"
#include "probe/probe.h"
#include "probe/probe_depth.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe::ui {

/// The tier that a depth means for a model.
ProbeTier tierToAsk(ProbeDepth depth, const ProbeSupport& support);

/// Scores of an earlier run, of that tier, else of the first pass alone; with the curves of weight
/// blocks where they are asked for and there.
std::optional<Analysis> cachedFor(
    const std::filesystem::path& cache, const Model& model, ProbeTier tier, bool blocks);

/// What the model's own probe found, and the tier it was asked for.
struct OwnMoments {
    ProbeTier asked = ProbeTier::none;
    std::shared_ptr<const Moments> moments; // null for ProbeTier::none
};
struct ProbeWish {
    ProbeTier tier = ProbeTier::none;
    std::optional<std::filesystem::path> imatrix; // its inputs stand in for the probe's
};
struct Probed {
    Analysis analysis;
    OwnMoments own; // without the imatrix
    std::vector<std::string> notes; // on the imatrix
};

/// The scores with what a probe adds to them. `own` moments that were asked for the same tier are
/// used again. Kept in the cache where there is one. Errors: as probeModel, momentsWithImatrix and
/// weighCurves.
Result<Probed> probeAndWeigh(const std::shared_ptr<const Model>& model,
    const std::shared_ptr<const Analysis>& analysis, OwnMoments own, const ProbeWish& wish,
    const std::optional<std::filesystem::path>& cache, const Job& job);

/// The scores with the curves of weight blocks, from the cache where there is one and the moments
/// are those of the probe of `tier`; kept there. Errors: as addBlockCurves.
Result<Analysis> withBlockCurves(const std::shared_ptr<const Model>& model,
    const std::shared_ptr<const Analysis>& analysis, std::optional<ProbeTier> tier,
    const std::optional<std::filesystem::path>& cache, const OnTensor& onTensor, const Job& job);

} // namespace bitloupe::ui
