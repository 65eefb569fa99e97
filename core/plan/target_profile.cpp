// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/target_profile.h"

#include <algorithm>

namespace bitloupe {

std::size_t optionIndex(const Decision& decision, CodecId codec)
{
    const auto found = std::find_if(decision.options.begin(), decision.options.end(),
        [&](const CodecOption& option) { return option.codec == codec; });
    return static_cast<std::size_t>(found - decision.options.begin());
}

bool offersBlocks(const TargetProfile& profile)
{
    return std::ranges::any_of(profile.decisions, [](const Decision& decision) {
        return std::ranges::any_of(decision.options, [](const CodecOption& option) {
            return codec(option.codec).family == CodecFamily::block;
        });
    });
}

} // namespace bitloupe
