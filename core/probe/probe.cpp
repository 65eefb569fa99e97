// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/probe.h"

#include "probe/probe_run.h"

#include <algorithm>
#include <new>

namespace bitloupe {
namespace {

Moments nothing(const Model& model, std::string reason)
{
    Moments moments;
    moments.reason = std::move(reason);
    moments.tensors.resize(model.tensors.size());
    return moments;
}

/// Failures that say something about the model and not about this run.
bool isAboutWeights(Errc code)
{
    return code == Errc::badWeights || code == Errc::unsupported || code == Errc::badShape
        || code == Errc::badConfig;
}

} // namespace

ProbeSupport probeSupport(const Model& model)
{
    Architecture architecture = describeArchitecture(model);
    return {architecture.tier, std::move(architecture.reason)};
}

Result<Moments> probeModel(
    std::shared_ptr<const Model> model, ProbeTier wanted, const Job& job)
{
    try {
        const Architecture architecture = describeArchitecture(*model);
        const ProbeTier tier = std::min(wanted, architecture.tier);
        std::string reason = architecture.tier < wanted ? architecture.reason : std::string();
        if (tier == ProbeTier::none)
            return nothing(*model, std::move(reason));
        const Panel panel = drawPanel(architecture.vocabulary);
        auto run = runProbe(model, architecture, tier, panel, job);
        if (!run && isAboutWeights(run.error().code) && tier == ProbeTier::full) {
            reason = run.error().message();
            run = runProbe(model, architecture, ProbeTier::forward, panel, job);
        }
        if (!run && isAboutWeights(run.error().code))
            return nothing(*model, run.error().message());
        if (!run)
            return run.error();
        if (const auto same = model->unchanged(); !same)
            return same.error();
        run->moments.reason = std::move(reason);
        return std::move(run->moments);
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, {}, "the probe's panel does not fit into memory"};
    }
}

} // namespace bitloupe
