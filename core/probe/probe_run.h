// SPDX-License-Identifier: GPL-3.0-or-later
// One run of the probe with what it drew, so that others can compute the same.
#pragma once

#include "job/job.h"
#include "probe/architecture.h"
#include "probe/panel.h"

#include <memory>

namespace bitloupe {

struct ProbeRun {
    Moments moments;
    Panel panel;
    std::vector<std::uint32_t> labels; // one a token; empty below tier full
};

/// The panel's ids are below architecture.vocabulary, and there are some.
/// At tier forward or full, which `architecture` must support.
/// Errors: as probeModel; badWeights when states become NaN or infinite; those of FloatReader.
Result<ProbeRun> runProbe(std::shared_ptr<const Model> model, const Architecture& architecture,
    ProbeTier tier, Panel panel, const Job& job);

} // namespace bitloupe
