// SPDX-License-Identifier: GPL-3.0-or-later
// What --probe, --imatrix and --encoder mean for one model on this machine.
#pragma once

#include "app/command.h"
#include "measure/analysis.h"
#include "model/model.h"
#include "probe/probe_depth.h"

#include <memory>
#include <optional>

namespace bitloupe {

/// The depth that --probe names; automatic when it is not given. Errors: badArgument.
Result<ProbeDepth> probeDepthOf(const Options& options);

/// The depth brought down to what the model and this machine allow; why becomes a note.
Result<ProbeChoice> probeChoiceOf(
    const Model& model, const Options& options, const Session& session);

/// The moments of a tier, from the cache where that is allowed and possible, with those of
/// --imatrix in their place. Null for tier none without an imatrix.
Result<std::shared_ptr<const Moments>> momentsOf(const std::shared_ptr<const Model>& model,
    ProbeTier tier, const Options& options, const Session& session);

/// The analysis with what the probe adds to it.
Result<Analysis> probedAnalysisOf(const std::shared_ptr<const Model>& model,
    const ProbeChoice& choice, const Options& options, const Session& session);

/// The same with the curves of weight blocks.
Result<Analysis> blockAnalysisOf(const std::shared_ptr<const Model>& model,
    const ProbeChoice& choice, const Options& options, const Session& session);

/// Text that the model writes, from the cache where that is allowed and possible.
Result<std::shared_ptr<const SelfText>> selfTextOf(const std::shared_ptr<const Model>& model,
    const Options& options, const Session& session);

/// The encoder that --encoder names, or the best one that the probe allows. Errors: badArgument;
/// unsupported for feedback where the model cannot write.
Result<Encoder> encoderOf(
    const Model& model, const ProbeChoice& choice, const Options& options);

} // namespace bitloupe
