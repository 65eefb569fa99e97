// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/rule_pattern.h"

#include <regex>

namespace bitloupe {
namespace {

constexpr std::size_t longestPattern = 1000, longestName = 4096;

// The breadth-first matcher neither backtracks nor recurses once a character; other standard
// libraries do not have it by this name.
#ifdef __GLIBCXX__
constexpr auto linearTime = std::regex_constants::__polynomial;
#else
constexpr auto linearTime = std::regex_constants::ECMAScript;
#endif

} // namespace

struct RulePattern::State {
    std::regex regex;
};

RulePattern::RulePattern(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
RulePattern::RulePattern(RulePattern&&) noexcept = default;
RulePattern& RulePattern::operator=(RulePattern&&) noexcept = default;
RulePattern::~RulePattern() = default;

Result<RulePattern> RulePattern::compile(const std::string& pattern)
{
    if (pattern.size() > longestPattern)
        return Error {Errc::badArgument, pattern.substr(0, 60),
            "found a pattern of " + std::to_string(pattern.size())
                + " bytes, expected at most 1000"};
    // The library reports by exception; it must not leave this function.
    try {
        auto state = std::make_unique<State>();
        state->regex.assign(pattern,
            std::regex_constants::ECMAScript | std::regex_constants::optimize | linearTime);
        return RulePattern(std::move(state));
    } catch (const std::regex_error& error) {
        return Error {Errc::badArgument, pattern,
            error.code() == std::regex_constants::error_complexity
                ? "expected a regular expression without back references"
                : std::string("expected a regular expression, found: ") + error.what()};
    }
}

bool RulePattern::matches(std::string_view name) const
{
    if (name.size() > longestName)
        return false;
    try {
        return std::regex_search(name.begin(), name.end(), m_state->regex);
    } catch (const std::regex_error&) {
        return false;
    }
}

} // namespace bitloupe
