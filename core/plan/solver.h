// SPDX-License-Identifier: GPL-3.0-or-later
// Plans for one model and one set of rules at many budgets: what a slider asks for. solve() is
// this class used once.
#pragma once

#include "plan/solve.h"

#include <memory>

namespace bitloupe {

/// Prepared once for (profile, evidence, rules, floor, strategy), then asked for budgets in any
/// order; an answer never depends on earlier questions. Profile and evidence must outlive it
/// unchanged. Strategies damage and mint. Asked from one thread; different objects are independent.
class Solver {
public:
    /// `options.budget` is not looked at. Errors: badArgument (rules; another strategy).
    /// Answers are the same for any number of `threads` (0: as many as the machine has).
    /// Cost: matches the rules; the rest is prepared by the first question of each budget kind.
    static Result<Solver> prepare(const TargetProfile& profile, const Evidence& evidence,
        const PlanOptions& options, unsigned threads = 0);
    Solver(Solver&&) noexcept;
    Solver& operator=(Solver&&) noexcept;
    ~Solver();

    /// The plan within a budget; equal to solve() with it. Errors: infeasibleBudget.
    /// Cost: first question of a kind about 0.3 us a decision of 18 options, later ones a tenth.
    Result<Plan> at(const Budget& budget);

    /// Size against damage under the same rules; see solve.h.
    Frontier frontier();
    /// The same with the experts held to a budget of their own, where this has one.
    /// Errors: infeasibleBudget, and badArgument where there are no experts.
    Result<Frontier> frontier(const Budget& budget);

private:
    struct State;
    explicit Solver(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace bitloupe
