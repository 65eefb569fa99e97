// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "measure/metrics.h"
#include "plan/constraints.h"
#include "plan/plan.h"

#include <bit>

namespace bitloupe {
namespace {

// One decision of one plan, with everything an explanation looks at.
struct Case {
    const Decision& decision;
    const DecisionEvidence& evidence;
    const Plan& plan;
    const Choice& choice;

    const Codec& codecOf(std::size_t option) const { return codec(decision.options[option].codec); }
    std::uint64_t cost(std::size_t option) const
    {
        const CodecOption& o = decision.options[option];
        const bool data = plan.options.budget && plan.options.budget->kind == BudgetKind::dataBytes;
        return o.dataBytes + (data ? 0 : o.headerBytes);
    }
    double damage(std::size_t option) const { return evidence.options[option].damage; }
};

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

std::uint64_t allowedOptions(const Case& c)
{
    std::uint64_t mask = ~std::uint64_t(0) >> (maxOptions - c.decision.options.size());
    if (c.choice.rule >= 0 && c.choice.reason == ReasonKind::floored) {
        const Rule& rule = c.plan.options.rules[static_cast<std::size_t>(c.choice.rule)];
        for (std::size_t o = 0; o < c.decision.options.size(); ++o)
            if (!atLeast(c.codecOf(o), codec(rule.codec)))
                mask &= ~(std::uint64_t(1) << o);
    }
    return withinError(c.evidence, nrmseAt(c.plan.options.sqnrFloorDb), mask);
}

// The neighbour on the hull: the option that a byte more (up) or less (down) is best spent on.
std::optional<std::size_t> neighbour(const Case& c, bool up)
{
    const std::size_t now = c.choice.option;
    const std::uint64_t allowed = allowedOptions(c);
    std::optional<std::size_t> best;
    double bestSlope = 0;
    for (std::size_t o = 0; o < c.decision.options.size(); ++o) {
        const bool candidate = ((allowed >> o) & 1) != 0
            && (up ? c.cost(o) > c.cost(now) && c.damage(o) < c.damage(now)
                   : c.cost(o) < c.cost(now) && c.damage(o) > c.damage(now));
        if (!candidate)
            continue;
        const double slope = (c.damage(now) - c.damage(o))
            / (static_cast<double>(c.cost(o)) - static_cast<double>(c.cost(now)));
        if (!best || (up ? slope > bestSlope : slope < bestSlope)) {
            best = o;
            bestSlope = slope;
        }
    }
    return best;
}

std::string nextStepText(const Case& c)
{
    const std::size_t now = c.choice.option;
    const auto next = neighbour(c, true);
    if (!next)
        return "No larger choice would remove any more.";
    const double gain = c.damage(now) - c.damage(*next);
    const std::uint64_t bytes = c.cost(*next) - c.cost(now);
    const Codec &from = c.codecOf(now), &to = c.codecOf(*next);
    std::string text = "The next step, " + (from.bits == to.bits ? fullText(to) : bitsText(to))
        + ", would remove " + amount(gain) + " for " + groupedText(bytes) + " bytes";
    if (c.plan.price > 0)
        text += gain < c.plan.price * static_cast<double>(bytes)
            ? "; others buy more"
            : "; so many are not left in the budget";
    return text + ".";
}

std::string solvedText(const Case& c)
{
    const std::size_t now = c.choice.option;
    const auto before = neighbour(c, false);
    const std::string last = before
        ? "The step from " + stepText(c.codecOf(*before), c.codecOf(now)) + " removed "
            + amount(c.damage(*before) - c.damage(now)) + "."
        : fullText(c.codecOf(now)) + " is the smallest choice it has.";
    return last + " " + nextStepText(c);
}

std::string ruleText(const Plan& plan, std::int32_t index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= plan.options.rules.size())
        return "a rule";
    const Rule& rule = plan.options.rules[static_cast<std::size_t>(index)];
    return rule.decision ? "hand" : "the rule " + printable(rule.pattern, 80);
}

// Which tier the damage comes from, once there is more than one.
std::string tierText(const Evidence& evidence, const DecisionEvidence& decision)
{
    if (evidence.tier < 2)
        return {};
    std::string text = " Its damage is predicted ";
    text += decision.tier >= 3 ? "with gradients (tier 3)"
        : decision.tier == 2   ? "by a forward probe (tier 2)"
                               : "from its weights alone (tier 1)";
    if (decision.tier < evidence.tier && !decision.note.empty())
        text += ": " + printable(decision.note, 200);
    return text + ".";
}

std::string flooredText(const Case& c)
{
    if (c.choice.rule >= 0)
        return "Kept at " + fullText(c.codecOf(c.choice.option)) + " or more by "
            + ruleText(c.plan, c.choice.rule) + ". " + nextStepText(c);
    std::size_t below = c.choice.option;
    for (std::size_t o = 0; o < c.decision.options.size(); ++o)
        if (c.cost(o) < c.cost(c.choice.option)
            && (below == c.choice.option || c.cost(o) > c.cost(below)))
            below = o;
    return fullText(c.codecOf(below)) + " would fall below the floor of "
        + roundedText(c.plan.options.sqnrFloorDb, 3) + " dB ("
        + fixedText(sqnrDb(c.evidence.options[below].nrmse), 1) + " dB). " + nextStepText(c);
}

std::string publishedText(const Case& c)
{
    const std::string chosen = fullText(c.codecOf(c.choice.option));
    if (c.decision.sizeProtected)
        return "SWAN's rule protects it: " + chosen + ".";
    const std::size_t metric = metricIndex("swan");
    const double composite =
        metric < c.evidence.metrics.size() ? c.evidence.metrics[metric] : unknownValue;
    if (std::isnan(composite))
        return "Its composite score is unknown yet; SWAN's rule then gives " + chosen + ".";
    return "SWAN's rule gives " + chosen + " at its composite score of " + fixedText(composite, 2)
        + ".";
}

std::string fallbackText(const Case& c)
{
    return std::string(c.plan.options.strategy == Strategy::swan ? "SWAN's" : "The uniform")
        + " codec cannot hold its " + groupedText(c.decision.columns) + " columns; "
        + fullText(c.codecOf(c.choice.option)) + " is the nearest that can.";
}

} // namespace

std::string explainChoice(
    const TargetProfile& profile, const Evidence& evidence, const Plan& plan, std::size_t decision)
{
    const Case c {
        profile.decisions[decision], evidence.decisions[decision], plan, plan.choices[decision]};
    const std::string chosen = fullText(c.codecOf(c.choice.option));
    switch (c.choice.reason) {
    case ReasonKind::fixed:
        return "Kept at " + chosen + ": " + printable(c.decision.fixedReason) + ".";
    case ReasonKind::pinned:
        return "Pinned to " + chosen + " by " + ruleText(plan, c.choice.rule) + ". "
            + nextStepText(c) + tierText(evidence, c.evidence);
    case ReasonKind::floored:
        return flooredText(c) + tierText(evidence, c.evidence);
    case ReasonKind::uniform:
        return "The uniform plan gives every tensor " + chosen + ".";
    case ReasonKind::fallback:
        return fallbackText(c);
    case ReasonKind::published:
        return publishedText(c);
    case ReasonKind::solved:
        break;
    }
    return plan.options.strategy == Strategy::mint
        ? "MINT's knapsack gives it " + chosen + ". " + nextStepText(c)
        : solvedText(c) + tierText(evidence, c.evidence);
}

} // namespace bitloupe
