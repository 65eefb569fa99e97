// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/rule_matches.h"

#include "plan/rule_pattern.h"

#include <algorithm>

namespace bitloupe {

Result<std::vector<std::uint32_t>> matchesOf(const TargetProfile& profile, const Rule& rule)
{
    std::vector<std::uint32_t> matches;
    if (rule.decision) {
        if (*rule.decision >= profile.decisions.size())
            return Error {Errc::badArgument, "rule",
                "found decision " + std::to_string(*rule.decision) + ", expected one below "
                    + std::to_string(profile.decisions.size())};
        matches.push_back(*rule.decision);
        return matches;
    }
    auto pattern = RulePattern::compile(rule.pattern);
    if (!pattern)
        return pattern.error();
    for (std::size_t d = 0; d < profile.decisions.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        const auto hit = [&](const std::string& name) { return pattern->matches(name); };
        if (hit(decision.name)
            || std::any_of(decision.sourceNames.begin(), decision.sourceNames.end(), hit))
            matches.push_back(static_cast<std::uint32_t>(d));
    }
    return matches;
}

} // namespace bitloupe
