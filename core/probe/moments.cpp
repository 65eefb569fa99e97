// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/moments.h"

namespace bitloupe {

std::string_view probeTierName(ProbeTier tier)
{
    switch (tier) {
    case ProbeTier::forward:
        return "forward";
    case ProbeTier::full:
        return "full";
    case ProbeTier::none:
        break;
    }
    return "none";
}

std::optional<ProbeTier> findProbeTier(std::string_view name)
{
    for (const ProbeTier tier : {ProbeTier::none, ProbeTier::forward, ProbeTier::full}) {
        if (probeTierName(tier) == name)
            return tier;
    }
    return std::nullopt;
}

} // namespace bitloupe
