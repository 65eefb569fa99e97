// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/probe.h"

#include "probe/probe_depth.h"
#include "probe/probe_run.h"
#include "probe/self_text.h"

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

// Text of the model's own says more of it than single words do; not much of it is needed.
constexpr SelfTextOptions text {.sequences = 8, .length = 128};

struct Reading {
    Panel panel;
    std::string reason; // why it is the vocabulary, where it should be text
    bool ownText = false;
};

Result<Reading> readingFor(const std::shared_ptr<const Model>& model,
    const Architecture& architecture, ProbeTier tier, const Job& job)
{
    if (tier < ProbeTier::full)
        return Reading {drawPanel(architecture.vocabulary), {}};
    if (const auto obstacle = probeTextObstacle(*model); !obstacle.empty())
        return Reading {drawPanel(architecture.vocabulary),
            "it read words of the vocabulary and no text of its own: " + obstacle};
    auto written = writeSelfText(model, text, job);
    if (!written)
        return written.error();
    return Reading {{text.length, std::move(written->ids)}, {}, true};
}

Result<Moments> probeAt(const std::shared_ptr<const Model>& model,
    const Architecture& architecture, ProbeTier tier, const Job& job)
{
    auto reading = readingFor(model, architecture, tier, job);
    if (!reading)
        return reading.error();
    auto run = runProbe(model, architecture, tier, std::move(reading->panel), job);
    if (!run)
        return run.error();
    run->moments.reason = std::move(reading->reason);
    run->moments.ownText = reading->ownText;
    return std::move(run->moments);
}

} // namespace

ProbeSupport probeSupport(const Model& model)
{
    Architecture architecture = describeArchitecture(model);
    return {architecture.tier, std::move(architecture.reason)};
}

std::string probeTextObstacle(const Model& model)
{
    return selfTextObstacle(model, memoryForWeights(), text);
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
        auto moments = probeAt(model, architecture, tier, job);
        if (!moments && isAboutWeights(moments.error().code) && tier == ProbeTier::full) {
            reason = moments.error().message();
            moments = probeAt(model, architecture, ProbeTier::forward, job);
        }
        if (!moments && isAboutWeights(moments.error().code))
            return nothing(*model, moments.error().message());
        if (!moments)
            return moments.error();
        if (const auto same = model->unchanged(); !same)
            return same.error();
        if (!reason.empty())
            moments->reason = std::move(reason);
        return moments;
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, {}, "the probe's panel does not fit into memory"};
    }
}

} // namespace bitloupe
