// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/file_layout.h"

#include "base/checked.h"

#include <algorithm>
#include <cassert>

namespace bitloupe {

FileLayout layoutFiles(const TargetProfile& profile, std::span<const std::uint16_t> choice)
{
    assert(choice.size() == profile.decisions.size());
    const SizeModel& size = profile.size;
    const std::uint64_t alignment = std::max<std::uint64_t>(1, size.headerAlignment);
    FileLayout layout;
    for (std::size_t d = 0; d < choice.size(); ++d) {
        const CodecOption& option = profile.decisions[d].options[choice[d]];
        const bool full = !layout.shards.empty() && size.shardLimitBytes != 0
            && !rangeInside(layout.shards.back().dataBytes, option.dataBytes, size.shardLimitBytes);
        if (layout.shards.empty() || full) {
            layout.shards.push_back({});
            layout.shards.back().firstDecision = static_cast<std::uint32_t>(d);
            layout.shards.back().headerBytes = size.shardHeaderBytes;
        }
        ShardLayout& shard = layout.shards.back();
        ++shard.decisionCount;
        shard.headerBytes += option.headerBytes;
        shard.dataBytes += option.dataBytes;
    }
    for (ShardLayout& shard : layout.shards) {
        shard.headerBytes = roundUp(shard.headerBytes, alignment);
        layout.dataBytes += shard.dataBytes;
        layout.fileBytes += shard.fileBytes();
    }
    return layout;
}

} // namespace bitloupe
