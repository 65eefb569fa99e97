// SPDX-License-Identifier: GPL-3.0-or-later
// FRONT DOOR of probe: what flows through each matrix when the model reads its own
// vocabulary, or text of its own.
#pragma once

#include "job/job.h"
#include "model/model.h"
#include "probe/moments.h"

#include <functional>
#include <memory>

namespace bitloupe {

/// The deepest tier this model can have, and why not a deeper one (empty for full). Cost: looks at
/// names, shapes and config only.
struct ProbeSupport {
    ProbeTier tier = ProbeTier::none;
    std::string reason;
};
ProbeSupport probeSupport(const Model& model);

/// Why a full probe would read words of the vocabulary on this machine; empty: it would read text
/// of the model's own. Cost: names, shapes and config only.
std::string probeTextObstacle(const Model& model);

/// Moments of every matrix that the probe reaches, at `wanted` or the deepest tier supported below
/// it. Forward reads words of the vocabulary; full reads text that the model writes first, or where
/// it cannot (selfTextObstacle) the vocabulary, with a reason. Deterministic: the same bits for any
/// thread count. Phases: "writing self-text" and "probing", progress in bytes of weights read.
/// Errors: cancelled, changedOnDisk, ioRead, outOfMemory.
/// Cost: forward reads the blocks once, full three times; memory two blocks of weights in floats
/// and tokens * hidden * layers floats; to write text, what writeSelfText takes.
/// Source: method, sections 2 and 3.
Result<Moments> probeModel(std::shared_ptr<const Model> model, ProbeTier wanted, const Job& job);

} // namespace bitloupe
