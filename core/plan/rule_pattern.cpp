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

// In our words: those of the library differ from one to the next, and no window can translate them.
std::string_view whatIsWrong(std::regex_constants::error_type code)
{
    using namespace std::regex_constants;
    if (code == error_complexity || code == error_backref)
        return "expected a regular expression without back references";
    if (code == error_brack)
        return "expected a regular expression, found [ without its ]";
    if (code == error_paren)
        return "expected a regular expression, found ( or ) without the other, or nothing to "
               "repeat";
    if (code == error_brace)
        return "expected a regular expression, found { or } without the other";
    if (code == error_badbrace)
        return "expected a regular expression, found no count between { and }";
    if (code == error_range)
        return "expected a regular expression, found a range from high to low";
    if (code == error_escape)
        return "expected a regular expression, found \\ before what it cannot mean";
    if (code == error_badrepeat)
        return "expected a regular expression, found nothing to repeat";
    if (code == error_ctype || code == error_collate)
        return "expected a regular expression, found an unknown class of signs";
    return code == error_space || code == error_stack ? "expected a simpler regular expression"
                                                      : "expected a regular expression";
}

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
        return Error {Errc::badArgument, pattern, std::string(whatIsWrong(error.code()))};
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
