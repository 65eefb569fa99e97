// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/solve.h"

#include "base/text.h"
#include "plan/comparisons.h"
#include "plan/plan_sums.h"
#include "plan/solver.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

constexpr std::array<std::string_view, 4> strategyNames {"damage", "uniform", "swan", "mint"};

Error badPlan(const std::string& where, std::string detail)
{
    return {Errc::badPlan, where, std::move(detail)};
}

std::string againstCount(std::size_t found, std::size_t expected)
{
    return "found " + std::to_string(found) + ", expected " + std::to_string(expected);
}

Result<void> checkChoices(const TargetProfile& profile, const Evidence& evidence, const Plan& plan)
{
    const std::size_t decisions = profile.decisions.size();
    if (plan.choices.size() != decisions)
        return badPlan("choices", againstCount(plan.choices.size(), decisions));
    if (evidence.decisions.size() != decisions)
        return badPlan("evidence", againstCount(evidence.decisions.size(), decisions));
    for (std::size_t d = 0; d < decisions; ++d) {
        const std::size_t options = profile.decisions[d].options.size();
        const std::string& name = profile.decisions[d].name;
        if (plan.choices[d].option >= options)
            return badPlan(name,
                "found option " + std::to_string(plan.choices[d].option) + " of "
                    + std::to_string(options));
        const DecisionEvidence& known = evidence.decisions[d];
        for (const std::size_t count : {known.options.size(), known.details.size()})
            if (count != options)
                return badPlan(name, "evidence of options: " + againstCount(count, options));
    }
    return {};
}

} // namespace

std::optional<Strategy> findStrategy(std::string_view name)
{
    const auto found = std::find(strategyNames.begin(), strategyNames.end(), name);
    if (found == strategyNames.end())
        return std::nullopt;
    return static_cast<Strategy>(found - strategyNames.begin());
}

std::string_view strategyName(Strategy strategy)
{
    return strategyNames[static_cast<std::size_t>(strategy)];
}

Result<Budget> budgetFromBpw(double bpw, std::uint64_t parameters)
{
    // Above 64 bits a weight nothing is stored; the product stays far inside 64 bits then.
    if (!(bpw > 0 && bpw <= 64))
        return Error {Errc::badArgument, "bits per weight",
            "found " + numberText(bpw) + ", expected a number above 0 and at most 64"};
    if (parameters == 0 || parameters >= std::uint64_t(1) << 59)
        return Error {Errc::badArgument, "bits per weight",
            "found a model of " + groupedText(parameters) + " parameters"};
    // 8 * bytes / parameters <= bpw; long double keeps whole bytes exact.
    const long double bits = static_cast<long double>(bpw) * static_cast<long double>(parameters);
    return Budget {BudgetKind::dataBytes, static_cast<std::uint64_t>(bits / 8)};
}

Result<Plan> solve(const TargetProfile& profile, const Evidence& evidence,
    const PlanOptions& options, unsigned threads)
{
    if (!(options.sqnrFloorDb > -1000 && options.sqnrFloorDb < 1000))
        return Error {Errc::badArgument, "SQNR floor",
            "found " + numberText(options.sqnrFloorDb) + " dB, expected a finite number"};
    if (options.strategy == Strategy::uniform)
        return solveUniform(profile, evidence, options);
    if (options.strategy == Strategy::swan)
        return solveSwan(profile, evidence, options);
    if (!options.budget)
        return Error {Errc::badArgument, "budget",
            "the strategy " + std::string(strategyName(options.strategy)) + " needs one"};
    auto solver = Solver::prepare(profile, evidence, options, threads);
    if (!solver)
        return solver.error();
    return solver->at(*options.budget);
}

Result<Plan> completePlan(
    const TargetProfile& profile, const Evidence& evidence, Plan choicesAndOptions)
{
    if (const auto fits = checkChoices(profile, evidence, choicesAndOptions); !fits)
        return fits.error();
    fillSums(profile, evidence, choicesAndOptions);
    return choicesAndOptions;
}

Result<Frontier> frontier(
    const TargetProfile& profile, const Evidence& evidence, const PlanOptions& options)
{
    PlanOptions ours = options;
    ours.strategy = Strategy::damage;
    auto solver = Solver::prepare(profile, evidence, ours);
    if (!solver)
        return solver.error();
    return solver->frontier(options.budget.value_or(Budget {}));
}

} // namespace bitloupe
