// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/probe_depth.h"

#include "base/system_memory.h"
#include "model/model.h"
#include "probe/probe.h"
#include "probe/self_text.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

constexpr std::array depths {ProbeDepth::none, ProbeDepth::forward, ProbeDepth::full,
    ProbeDepth::selfText, ProbeDepth::automatic};

} // namespace

std::span<const ProbeDepth> probeDepths() { return depths; }

std::string_view probeDepthName(ProbeDepth depth)
{
    switch (depth) {
    case ProbeDepth::none: return "none";
    case ProbeDepth::forward: return "forward";
    case ProbeDepth::full: return "full";
    case ProbeDepth::selfText: return "self-text";
    case ProbeDepth::automatic: break;
    }
    return "auto";
}

std::optional<ProbeDepth> findProbeDepth(std::string_view name)
{
    for (const ProbeDepth depth : depths)
        if (probeDepthName(depth) == name)
            return depth;
    return std::nullopt;
}

ProbeTier tierOf(ProbeDepth depth)
{
    if (depth == ProbeDepth::none)
        return ProbeTier::none;
    return depth == ProbeDepth::forward ? ProbeTier::forward : ProbeTier::full;
}

bool wantsSelfText(ProbeDepth depth)
{
    return depth == ProbeDepth::selfText || depth == ProbeDepth::automatic;
}

std::uint64_t memoryForWeights() { return physicalMemoryBytes() / 10 * 7; }

ProbeChoice chooseProbe(const Model& model, ProbeDepth depth, std::uint64_t memoryBytes)
{
    ProbeChoice choice;
    choice.tier = tierOf(depth);
    if (choice.tier == ProbeTier::none)
        return choice;
    const ProbeSupport support = probeSupport(model);
    if (support.tier < choice.tier) {
        choice.tier = support.tier;
        choice.reason = support.reason;
    }
    if (!wantsSelfText(depth))
        return choice;
    const std::string obstacle = selfTextObstacle(model, memoryBytes);
    choice.selfText = obstacle.empty();
    if (choice.reason.empty())
        choice.reason = obstacle;
    return choice;
}

} // namespace bitloupe
