// SPDX-License-Identifier: GPL-3.0-or-later
// Exact files of a plan: which decision goes into which shard and how long each file is. The
// writer uses the same function, so the plan's size is the file's size by construction.
#pragma once

#include "plan/target_profile.h"

#include <span>

namespace bitloupe {

struct ShardLayout {
    std::uint32_t firstDecision = 0;
    std::uint32_t decisionCount = 0;
    std::uint64_t headerBytes = 0; // length field, JSON and padding
    std::uint64_t dataBytes = 0;
    std::uint64_t paddingBytes = 0; // behind each decision's data
    std::uint64_t fileBytes() const { return headerBytes + dataBytes + paddingBytes; }
};

struct FileLayout {
    std::vector<ShardLayout> shards;
    std::uint64_t dataBytes = 0;
    std::uint64_t fileBytes = 0; // of all weight files, headers included
};

/// Greedy packing in decision order; `choice[d]` indexes decisions[d].options. A shard closes when
/// the next decision's data would take it over the limit; no decisions, no shards.
/// Cost: one pass over the decisions.
FileLayout layoutFiles(const TargetProfile& profile, std::span<const std::uint16_t> choice);

} // namespace bitloupe
