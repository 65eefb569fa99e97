// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/solver.h"

#include "plan/plan_sums.h"
#include "plan/shard_packing.h"
#include "plan/slices.h"
#include "plan/solver_state.h"

#include <algorithm>

namespace bitloupe {
namespace {

// The same numbers as fillSums, from the flat arrays.
Plan planOf(
    const Problem& problem, const Hull& hull, const PlanOptions& options, const Solution& solution)
{
    const TargetProfile& profile = *problem.profile;
    Plan plan;
    plan.options = options;
    plan.unfollowed = problem.constraints.unfollowed;
    plan.price = solution.price;
    plan.provisional = hull.provisional;
    plan.choices.resize(solution.vertexOf.size());
    LargeVector<Hull::Vertex> chosen(plan.choices.size());
    for (std::size_t d = 0; d < chosen.size(); ++d)
        chosen[d] = hull.vertices[solution.vertexOf[d]];
    for (const auto& [d, o] : solution.deviations) {
        const CodecOption& option = profile.decisions[d].options[o];
        chosen[d] = {option.dataBytes, problem.value(d, o), option.headerBytes, o,
            static_cast<std::uint16_t>(codec(option.codec).bits)};
    }
    double codeBits = 0;
    for (std::size_t d = 0; d < chosen.size(); ++d) {
        Choice& choice = plan.choices[d];
        choice.option = chosen[d].option;
        choice.damage = problem.priors.empty()
            ? chosen[d].value
            : problem.evidence->decisions[d].options[choice.option].damage;
        plan.damage += choice.damage;
        codeBits += static_cast<double>(chosen[d].bits) * static_cast<double>(hull.decisions[d].elements);
    }
    fillSizes(profile, problem.evidence->modelDigest, codeBits,
        packShards(profile.size, chosen.size(),
            [&](std::size_t d) {
                return OutputSize {chosen[d].dataBytes, chosen[d].headerBytes};
            }),
        plan);
    return plan;
}

// True when a cheaper option that a floor forbids would have been chosen at this price.
bool floorBinds(
    const Problem& problem, BudgetKind kind, std::size_t d, std::uint16_t chosen, double price)
{
    const auto total = [&](std::size_t o) {
        return problem.value(d, o) + price * static_cast<double>(problem.cost(kind, d, o));
    };
    const std::size_t count = problem.profile->decisions[d].options.size();
    const std::uint64_t mask = problem.allowed(d);
    for (std::size_t o = 0; o < count; ++o)
        if (((mask >> o) & 1) == 0 && problem.cost(kind, d, o) < problem.cost(kind, d, chosen)
            && total(o) < total(chosen))
            return true;
    return false;
}

void giveReason(
    const Problem& problem, BudgetKind kind, std::size_t d, bool smallest, double price, Choice& choice)
{
    const bool mint = !problem.priors.empty();
    const AllowedOptions& rules = problem.constraints.decisions[d];
    choice.reason = ReasonKind::solved;
    if (rules.fixed) {
        choice.reason = ReasonKind::fixed;
    } else if (rules.pinned) {
        choice.reason = ReasonKind::pinned;
        choice.rule = rules.rule;
    } else if (smallest && choice.option > 0 && (!mint || rules.rule >= 0)
        && floorBinds(problem, kind, d, choice.option, price)) {
        choice.reason = ReasonKind::floored;
        choice.rule = rules.rule;
    }
}

double priceFor(const Plan& plan, const Decision& decision)
{
    return plan.options.budget->expertBytes && isExpert(decision.role) ? plan.expertPrice
                                                                      : plan.price;
}

void giveReasons(const Problem& problem, const Hull& hull,
    const std::vector<std::uint32_t>& vertexOf, unsigned threads, Plan& plan)
{
    forSlices(threads, plan.choices.size(), [&](std::size_t, Slice slice) {
        for (std::size_t d = slice.begin; d < slice.end; ++d)
            giveReason(problem, hull.kind, d, vertexOf[d] == hull.decisions[d].first,
                priceFor(plan, problem.profile->decisions[d]), plan.choices[d]);
    });
}

// Bytes of a file set that no choice avoids.
std::uint64_t leastOverhead(const TargetProfile& profile, BudgetKind kind)
{
    return kind == BudgetKind::fileBytes && !profile.decisions.empty()
        ? profile.size.shardHeaderBytes + profile.size.firstShardBytes
        : 0;
}

constexpr int mostRounds = 20, exactRounds = 3;

// How much less to ask for next. What the layout exceeds the budget by, first; a new choice may
// pack into more files, so later rounds step back by rising multiples of a file's overhead.
std::uint64_t stepBack(const SizeModel& size, std::uint64_t excess, int round)
{
    if (round < exactRounds)
        return excess;
    return std::max(excess,
        (size.shardHeaderBytes + size.headerAlignment)
            << static_cast<unsigned>(round - exactRounds));
}

// The hull without the steps of the other memory's decisions.
Hull stepsOf(const Problem& problem, const Hull& whole, bool experts)
{
    Hull part = whole;
    for (std::size_t d = 0; d < part.decisions.size(); ++d)
        if (isExpert(problem.profile->decisions[d].role) != experts)
            part.decisions[d].last = part.decisions[d].first + 1;
    return part;
}

std::uint64_t smallestOf(const Problem& problem, const Hull& whole, bool experts)
{
    std::uint64_t cost = 0;
    for (std::size_t d = 0; d < whole.decisions.size(); ++d)
        if (isExpert(problem.profile->decisions[d].role) == experts)
            cost += whole.cost(whole.vertices[whole.decisions[d].first]);
    return cost;
}

// Puts what was found for the experts into a solution of the rest.
void join(const TargetProfile& profile, const Solution& experts, Solution& solution)
{
    for (std::size_t d = 0; d < solution.vertexOf.size(); ++d)
        if (isExpert(profile.decisions[d].role))
            solution.vertexOf[d] = experts.vertexOf[d];
    solution.deviations.insert(
        solution.deviations.end(), experts.deviations.begin(), experts.deviations.end());
    solution.gap += experts.gap;
}

struct Attempt {
    Solution solution;
    Plan plan;
    std::uint64_t size = 0; // of what the budget's bytes are for
};

// Shards and padding depend on the whole choice: solve with the least they can be, then give back
// what the exact layout exceeds the budget by. `attempt` solves within a capacity, which is at
// least `smallest`; the last one may exceed the budget all the same.
template <typename Try>
Attempt fitLayout(
    const TargetProfile& profile, const Budget& budget, std::uint64_t smallest, const Try& attempt)
{
    const std::uint64_t overhead = leastOverhead(profile, budget.kind);
    std::uint64_t capacity = budget.bytes - std::min(budget.bytes, overhead);
    std::optional<double> lowerBound;
    const auto tryWithin = [&](std::uint64_t bytes) {
        Attempt made = attempt(bytes);
        lowerBound = lowerBound.value_or(made.plan.damage - made.solution.gap);
        made.plan.lowerBound = made.plan.options.strategy == Strategy::damage
            ? std::min(*lowerBound, made.plan.damage)
            : unknownValue;
        return made;
    };
    for (int round = 0; round < mostRounds && capacity >= smallest; ++round) {
        Attempt made = tryWithin(capacity);
        if (made.size <= budget.bytes)
            return made;
        capacity -=
            std::min(capacity, stepBack(profile.size, made.size - budget.bytes, round));
    }
    return tryWithin(smallest);
}

} // namespace

Solver::Solver(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;
Solver::~Solver() = default;

PreparedHull& Solver::State::hullFor(BudgetKind kind)
{
    auto& slot = prepared[static_cast<std::size_t>(kind)];
    if (!slot)
        slot.emplace(problem, kind, threads);
    return *slot;
}

Result<PreparedPools*> Solver::State::poolsFor(BudgetKind kind)
{
    if (!hasExperts(*problem.profile))
        return noExperts();
    auto& slot = pools[static_cast<std::size_t>(kind)];
    if (!slot) {
        const Hull& whole = hullFor(kind).hull;
        const std::uint64_t experts = smallestOf(problem, whole, true);
        slot.emplace(PreparedPools {PreparedHull(stepsOf(problem, whole, true), threads),
            PreparedHull(stepsOf(problem, whole, false), threads), experts,
            whole.smallestCost - experts});
    }
    return &*slot;
}

Result<Solver> Solver::prepare(const TargetProfile& profile, const Evidence& evidence,
    const PlanOptions& options, unsigned threads)
{
    if (options.strategy != Strategy::damage && options.strategy != Strategy::mint)
        return Error {Errc::badArgument, std::string(strategyName(options.strategy)),
            "expected the strategy damage or mint"};
    auto problem = makeProblem(profile, evidence, options);
    if (!problem)
        return problem.error();
    auto state = std::make_unique<State>();
    state->options = options;
    state->options.budget.reset();
    state->threads = threads;
    state->problem = std::move(*problem);
    return Solver(std::move(state));
}

Result<Plan> Solver::at(const Budget& budget)
{
    return budget.expertBytes ? m_state->withinTwo(budget) : m_state->withinOne(budget);
}

Result<Plan> Solver::State::withinOne(const Budget& budget)
{
    PreparedHull& whole = hullFor(budget.kind);
    PlanOptions asked = options;
    asked.budget = budget;
    Attempt made = fitLayout(
        *problem.profile, budget, whole.hull.smallestCost, [&](std::uint64_t capacity) {
            Attempt one;
            one.solution = solveWithin(problem, whole, capacity, threads);
            one.plan = planOf(problem, whole.hull, asked, one.solution);
            one.size = sizeOf(one.plan, budget.kind);
            return one;
        });
    if (made.size > budget.bytes)
        return infeasible("the smallest plan", made.size, budget);
    giveReasons(problem, whole.hull, made.solution.vertexOf, threads, made.plan);
    return std::move(made.plan);
}

// Neither memory lends to the other, so the best of each is the best of both.
Result<Plan> Solver::State::withinTwo(const Budget& budget)
{
    const auto experts = solveExperts(budget);
    if (!experts)
        return experts.error();
    PreparedPools& both = **poolsFor(budget.kind);
    const Hull& whole = hullFor(budget.kind).hull;
    PlanOptions asked = options;
    asked.budget = budget;
    Attempt made = fitLayout(
        *problem.profile, budget, both.smallestRest, [&](std::uint64_t capacity) {
            Attempt one;
            one.solution =
                solveWithin(problem, both.rest, capacity + both.smallestExperts, threads);
            join(*problem.profile, *experts, one.solution);
            one.plan = planOf(problem, whole, asked, one.solution);
            one.plan.expertPrice = experts->price;
            one.size = poolBytes(*problem.profile, one.plan, budget.kind).rest;
            return one;
        });
    if (made.size > budget.bytes)
        return *overBudget("the smallest plan",
            poolBytes(*problem.profile, made.plan, budget.kind), budget);
    giveReasons(problem, whole, made.solution.vertexOf, threads, made.plan);
    return std::move(made.plan);
}

Result<Solution> Solver::State::solveExperts(const Budget& budget)
{
    const auto both = poolsFor(budget.kind);
    if (!both)
        return both.error();
    PreparedPools& found = **both;
    if (*budget.expertBytes < found.smallestExperts)
        return *overBudget("the smallest plan",
            PoolBytes {found.smallestExperts, found.smallestRest}, budget);
    return solveWithin(
        problem, found.experts, *budget.expertBytes + found.smallestRest, threads);
}

Frontier Solver::frontier()
{
    State& state = *m_state;
    const Hull& whole = state.hullFor(BudgetKind::fileBytes).hull;
    std::vector<std::uint16_t> start;
    start.reserve(whole.decisions.size());
    for (const Hull::Decided& decided : whole.decisions)
        start.push_back(whole.vertices[decided.first].option);
    return makeFrontier(state.problem, state.hullFor(BudgetKind::fileBytes), start);
}

Result<Frontier> Solver::frontier(const Budget& budget)
{
    if (!budget.expertBytes)
        return frontier();
    State& state = *m_state;
    const auto experts = state.solveExperts(budget);
    if (!experts)
        return experts.error();
    const Hull& asked = state.hullFor(budget.kind).hull;
    const Hull& whole = state.hullFor(BudgetKind::fileBytes).hull;
    std::vector<std::uint16_t> start(whole.decisions.size());
    for (std::size_t d = 0; d < start.size(); ++d)
        start[d] = isExpert(state.problem.profile->decisions[d].role)
            ? asked.vertices[experts->vertexOf[d]].option
            : whole.vertices[whole.decisions[d].first].option;
    for (const auto& [d, option] : experts->deviations)
        start[d] = option;
    return makeFrontier(
        state.problem, (*state.poolsFor(BudgetKind::fileBytes))->rest, start);
}

} // namespace bitloupe
