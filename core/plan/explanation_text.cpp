// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/explanation.h"

#include "base/text.h"

namespace bitloupe {
namespace {

// Block types have names that people know, and several of them the same bits.
std::string bitsText(const Codec& codec)
{
    if (codec.family == CodecFamily::block)
        return std::string(dtypeInfo(codec.storedType).name);
    return codec.family == CodecFamily::stored ? std::string(codec.name)
                                               : std::to_string(codec.bits) + " bits";
}

std::string fullText(const Codec& codec)
{
    return codec.family != CodecFamily::affine
        ? bitsText(codec)
        : bitsText(codec) + ", group " + std::to_string(codec.groupSize);
}

// "5 to 6 bits", or with groups where the bits are the same.
std::string stepText(const Codec& from, const Codec& to)
{
    if (from.family != to.family || from.family == CodecFamily::block)
        return bitsText(from) + " to " + bitsText(to);
    if (from.bits != to.bits)
        return std::to_string(from.bits) + " to " + bitsText(to);
    return "group " + std::to_string(from.groupSize) + " to " + std::to_string(to.groupSize)
        + " at " + bitsText(to);
}

std::string amount(double damage) { return roundedText(damage, 2); }

std::string nextStepText(const Explanation& e)
{
    if (!e.saysNext)
        return {};
    if (!e.next)
        return " No larger choice would remove any more.";
    const Codec &from = codec(e.chosen), &to = codec(*e.next);
    std::string text = " The next step, " + (from.bits == to.bits ? fullText(to) : bitsText(to))
        + ", would remove " + amount(e.gain) + " for " + groupedText(e.bytes) + " bytes";
    if (e.edge == Explanation::Edge::othersBuyMore)
        text += "; others buy more";
    else if (e.edge == Explanation::Edge::notLeft)
        text += "; so many are not left in the budget";
    return text + ".";
}

std::string ruleText(const Explanation& e)
{
    if (e.byHand)
        return "hand";
    return e.pattern.empty() ? "a rule" : "the rule " + printable(e.pattern, 80);
}

std::string tierText(const Explanation& e)
{
    if (e.tier == 0)
        return {};
    std::string text = " Its damage is predicted ";
    text += e.tier >= 3 ? "with gradients (tier 3)"
        : e.tier == 2   ? "by a forward probe (tier 2)"
                        : "from its weights alone (tier 1)";
    if (!e.tierNote.empty())
        text += ": " + printable(e.tierNote, 200);
    return text + ".";
}

std::string belowFloorText(const Explanation& e)
{
    return fullText(codec(e.below)) + " would fall below the floor of " + roundedText(e.floorDb, 3)
        + " dB (" + fixedText(e.belowDb, 1) + " dB).";
}

std::string headText(const Explanation& e)
{
    using Head = Explanation::Head;
    const std::string chosen = fullText(codec(e.chosen));
    switch (e.head) {
    case Head::kept: return "Kept at " + chosen + ": " + printable(e.reason) + ".";
    case Head::pinned: return "Pinned to " + chosen + " by " + ruleText(e) + ".";
    case Head::floored: return "Kept at " + chosen + " or more by " + ruleText(e) + ".";
    case Head::belowFloor: return belowFloorText(e);
    case Head::uniform: return "The uniform plan gives every tensor " + chosen + ".";
    case Head::fallback:
        return std::string(e.bySwan ? "SWAN's" : "The uniform") + " codec cannot hold its "
            + groupedText(e.columns) + " columns; " + chosen + " is the nearest that can.";
    case Head::swanProtected: return "SWAN's rule protects it: " + chosen + ".";
    case Head::swanUnknown:
        return "Its composite score is unknown yet; SWAN's rule then gives " + chosen + ".";
    case Head::swanScored:
        return "SWAN's rule gives " + chosen + " at its composite score of "
            + fixedText(e.composite, 2) + ".";
    case Head::mint: return "MINT's knapsack gives it " + chosen + ".";
    case Head::stepped:
        return "The step from " + stepText(codec(*e.before), codec(e.chosen)) + " removed "
            + amount(e.removed) + ".";
    case Head::smallest: return chosen + " is the smallest choice it has.";
    }
    return {};
}

} // namespace

std::string explanationText(const Explanation& explanation)
{
    return headText(explanation) + nextStepText(explanation) + tierText(explanation);
}

} // namespace bitloupe
