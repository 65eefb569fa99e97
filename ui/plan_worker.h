// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a plan view needs, computed off the GUI thread: the plan, its rivals, the frontier.
#pragma once

#include "export/plan_mixes.h"
#include "job/job.h"
#include "measure/analysis.h"
#include "plan/pools.h"
#include "plan/solver.h"
#include "plan/uniform_plans.h"
#include "ui/score_feed.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe::ui {

/// Another plan as a point: uniform at some bits, SWAN, MINT, a mix that others make.
struct PlanPoint : PlanNumbers {
    int bits = 0; // uniform at these bits, groups of 64; 0: published rule
    std::string name {}; // of the block type that is everywhere, or of the mix; else empty
    Strategy strategy = Strategy::uniform;
};

/// Immutable once made.
struct Planned {
    std::shared_ptr<const Evidence> evidence;
    std::optional<Plan> plan; // empty: see problem
    std::optional<Error> problem; // infeasible budget, a rule that cannot hold
    std::optional<PlanPoint> uniform, mint; // under the same budget
    std::vector<std::uint16_t> uniformChoice; // options of the uniform plan, by decision
    std::vector<double> uniformDamage; // by decision
    std::vector<std::uint16_t> mintChoice; // options of MINT's plan, by decision
    // Those whose experts fit what these may have; all, where they have no budget of their own.
    std::vector<PlanPoint> uniformPoints; // 2 3 4 5 6 8 bits, groups of 64; none for blocks
    std::vector<PlanPoint> mixes; // what the client's own quantizer makes, where it has names for it
    std::vector<PlanPoint> comparisons; // in the order they were asked for
    std::optional<PlanPoint> swan; // likewise
    Frontier frontier; // of what is not the experts', where these have a budget of their own
    bool hasExperts = false;
    PoolBytes pools {}; // of the plan's files
    std::vector<std::uint32_t> ruleMatches; // by rule asked for: decisions it speaks of
    std::optional<Budget> followed; // the budget that a held damage led to
    int revision = 0; // of the wishes that the rules came from
    std::array<double, 3> tierDamage {}; // of the plan, as each tier counts it, where it is known
};

/// Damage of an option as a tier from 1 to 3 counts it; NaN where that tier does not reach.
double damageByTier(const DecisionEvidence& evidence, std::size_t option, int tier);

/// A plan made elsewhere, to compare with.
struct NamedChoice {
    std::string name;
    std::vector<std::uint16_t> choice; // option of every decision
};

struct PlanQuestion {
    std::shared_ptr<const TargetProfile> profile;
    std::shared_ptr<const Analysis> analysis; // a new object when anything in it is new
    PlanOptions options;
    int revision = 0; // of the wishes behind the rules
    std::shared_ptr<ScoreFeed> feed; // scores beyond `analysis`, while it is being measured
    bool takeScores = false; // read the feed; else answer from what was read before
    std::vector<NamedChoice> comparisons {};
    std::optional<double> heldDamage {}; // the budget is the smallest with no more than this
};

/// Keeps what stays the same between questions, so that a slider move costs one solve.
/// Single-thread: the worker's own.
class PlanWorker {
public:
    Result<std::shared_ptr<const Planned>> answer(const PlanQuestion& question, const Job& job);

private:
    bool takeScores(const PlanQuestion& question);
    void prepareEvidence(const PlanQuestion& question);
    void prepareRules(const PlanQuestion& question);
    std::optional<PlanPoint> pointAt(
        const std::vector<std::uint16_t>& choice, Strategy strategy) const;
    void prepareFrontier(const Budget& budget);
    Result<Budget> budgetFor(double damage, const Budget& asked);
    void findUniformPoints();
    void findMixes();
    void addUniform(const Budget& budget, Planned& planned);

    std::shared_ptr<const TargetProfile> m_profile;
    std::shared_ptr<const Analysis> m_analysis;
    std::shared_ptr<ScoreFeed> m_feed;
    Analysis m_live; // m_analysis and what the feed brought
    std::shared_ptr<const Evidence> m_evidence;
    std::vector<Rule> m_rules;
    std::optional<std::uint64_t> m_frontierExperts; // the experts' budget that the frontier is for
    std::optional<Solver> m_solver, m_mint;
    std::optional<UniformPlans> m_uniform; // of the evidence in force, without rules
    std::optional<Error> m_problem;
    Planned m_fixed; // points and frontier of the evidence and rules in force
};

} // namespace bitloupe::ui
