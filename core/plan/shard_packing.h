// SPDX-License-Identifier: GPL-3.0-or-later
// The packing rule behind layoutFiles, over any source of sizes. Private to plan.
#pragma once

#include "base/checked.h"
#include "plan/file_layout.h"

#include <algorithm>

namespace bitloupe {

struct OutputSize {
    std::uint64_t dataBytes = 0;
    std::uint64_t headerBytes = 0;
};

/// `sizeOf(d)` is the OutputSize of decision d, for d below `count`.
template <typename SizeOf>
FileLayout packShards(const SizeModel& size, std::size_t count, const SizeOf& sizeOf)
{
    const std::uint64_t alignment = std::max<std::uint64_t>(1, size.headerAlignment);
    FileLayout layout;
    ShardLayout shard;
    const auto close = [&] {
        shard.headerBytes = roundUp(shard.headerBytes, alignment);
        layout.dataBytes += shard.dataBytes;
        layout.fileBytes += shard.fileBytes();
        layout.shards.push_back(shard);
    };
    for (std::size_t d = 0; d < count; ++d) {
        const OutputSize output = sizeOf(d);
        const bool full = d > 0 && size.shardLimitBytes != 0
            && !rangeInside(shard.dataBytes, output.dataBytes, size.shardLimitBytes);
        if (full)
            close();
        if (full || d == 0)
            shard = {static_cast<std::uint32_t>(d), 0,
                size.shardHeaderBytes + (d == 0 ? size.firstShardBytes : 0), 0, 0};
        const std::uint64_t padding = size.paddingOf(output.dataBytes);
        ++shard.decisionCount;
        shard.headerBytes += output.headerBytes - std::min(output.headerBytes, padding);
        shard.dataBytes += output.dataBytes;
        shard.paddingBytes += padding;
    }
    if (count > 0)
        close();
    return layout;
}

} // namespace bitloupe
