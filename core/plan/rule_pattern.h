// SPDX-License-Identifier: GPL-3.0-or-later
// A person's regular expression, applied to names that come from a file. Private to plan.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace bitloupe {

/// ECMAScript pattern, searched for (not anchored). Matching takes time and memory linear in the
/// name, whatever the pattern, so back references are refused. Thread-safe.
class RulePattern {
public:
    /// Errors: badArgument (not a regular expression, over 1,000 bytes, back references).
    static Result<RulePattern> compile(const std::string& pattern);
    RulePattern(RulePattern&&) noexcept;
    RulePattern& operator=(RulePattern&&) noexcept;
    ~RulePattern();

    /// False for names over 4 KiB: no target writes them.
    bool matches(std::string_view name) const;

private:
    struct State;
    explicit RulePattern(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace bitloupe
