// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/file_layout.h"

#include "plan/shard_packing.h"

#include <cassert>

namespace bitloupe {

FileLayout layoutFiles(const TargetProfile& profile, std::span<const std::uint16_t> choice)
{
    assert(choice.size() == profile.decisions.size());
    return packShards(profile.size, choice.size(), [&](std::size_t d) {
        const CodecOption& option = profile.decisions[d].options[choice[d]];
        return OutputSize {option.dataBytes, option.headerBytes};
    });
}

} // namespace bitloupe
