// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/target_profile.h"

#include <algorithm>

namespace bitloupe {

bool offersBlocks(const TargetProfile& profile)
{
    return std::ranges::any_of(profile.decisions, [](const Decision& decision) {
        return std::ranges::any_of(decision.options, [](const CodecOption& option) {
            return codec(option.codec).family == CodecFamily::block;
        });
    });
}

} // namespace bitloupe
