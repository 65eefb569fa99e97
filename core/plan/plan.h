// SPDX-License-Identifier: GPL-3.0-or-later
// A plan: which codec each decision takes, why, and what it costs. Plain data.
#pragma once

#include "base/large_pages.h"
#include "base/result.h"
#include "plan/evidence.h"
#include "plan/target_profile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe {

enum class Strategy : std::uint8_t { damage, uniform, swan, mint };
std::optional<Strategy> findStrategy(std::string_view name);
std::string_view strategyName(Strategy strategy);

enum class BudgetKind : std::uint8_t {
    fileBytes, // all weight files together, headers included
    dataBytes, // tensor data alone (what bits per weight counts)
};
/// A ceiling. Where the experts have their own, `bytes` is for all but them: they wait in RAM, the
/// rest and the files' headers are on the GPU. What one leaves free is nothing to the other.
struct Budget {
    BudgetKind kind = BudgetKind::fileBytes;
    std::uint64_t bytes = 0;
    std::optional<std::uint64_t> expertBytes {};
    friend bool operator==(const Budget&, const Budget&) = default;
};
/// Ceiling of `bpw` bits per weight: 8 * data bytes / parameters. Errors: badArgument.
Result<Budget> budgetFromBpw(double bpw, std::uint64_t parameters);

/// Rule of a person: decisions whose name, or any of whose source tensors' names, match. A pin
/// fixes the codec; a floor forbids fewer bits, or larger groups at the same bits. Pins beat
/// floors, but for a later floor on exactly one decision, which beats a pattern's pin below it;
/// among rules of a kind the last one that a decision can follow wins. ECMAScript regular expression
/// without back references, searched (not anchored).
struct Rule {
    enum class Kind : std::uint8_t { pin, floor } kind = Kind::pin;
    std::string pattern; // used when decision is empty
    std::optional<std::uint32_t> decision; // exactly this one (pins set in the window)
    CodecId codec;
};

/// A match that could not follow its rule (the codec is not among its options); the solver chose.
struct RuleMiss {
    std::uint32_t rule = 0; // into PlanOptions::rules
    std::uint32_t decision = 0;
    friend bool operator==(const RuleMiss&, const RuleMiss&) = default;
};

struct PlanOptions {
    Strategy strategy = Strategy::damage;
    std::optional<Budget> budget; // swan alone may go without
    std::vector<Rule> rules;
    double sqnrFloorDb = 9; // no choice of damage and mint below this; pins may be
};

enum class ReasonKind : std::uint8_t {
    fixed, // the target or the tensor allows one option only
    pinned, // a rule
    floored, // a floor rule or the SQNR floor bound it
    solved, // marginal gain per byte
    uniform, // the one codec of the uniform plan
    fallback, // the uniform codec cannot hold it; nearest that can
    published, // a published rule's threshold
};

struct Choice {
    std::uint16_t option = 0; // into Decision::options
    ReasonKind reason = ReasonKind::solved;
    std::int32_t rule = -1; // into PlanOptions::rules when pinned or floored
    double damage = 0;
};

struct Plan {
    std::string targetId;
    std::string modelDigest;
    PlanOptions options;
    LargeVector<Choice> choices; // as TargetProfile::decisions
    std::uint64_t fileBytes = 0, dataBytes = 0;
    double bitsPerWeight = 0; // 8 * dataBytes / parameters
    double codeBitsPerWeight = 0; // codes alone, scales and offsets not counted
    double damage = 0; // sum over the decisions
    // No plan within the budget and the rules can have less (Lagrangian, or the damage itself where
    // it was proved best); unknownValue for other strategies than damage.
    double lowerBound = 0;
    double price = 0; // damage per byte at the budget's edge; 0 where the budget binds nothing
    double expertPrice = 0; // the same of the experts' own budget, where they have one
    std::vector<RuleMiss> unfollowed; // by rule, then decision; to be shown
    bool provisional = false; // some evidence was a guess
    double gap() const { return damage - lowerBound; }
};

/// The option of each choice.
inline std::vector<std::uint16_t> chosenOptions(const Plan& plan)
{
    std::vector<std::uint16_t> options;
    options.reserve(plan.choices.size());
    for (const Choice& choice : plan.choices)
        options.push_back(choice.option);
    return options;
}

/// One or two plain sentences why decision `d` has its codec: what the last step bought, what the
/// next would cost, or which rule bound it.
std::string explainChoice(
    const TargetProfile& profile, const Evidence& evidence, const Plan& plan, std::size_t decision);

} // namespace bitloupe
