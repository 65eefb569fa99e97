// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/solver.h"

#include "plan/core_search.h"
#include "plan/plan_sums.h"
#include "plan/shard_packing.h"
#include "plan/slices.h"
#include "plan/solver_state.h"

#include <algorithm>
#include <numeric>

namespace bitloupe {
namespace {

struct Solution {
    std::vector<std::uint32_t> vertexOf; // by decision
    std::vector<Deviation> deviations; // from those
    double lowerBound = 0; // of the value at this capacity
    double price = 0;
};

// The last vertex of each decision that a prefix of the steps reaches, `edge` being the first step
// not taken, and the sum of their values.
double verticesBefore(const Hull& hull, std::optional<std::uint32_t> edge, unsigned threads,
    std::vector<std::uint32_t>& vertexOf)
{
    const double price = edge ? hull.slopes[*edge] : -1;
    const std::uint32_t edgeVertex = edge.value_or(0);
    const double* slopes = hull.slopes.data();
    vertexOf.resize(hull.decisions.size());
    std::vector<double> values(sliceCount(vertexOf.size()), 0);
    forSlices(threads, vertexOf.size(), [&](std::size_t s, Slice slice) {
        double sum = 0;
        for (std::size_t d = slice.begin; d < slice.end; ++d) {
            const std::uint32_t end = hull.decisions[d].last;
            std::uint32_t v = hull.decisions[d].first + 1;
            while (v < end && (slopes[v] > price || (slopes[v] == price && v < edgeVertex)))
                ++v;
            vertexOf[d] = v - 1;
            sum += hull.vertices[v - 1].value;
        }
        values[s] = sum;
    });
    return std::accumulate(values.begin(), values.end(), 0.0);
}

// Best choice whose costs add up to at most `capacity`, which the smallest choice keeps.
Solution solveWithin(const Problem& problem, PreparedHull& prepared, std::uint64_t capacity,
    unsigned threads)
{
    const Hull& hull = prepared.hull;
    const StepOrder::Prefix prefix =
        prepared.order.longestWithin(hull, capacity - hull.smallestCost);
    std::optional<std::uint32_t> edgeVertex;
    if (prefix.steps < prepared.order.size())
        edgeVertex = prepared.order.at(hull, prefix.steps);
    Solution solution;
    double value = verticesBefore(hull, edgeVertex, threads, solution.vertexOf);
    solution.lowerBound = value;
    if (!edgeVertex)
        return solution;
    const GreedyEdge edge {
        prefix.steps, hull.slopes[*edgeVertex], capacity - hull.smallestCost - prefix.cost, value};
    CoreResult core = searchCore(problem, hull, prepared.order, edge, solution.vertexOf);
    solution.price = edge.price;
    solution.lowerBound = value - edge.price * static_cast<double>(edge.slack);
    if (core.proven) {
        for (const Deviation& d : core.deviations)
            value += problem.value(d.decision, d.option)
                - hull.vertices[solution.vertexOf[d.decision]].value;
        solution.lowerBound = value;
    }
    solution.deviations = std::move(core.deviations);
    return solution;
}

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

void giveReasons(const Problem& problem, const Hull& hull,
    const std::vector<std::uint32_t>& vertexOf, unsigned threads, Plan& plan)
{
    forSlices(threads, plan.choices.size(), [&](std::size_t, Slice slice) {
        for (std::size_t d = slice.begin; d < slice.end; ++d)
            giveReason(problem, hull.kind, d, vertexOf[d] == hull.decisions[d].first, plan.price,
                plan.choices[d]);
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
    State& state = *m_state;
    PreparedHull& prepared = state.hullFor(budget.kind);
    const std::uint64_t smallest = prepared.hull.smallestCost;
    PlanOptions options = state.options;
    options.budget = budget;
    const std::uint64_t overhead = leastOverhead(*state.problem.profile, budget.kind);
    std::uint64_t capacity = budget.bytes - std::min(budget.bytes, overhead);
    std::optional<double> lowerBound;
    // Shards and padding depend on the whole choice: solve with the least they can be, then give
    // back what the exact layout exceeds the budget by.
    for (int round = 0; round < mostRounds && capacity >= smallest; ++round) {
        const Solution solution = solveWithin(state.problem, prepared, capacity, state.threads);
        lowerBound = lowerBound ? *lowerBound : solution.lowerBound;
        Plan plan = planOf(state.problem, prepared.hull, options, solution);
        const std::uint64_t size = sizeOf(plan, budget.kind);
        if (size <= budget.bytes) {
            plan.lowerBound = state.options.strategy == Strategy::damage
                ? std::min(*lowerBound, plan.damage)
                : unknownValue;
            giveReasons(state.problem, prepared.hull, solution.vertexOf, state.threads, plan);
            return plan;
        }
        capacity -=
            std::min(capacity, stepBack(state.problem.profile->size, size - budget.bytes, round));
    }
    const Solution least = solveWithin(state.problem, prepared, smallest, state.threads);
    Plan plan = planOf(state.problem, prepared.hull, options, least);
    const std::uint64_t size = sizeOf(plan, budget.kind);
    if (size > budget.bytes)
        return infeasible("the smallest plan", size, budget);
    plan.lowerBound = state.options.strategy == Strategy::damage
        ? std::min(lowerBound.value_or(plan.damage), plan.damage)
        : unknownValue;
    giveReasons(state.problem, prepared.hull, least.vertexOf, state.threads, plan);
    return plan;
}

Frontier Solver::frontier()
{
    return makeFrontier(m_state->problem, m_state->hullFor(BudgetKind::fileBytes));
}

} // namespace bitloupe
