// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/comparisons.h"

#include "measure/metrics.h"
#include "plan/constraints.h"
#include "plan/plan_sums.h"
#include "plan/pools.h"
#include "plan/uniform_plans.h"

#include <algorithm>
#include <bit>

namespace bitloupe {
namespace {

// What the rules leave; true when they alone decide.
bool decidedByRules(const Decision& decision, const AllowedOptions& allowed, Choice& choice)
{
    if (!allowed.pinned && decision.options.size() > 1)
        return false;
    choice.option = static_cast<std::uint16_t>(std::countr_zero(allowed.mask));
    choice.reason = decision.options.size() == 1 ? ReasonKind::fixed : ReasonKind::pinned;
    choice.rule = decision.options.size() == 1 ? -1 : allowed.rule;
    return true;
}

// Takes `wanted` or what is nearest to it; a floor rule lifts it to the smallest allowed.
void choose(const Decision& decision, const AllowedOptions& allowed, const Codec& wanted,
    ReasonKind reason, Choice& choice)
{
    const std::size_t free = nearestOption(decision, wanted, ~std::uint64_t(0));
    const std::size_t lowest = static_cast<std::size_t>(std::countr_zero(allowed.mask));
    choice.option = static_cast<std::uint16_t>(free);
    choice.reason =
        codec(decision.options[free].codec).id == wanted.id ? reason : ReasonKind::fallback;
    if (((allowed.mask >> free) & 1) != 0)
        return;
    choice.option = static_cast<std::uint16_t>(lowest);
    choice.reason = ReasonKind::floored;
    choice.rule = allowed.rule;
}

Plan emptyPlan(const PlanOptions& options, const Constraints& constraints)
{
    Plan plan;
    plan.options = options;
    plan.unfollowed = constraints.unfollowed;
    plan.lowerBound = unknownValue;
    plan.choices.resize(constraints.decisions.size());
    return plan;
}

Plan uniformPlan(const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options,
    const Constraints& constraints, const Codec& wanted)
{
    Plan plan = emptyPlan(options, constraints);
    for (std::size_t d = 0; d < plan.choices.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        const AllowedOptions& allowed = constraints.decisions[d];
        if (!decidedByRules(decision, allowed, plan.choices[d]))
            choose(decision, allowed, wanted, ReasonKind::uniform, plan.choices[d]);
    }
    fillSums(profile, evidence, plan);
    return plan;
}

// Codecs that any decision may take, by table order.
std::vector<CodecId> codecsInUse(const TargetProfile& profile)
{
    std::vector<bool> used(codecs().size());
    for (const Decision& decision : profile.decisions)
        for (const CodecOption& option : decision.options)
            if (decision.options.size() > 1)
                used[option.codec.index()] = true;
    std::vector<CodecId> ids;
    for (const Codec& candidate : codecs())
        if (used[candidate.id.index()])
            ids.push_back(candidate.id);
    return ids;
}

// The floats, written as whatever the last option is.
void keepFloats(const Decision& decision, ReasonKind reason, Choice& choice)
{
    choice.option = static_cast<std::uint16_t>(decision.options.size() - 1);
    choice.reason = reason;
}

const Codec* swanCodec(double composite)
{
    if (composite >= .90)
        return nullptr;
    if (composite >= .65)
        return findCodec("affine-8-g64");
    return composite <= .10 ? findCodec("affine-2-g32") : findCodec("affine-4-g128");
}

} // namespace

std::size_t nearestOption(const Decision& decision, const Codec& wanted, std::uint64_t allowed)
{
    std::size_t best = decision.options.size() - 1;
    int bestGroup = 0; // of several blocks of the same length the smaller one, IQ4_NL before Q4_0
    for (std::size_t o = 0; o < decision.options.size(); ++o) {
        const Codec& candidate = codec(decision.options[o].codec);
        // Blocks of the same bits and length are not the same codec.
        if (((allowed >> o) & 1) != 0 && candidate.id == wanted.id)
            return o;
        if (((allowed >> o) & 1) == 0 || candidate.family != wanted.family
            || candidate.bits != wanted.bits || candidate.groupSize > wanted.groupSize)
            continue;
        const bool smaller = candidate.groupSize == bestGroup
            && decision.options[o].dataBytes <= decision.options[best].dataBytes;
        if (candidate.groupSize > bestGroup || smaller) {
            best = o;
            bestGroup = candidate.groupSize;
        }
    }
    if (bestGroup > 0 || !dtypeInfo(wanted.storedType).isBlock())
        return best;
    // Rows that the wanted blocks do not fit: the smallest that do, and have no fewer bits.
    for (std::size_t o = 0; o < best; ++o) {
        const Codec& candidate = codec(decision.options[o].codec);
        if (((allowed >> o) & 1) != 0 && candidate.family == wanted.family
            && candidate.bits >= wanted.bits)
            return o;
    }
    return best;
}

Result<Plan> solveUniform(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options)
{
    if (!options.budget)
        return Error {Errc::badArgument, "budget", "the uniform strategy needs one"};
    const auto plans = UniformPlans::prepare(profile, evidence, options);
    if (!plans)
        return plans.error();
    return plans->at(*options.budget);
}

Result<UniformPlans> UniformPlans::prepare(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options)
{
    const auto constraints = applyRules(profile, options.rules);
    if (!constraints)
        return constraints.error();
    std::vector<CodecId> ids = codecsInUse(profile);
    if (ids.empty()) // nothing to choose: every codec gives the same plan
        ids.push_back(codecs().front().id);
    UniformPlans made;
    for (const CodecId id : ids) {
        Plan plan = uniformPlan(profile, evidence, options, *constraints, codec(id));
        const PoolBytes files = poolBytes(profile, plan, BudgetKind::fileBytes);
        const PoolBytes data = poolBytes(profile, plan, BudgetKind::dataBytes);
        made.m_plans.push_back({std::move(plan), files, data});
    }
    return made;
}

Result<Plan> UniformPlans::at(const Budget& budget) const
{
    const Sized *best = nullptr, *smallest = nullptr;
    const auto size = [&](const Sized& one) { return sizeOf(one.plan, budget.kind); };
    for (const Sized& one : m_plans) {
        if (!smallest || size(one) < size(*smallest))
            smallest = &one;
        if ((!best || size(one) > size(*best))
            && !overBudget("the uniform plan", one.pools(budget.kind), budget))
            best = &one;
    }
    if (!best)
        return *overBudget("the smallest uniform plan", smallest->pools(budget.kind), budget);
    Plan plan = best->plan;
    plan.options.budget = budget;
    return plan;
}

Result<Plan> solveSwan(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options)
{
    const auto constraints = applyRules(profile, options.rules);
    if (!constraints)
        return constraints.error();
    Plan plan = emptyPlan(options, *constraints);
    const std::size_t metric = metricIndex("swan");
    bool guessed = false;
    for (std::size_t d = 0; d < plan.choices.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        const AllowedOptions& allowed = constraints->decisions[d];
        Choice& choice = plan.choices[d];
        if (decidedByRules(decision, allowed, choice))
            continue;
        const auto& scores = evidence.decisions[d].metrics;
        const double composite = metric < scores.size() ? scores[metric] : unknownValue;
        guessed = guessed || (std::isnan(composite) && !decision.sizeProtected);
        const Codec* wanted = decision.sizeProtected ? nullptr : swanCodec(composite);
        if (wanted == nullptr)
            keepFloats(decision, ReasonKind::published, choice);
        else
            choose(decision, allowed, *wanted, ReasonKind::published, choice);
    }
    fillSums(profile, evidence, plan);
    plan.provisional = plan.provisional || guessed;
    if (options.budget)
        if (auto over = overBudget(
                "SWAN's plan", poolBytes(profile, plan, options.budget->kind), *options.budget))
            return *std::move(over);
    return plan;
}

} // namespace bitloupe
