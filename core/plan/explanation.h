// SPDX-License-Identifier: GPL-3.0-or-later
// Why a decision has its codec, as facts: English text and translations say the same of them.
#pragma once

#include "plan/plan.h"

#include <optional>

namespace bitloupe {

struct Explanation {
    enum class Head : std::uint8_t {
        kept, // `reason`
        pinned, // by a rule
        floored, // by a rule
        belowFloor, // `below` would be at `belowDb`, under `floorDb`
        uniform,
        fallback, // the codec of the strategy cannot hold `columns`
        swanProtected, swanUnknown, swanScored, // at `composite`
        mint,
        stepped, // the step from `before` removed `removed`
        smallest,
    } head = Head::smallest;
    enum class Edge : std::uint8_t { open, othersBuyMore, notLeft };

    CodecId chosen {};
    std::string reason; // of the target, in English
    bool byHand = false; // the rule speaks of this decision alone
    std::string pattern; // else its own; empty: unknown
    std::optional<CodecId> before;
    double removed = 0;
    CodecId below {};
    double belowDb = 0, floorDb = 0;
    std::uint64_t columns = 0;
    double composite = 0;
    bool bySwan = false; // else the uniform strategy's codec

    bool saysNext = false;
    std::optional<CodecId> next; // empty: no larger choice removes any more
    double gain = 0;
    std::uint64_t bytes = 0;
    Edge edge = Edge::open;

    int tier = 0; // that the damage comes from, where there is more than one; 0: not said
    std::string tierNote; // why no deeper one, in English
};

Explanation explain(
    const TargetProfile& profile, const Evidence& evidence, const Plan& plan, std::size_t decision);

/// One or two plain English sentences.
std::string explanationText(const Explanation& explanation);

} // namespace bitloupe
