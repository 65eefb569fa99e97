// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/constraints.h"

#include "plan/rule_matches.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace bitloupe {
namespace {

std::uint64_t allOptions(const Decision& decision)
{
    assert(!decision.options.empty() && decision.options.size() <= maxOptions);
    return ~std::uint64_t(0) >> (maxOptions - decision.options.size());
}

std::uint64_t floorMask(const Decision& decision, CodecId floor)
{
    std::uint64_t mask = 0;
    for (std::size_t o = 0; o < decision.options.size(); ++o)
        if (atLeast(codec(decision.options[o].codec), codec(floor)))
            mask |= std::uint64_t(1) << o;
    return mask;
}

std::uint64_t ruleMask(const Decision& decision, const Rule& rule)
{
    if (rule.kind == Rule::Kind::floor)
        return floorMask(decision, rule.codec);
    const std::size_t option = optionIndex(decision, rule.codec);
    return option < decision.options.size() ? std::uint64_t(1) << option : 0;
}

// Applies one rule to one decision; false when it cannot follow.
bool follow(const Decision& decision, const std::vector<Rule>& rules, std::size_t ruleIndex,
    AllowedOptions& allowed)
{
    const Rule& rule = rules[ruleIndex];
    const std::uint64_t mask = ruleMask(decision, rule);
    if (mask == 0)
        return false;
    if (rule.kind == Rule::Kind::floor && allowed.pinned) {
        const bool patternPins = !rules[static_cast<std::size_t>(allowed.rule)].decision;
        if (!rule.decision || !patternPins || (allowed.mask & mask) != 0)
            return true;
    }
    allowed.mask = mask;
    allowed.pinned = rule.kind == Rule::Kind::pin;
    allowed.rule = static_cast<std::int32_t>(ruleIndex);
    return true;
}

Error nobodyFollows(const TargetProfile& profile, const Rule& rule, std::size_t matches)
{
    const std::string codecName(codec(rule.codec).name);
    const std::string where = rule.decision ? profile.decisions[*rule.decision].name : rule.pattern;
    if (matches == 0)
        return {Errc::badArgument, where,
            "found no tensor that matches, expected at least one for " + codecName};
    return {Errc::badArgument, where,
        "found " + std::to_string(matches) + " matching, none of which can take " + codecName};
}

} // namespace

bool atLeast(const Codec& candidate, const Codec& floor)
{
    return candidate.bits > floor.bits
        || (candidate.bits == floor.bits && candidate.groupSize <= floor.groupSize);
}

Result<Constraints> applyRules(const TargetProfile& profile, const std::vector<Rule>& rules)
{
    Constraints constraints;
    constraints.decisions.resize(profile.decisions.size());
    for (std::size_t d = 0; d < profile.decisions.size(); ++d)
        constraints.decisions[d] = {
            allOptions(profile.decisions[d]), -1, false, profile.decisions[d].options.size() == 1};
    for (std::size_t r = 0; r < rules.size(); ++r) {
        const auto matches = matchesOf(profile, rules[r]);
        if (!matches)
            return matches.error();
        bool followed = false;
        for (const std::uint32_t d : *matches) {
            if (follow(profile.decisions[d], rules, r, constraints.decisions[d]))
                followed = true;
            else
                constraints.unfollowed.push_back({static_cast<std::uint32_t>(r), d});
        }
        if (!followed)
            return nobodyFollows(profile, rules[r], matches->size());
    }
    return constraints;
}

std::uint64_t withinError(const DecisionEvidence& evidence, double largestNrmse, std::uint64_t mask)
{
    std::uint64_t kept = 0, highest = 0;
    const OptionEvidence* options = evidence.options.data();
    for (std::uint64_t rest = mask; rest != 0; rest &= rest - 1) {
        highest = rest & -rest;
        if (options[std::countr_zero(rest)].nrmse <= largestNrmse)
            kept |= highest;
    }
    return kept | highest;
}

double nrmseAt(double sqnrDb) { return std::pow(10.0, -sqnrDb / 20); }

} // namespace bitloupe
