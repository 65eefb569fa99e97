// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/explanation.h"

#include "measure/metrics.h"
#include "plan/constraints.h"
#include "plan/pools.h"

#include <bit>
#include <cmath>

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
    double price() const
    {
        const bool own = plan.options.budget && plan.options.budget->expertBytes;
        return own && isExpert(decision.role) ? plan.expertPrice : plan.price;
    }
};

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

void sayNext(const Case& c, Explanation& said)
{
    const std::size_t now = c.choice.option;
    said.saysNext = true;
    const auto next = neighbour(c, true);
    if (!next)
        return;
    said.next = c.codecOf(*next).id;
    said.gain = c.damage(now) - c.damage(*next);
    said.bytes = c.cost(*next) - c.cost(now);
    if (c.price() > 0)
        said.edge = said.gain < c.price() * static_cast<double>(said.bytes)
            ? Explanation::Edge::othersBuyMore
            : Explanation::Edge::notLeft;
}

void sayRule(const Case& c, Explanation& said)
{
    const auto index = static_cast<std::size_t>(c.choice.rule);
    if (c.choice.rule < 0 || index >= c.plan.options.rules.size())
        return;
    const Rule& rule = c.plan.options.rules[index];
    said.byHand = rule.decision.has_value();
    if (!said.byHand)
        said.pattern = rule.pattern;
}

// Which tier the damage comes from, once there is more than one.
void sayTier(const Evidence& evidence, const Case& c, Explanation& said)
{
    if (evidence.tier < 2)
        return;
    said.tier = c.evidence.tier;
    if (c.evidence.tier < evidence.tier)
        said.tierNote = c.evidence.note;
}

void sayFloor(const Case& c, Explanation& said)
{
    sayNext(c, said);
    if (c.choice.rule >= 0) {
        said.head = Explanation::Head::floored;
        sayRule(c, said);
        return;
    }
    std::size_t below = c.choice.option;
    for (std::size_t o = 0; o < c.decision.options.size(); ++o)
        if (c.cost(o) < c.cost(c.choice.option)
            && (below == c.choice.option || c.cost(o) > c.cost(below)))
            below = o;
    said.head = Explanation::Head::belowFloor;
    said.below = c.codecOf(below).id;
    said.floorDb = c.plan.options.sqnrFloorDb;
    said.belowDb = sqnrDb(c.evidence.options[below].nrmse);
}

void sayPublished(const Case& c, Explanation& said)
{
    const std::size_t metric = metricIndex("swan");
    said.composite =
        metric < c.evidence.metrics.size() ? c.evidence.metrics[metric] : unknownValue;
    said.head = c.decision.sizeProtected ? Explanation::Head::swanProtected
        : std::isnan(said.composite)     ? Explanation::Head::swanUnknown
                                         : Explanation::Head::swanScored;
}

void saySolved(const Case& c, Explanation& said)
{
    sayNext(c, said);
    if (c.plan.options.strategy == Strategy::mint) {
        said.head = Explanation::Head::mint;
    } else if (const auto before = neighbour(c, false)) {
        said.head = Explanation::Head::stepped;
        said.before = c.codecOf(*before).id;
        said.removed = c.damage(*before) - c.damage(c.choice.option);
    }
}

} // namespace

Explanation explain(
    const TargetProfile& profile, const Evidence& evidence, const Plan& plan, std::size_t decision)
{
    const Case c {
        profile.decisions[decision], evidence.decisions[decision], plan, plan.choices[decision]};
    Explanation said;
    said.chosen = c.codecOf(c.choice.option).id;
    switch (c.choice.reason) {
    case ReasonKind::fixed:
        said.head = Explanation::Head::kept;
        said.reason = c.decision.fixedReason;
        return said;
    case ReasonKind::pinned:
        said.head = Explanation::Head::pinned;
        sayRule(c, said);
        sayNext(c, said);
        break;
    case ReasonKind::floored: sayFloor(c, said); break;
    case ReasonKind::uniform: said.head = Explanation::Head::uniform; return said;
    case ReasonKind::fallback:
        said.head = Explanation::Head::fallback;
        said.bySwan = plan.options.strategy == Strategy::swan;
        said.columns = c.decision.columns;
        return said;
    case ReasonKind::published: sayPublished(c, said); return said;
    case ReasonKind::solved: saySolved(c, said); break;
    }
    if (said.head != Explanation::Head::mint)
        sayTier(evidence, c, said);
    return said;
}

std::string explainChoice(
    const TargetProfile& profile, const Evidence& evidence, const Plan& plan, std::size_t decision)
{
    return explanationText(explain(profile, evidence, plan, decision));
}

} // namespace bitloupe
