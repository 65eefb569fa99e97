// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/solver.h"

#include "plan/core_search.h"
#include "plan/plan_sums.h"
#include "plan/solver_state.h"

#include <algorithm>
#include <bit>

namespace bitloupe {
namespace {

    struct Solution {
        std::vector<std::uint16_t> options; // by decision
        double lowerBound = 0; // of the value at this capacity
        double price = 0;
    };

    // The last vertex of each decision that a prefix of the steps reaches.
    std::vector<std::uint32_t> verticesAt(
        PreparedHull& prepared, std::size_t steps, std::uint32_t edgeVertex)
    {
        const Hull& hull = prepared.hull;
        const bool all = steps == prepared.order.size();
        const double price = all ? -1 : hull.slopes[edgeVertex];
        std::vector<std::uint32_t> vertexOf(hull.first.size() - 1);
        for (std::size_t d = 0; d < vertexOf.size(); ++d) {
            std::uint32_t v = hull.first[d];
            while (v + 1 < hull.first[d + 1]
                && (hull.slopes[v + 1] > price
                    || (hull.slopes[v + 1] == price && v + 1 < edgeVertex)))
                ++v;
            vertexOf[d] = v;
        }
        return vertexOf;
    }

    // Best choice whose costs add up to at most `capacity`, which the smallest choice keeps.
    Solution solveWithin(const Problem& problem, PreparedHull& prepared, std::uint64_t capacity)
    {
        const Hull& hull = prepared.hull;
        const StepOrder::Prefix prefix
            = prepared.order.longestWithin(hull, capacity - hull.smallestCost);
        const bool all = prefix.steps == prepared.order.size();
        const std::uint32_t edgeVertex = all ? 0 : prepared.order.at(hull, prefix.steps);
        const std::vector<std::uint32_t> vertexOf
            = verticesAt(prepared, prefix.steps, edgeVertex);
        Solution solution;
        solution.options.resize(vertexOf.size());
        double value = 0;
        for (std::size_t d = 0; d < vertexOf.size(); ++d) {
            solution.options[d] = hull.vertices[vertexOf[d]].option;
            value += hull.vertices[vertexOf[d]].value;
        }
        solution.lowerBound = value;
        if (all)
            return solution;
        GreedyEdge edge {prefix.steps, hull.slopes[edgeVertex],
            capacity - hull.smallestCost - prefix.cost, value};
        solution.price = edge.price;
        solution.lowerBound = value - edge.price * static_cast<double>(edge.slack);
        const CoreResult core = searchCore(problem, hull, prepared.order, edge, vertexOf);
        for (const Deviation& deviation : core.deviations)
            solution.options[deviation.decision] = deviation.option;
        if (core.proven) {
            for (const Deviation& d : core.deviations)
                value += problem.value(d.decision, d.option)
                    - hull.vertices[vertexOf[d.decision]].value;
            solution.lowerBound = value;
        }
        return solution;
    }

    Plan planOf(const Problem& problem, const PlanOptions& options, const Solution& solution)
    {
        Plan plan;
        plan.options = options;
        plan.unfollowed = problem.constraints.unfollowed;
        plan.price = solution.price;
        plan.choices.resize(solution.options.size());
        for (std::size_t d = 0; d < plan.choices.size(); ++d)
            plan.choices[d].option = solution.options[d];
        fillSums(*problem.profile, *problem.evidence, plan);
        return plan;
    }

    // True when a cheaper option that a floor forbids would have been chosen at this price.
    bool floorBinds(const Problem& problem, BudgetKind kind, std::size_t d, std::uint16_t chosen,
        double price)
    {
        const auto total = [&](std::size_t o) {
            return problem.value(d, o) + price * static_cast<double>(problem.cost(kind, d, o));
        };
        const std::size_t count = problem.profile->decisions[d].options.size();
        const std::uint64_t mask = problem.constraints.decisions[d].mask;
        for (std::size_t o = 0; o < count; ++o)
            if (((mask >> o) & 1) == 0 && problem.cost(kind, d, o) < problem.cost(kind, d, chosen)
                && total(o) < total(chosen))
                return true;
        return false;
    }

    void giveReasons(const Problem& problem, BudgetKind kind, Plan& plan)
    {
        for (std::size_t d = 0; d < plan.choices.size(); ++d) {
            Choice& choice = plan.choices[d];
            const AllowedOptions& allowed = problem.constraints.decisions[d];
            const std::size_t count = problem.profile->decisions[d].options.size();
            choice.reason = ReasonKind::solved;
            if (count == 1) {
                choice.reason = ReasonKind::fixed;
            } else if (allowed.pinned) {
                choice.reason = ReasonKind::pinned;
                choice.rule = allowed.rule;
            } else if ((problem.priors.empty() || allowed.rule >= 0)
                && std::popcount(allowed.mask) != static_cast<int>(count)
                && (allowed.mask & ((std::uint64_t(1) << choice.option) - 1)) == 0
                && floorBinds(problem, kind, d, choice.option, plan.price)) {
                choice.reason = ReasonKind::floored;
                choice.rule = allowed.rule;
            }
        }
    }

    // Bytes of a file set that no choice avoids.
    std::uint64_t leastOverhead(const TargetProfile& profile, BudgetKind kind)
    {
        return kind == BudgetKind::fileBytes && !profile.decisions.empty()
            ? profile.size.shardHeaderBytes
            : 0;
    }

    constexpr int mostRounds = 8;

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
        slot.emplace(buildHull(problem, kind));
    return *slot;
}

Result<Solver> Solver::prepare(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options)
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
        const Solution solution = solveWithin(state.problem, prepared, capacity);
        lowerBound = lowerBound ? *lowerBound : solution.lowerBound;
        Plan plan = planOf(state.problem, options, solution);
        const std::uint64_t size = sizeOf(plan, budget.kind);
        if (size <= budget.bytes) {
            plan.lowerBound = state.options.strategy == Strategy::damage
                ? std::min(*lowerBound, plan.damage)
                : unknownValue;
            giveReasons(state.problem, budget.kind, plan);
            return plan;
        }
        capacity -= std::min(capacity, size - budget.bytes);
    }
    const Solution least = solveWithin(state.problem, prepared, smallest);
    Plan plan = planOf(state.problem, options, least);
    const std::uint64_t size = sizeOf(plan, budget.kind);
    if (size > budget.bytes)
        return infeasible("the smallest plan", size, budget);
    plan.lowerBound = state.options.strategy == Strategy::damage
        ? std::min(lowerBound.value_or(plan.damage), plan.damage)
        : unknownValue;
    giveReasons(state.problem, budget.kind, plan);
    return plan;
}

Frontier Solver::frontier()
{
    return makeFrontier(m_state->problem, m_state->hullFor(BudgetKind::fileBytes));
}

} // namespace bitloupe
