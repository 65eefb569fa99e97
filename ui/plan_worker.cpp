// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan_worker.h"

#include "base/text.h"
#include "plan/rule_matches.h"

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

bool sameRules(const std::vector<Rule>& a, const std::vector<Rule>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Rule& x, const Rule& y) {
        return x.kind == y.kind && x.pattern == y.pattern && x.decision == y.decision
            && x.codec == y.codec;
    });
}

PlanPoint pointOf(const TargetProfile& profile, const Plan& plan, Strategy strategy)
{
    PlanPoint point {numbersOf(profile, plan)};
    point.strategy = strategy;
    return point;
}

// A recipe whose experts outgrow their own memory is no alternative: none of the curve's plans may.
void dropBeyondExperts(const Budget& budget, Planned& planned)
{
    if (!budget.expertBytes)
        return;
    const auto beyond = [&](const PlanPoint& point) {
        const bool files = budget.kind == BudgetKind::fileBytes;
        return (files ? point.files : point.data).experts > *budget.expertBytes;
    };
    std::erase_if(planned.uniformPoints, beyond);
    std::erase_if(planned.mixes, beyond);
    if (planned.swan && beyond(*planned.swan))
        planned.swan.reset();
}

// The option with these bits in groups of 64, else in any groups, else the floats.
std::uint16_t optionWithBits(const Decision& decision, int bits)
{
    std::size_t found = decision.options.size() - 1;
    for (std::size_t i = 0; i + 1 < decision.options.size(); ++i) {
        const Codec& one = codec(decision.options[i].codec);
        if (one.family != CodecFamily::affine || one.bits != bits)
            continue;
        found = i;
        if (one.groupSize == 64)
            break;
    }
    return static_cast<std::uint16_t>(found);
}

// What all decisions of a uniform plan have that can.
void nameUniform(const TargetProfile& profile, const Plan& plan, PlanPoint& point)
{
    for (std::size_t d = 0; d < plan.choices.size(); ++d)
        if (plan.choices[d].reason == ReasonKind::uniform) {
            const Codec& one = codec(profile.decisions[d].options[plan.choices[d].option].codec);
            point.bits = one.bits;
            if (one.family == CodecFamily::block)
                point.name = dtypeInfo(one.storedType).name;
            return;
        }
}

std::vector<std::uint32_t> countMatches(
    const TargetProfile& profile, const std::vector<Rule>& rules)
{
    std::vector<std::uint32_t> counts;
    counts.reserve(rules.size());
    for (const Rule& rule : rules) {
        const auto matches = matchesOf(profile, rule);
        counts.push_back(matches ? static_cast<std::uint32_t>(matches->size()) : 0);
    }
    return counts;
}

std::array<double, 3> sumsByTier(const Evidence& evidence, const Plan& plan)
{
    std::array<double, 3> sums {};
    for (std::size_t d = 0; d < plan.choices.size(); ++d) {
        const DecisionEvidence& one = evidence.decisions[d];
        for (int tier = 1; tier <= 3 && one.known && one.options.size() > 1; ++tier)
            if (const double damage = damageByTier(one, plan.choices[d].option, tier);
                std::isfinite(damage))
                sums[static_cast<std::size_t>(tier - 1)] += damage;
    }
    return sums;
}

} // namespace

double damageByTier(const DecisionEvidence& evidence, std::size_t option, int tier)
{
    const double nrmse = evidence.options[option].nrmse;
    const ProbedPoint& probed = evidence.details[option].probed;
    switch (tier) {
    case 1: return evidence.importance * nrmse * nrmse;
    case 2: return evidence.importance * probed.inputError;
    default: return probed.damage;
    }
}

std::optional<PlanPoint> PlanWorker::pointAt(
    const std::vector<std::uint16_t>& choice, Strategy strategy) const
{
    Plan plan;
    plan.targetId = m_profile->targetId;
    plan.modelDigest = m_evidence->modelDigest;
    for (const std::uint16_t option : choice) {
        plan.choices.emplace_back();
        plan.choices.back().option = option;
    }
    const auto whole = completePlan(*m_profile, *m_evidence, std::move(plan));
    return whole ? std::optional(pointOf(*m_profile, *whole, strategy)) : std::nullopt;
}

void PlanWorker::findUniformPoints()
{
    for (const int bits : {2, 3, 4, 5, 6, 8}) {
        std::vector<std::uint16_t> choice;
        for (const Decision& decision : m_profile->decisions)
            choice.push_back(optionWithBits(decision, bits));
        if (auto point = pointAt(choice, Strategy::uniform); point && point->fileBytes > 0) {
            point->bits = bits;
            m_fixed.uniformPoints.push_back(*point);
        }
    }
}

void PlanWorker::findMixes()
{
    for (const MixPlan& mix : planMixes(*m_profile, *m_evidence)) {
        PlanPoint point {mix};
        point.name = mix.name;
        m_fixed.mixes.push_back(std::move(point));
    }
}

// True when the feed brought something. The copy is the worker's, so the window never waits for it.
bool PlanWorker::takeScores(const PlanQuestion& question)
{
    if (m_feed != question.feed) {
        m_feed = question.feed;
        m_live = m_feed ? *question.analysis : Analysis {};
    }
    if (!m_feed || !question.takeScores)
        return false;
    ScoreFeed::Scores scores = m_feed->takeForPlanner();
    for (auto& [tensor, score] : scores)
        m_live.tensors[tensor.index()] = std::move(score);
    return !scores.empty();
}

void PlanWorker::prepareEvidence(const PlanQuestion& question)
{
    const bool same = m_profile == question.profile && m_analysis == question.analysis
        && m_feed == question.feed;
    if (const bool fed = takeScores(question); same && !fed)
        return;
    m_solver.reset();
    m_mint.reset();
    m_uniform.reset();
    m_profile = question.profile;
    m_analysis = question.analysis;
    m_evidence = std::make_shared<const Evidence>(
        gatherEvidence(*m_profile, m_feed ? m_live : *m_analysis));
    m_fixed = {};
    m_fixed.hasExperts = hasExperts(*m_profile);
    if (offersBlocks(*m_profile))
        findMixes();
    else
        findUniformPoints();
    PlanOptions swan;
    swan.strategy = Strategy::swan;
    if (const auto plan = solve(*m_profile, *m_evidence, swan))
        m_fixed.swan = pointOf(*m_profile, *plan, Strategy::swan);
    m_rules.clear();
}

void PlanWorker::prepareRules(const PlanQuestion& question)
{
    if (m_solver && sameRules(m_rules, question.options.rules))
        return;
    m_rules = question.options.rules;
    m_problem.reset();
    m_solver.reset();
    m_fixed.ruleMatches = countMatches(*m_profile, m_rules);
    PlanOptions options = question.options;
    options.strategy = Strategy::damage;
    auto solver = Solver::prepare(*m_profile, *m_evidence, options);
    if (!solver) {
        m_problem = solver.error();
        return;
    }
    m_solver = std::move(*solver);
    m_fixed.frontier = {};
    options.strategy = Strategy::mint;
    options.rules.clear();
    if (auto mint = Solver::prepare(*m_profile, *m_evidence, options))
        m_mint = std::move(*mint);
}

// Rules and the experts' budget shape it; where that holds no plan, all move along it.
void PlanWorker::prepareFrontier(const Budget& budget)
{
    if (!m_fixed.frontier.points.empty() && m_frontierExperts == budget.expertBytes)
        return;
    m_frontierExperts = budget.expertBytes;
    auto curve = m_solver->frontier(budget);
    m_fixed.frontier = curve ? *std::move(curve) : m_solver->frontier();
}

// Damage falls with size, so halves: about twenty plans, each a tenth of the first.
Result<Budget> PlanWorker::budgetFor(double damage, const Budget& asked)
{
    const auto& points = m_fixed.frontier.points;
    if (points.empty())
        return Error {Errc::infeasibleBudget, {}, "nothing is known of its size and damage"};
    Budget budget {BudgetKind::fileBytes, points.back().fileBytes, asked.expertBytes};
    const auto within = [&](std::uint64_t bytes) {
        budget.bytes = bytes;
        const auto plan = m_solver->at(budget);
        return plan && plan->damage <= damage * (1 + 1e-9);
    };
    const auto most = m_solver->at(budget);
    if (!most)
        return most.error();
    const std::uint64_t apart =
        asked.expertBytes ? poolBytes(*m_profile, *most, budget.kind).experts : 0;
    std::uint64_t low = points.front().fileBytes - apart, high = points.back().fileBytes - apart;
    if (within(low))
        return budget;
    if (!within(high))
        return Error {Errc::infeasibleBudget, {},
            "the rules leave a predicted damage of at least " + numberText(points.back().damage)
                + ", the locked one is " + numberText(damage)};
    const std::uint64_t fine = std::max<std::uint64_t>((high - low) >> 20, 1);
    while (high - low > fine) {
        const std::uint64_t middle = low + (high - low) / 2;
        (within(middle) ? high : low) = middle;
    }
    budget.bytes = high;
    return budget;
}

void PlanWorker::addUniform(const Budget& budget, Planned& planned)
{
    if (!m_uniform) {
        PlanOptions options;
        options.strategy = Strategy::uniform;
        if (auto made = UniformPlans::prepare(*m_profile, *m_evidence, options))
            m_uniform = std::move(*made);
    }
    if (!m_uniform)
        return;
    if (const auto uniform = m_uniform->at(budget)) {
        planned.uniform = pointOf(*m_profile, *uniform, Strategy::uniform);
        nameUniform(*m_profile, *uniform, *planned.uniform);
        planned.uniformChoice = chosenOptions(*uniform);
        for (const Choice& choice : uniform->choices)
            planned.uniformDamage.push_back(choice.damage);
    }
}

Result<std::shared_ptr<const Planned>> PlanWorker::answer(
    const PlanQuestion& question, const Job& job)
{
    prepareEvidence(question);
    if (job.stopRequested())
        return Job::cancelled();
    prepareRules(question);
    if (m_solver)
        prepareFrontier(question.options.budget.value_or(Budget {}));
    auto planned = std::make_shared<Planned>(m_fixed);
    planned->evidence = m_evidence;
    planned->problem = m_problem;
    planned->revision = question.revision;
    dropBeyondExperts(question.options.budget.value_or(Budget {}), *planned);
    for (const NamedChoice& other : question.comparisons)
        if (auto point = pointAt(other.choice, Strategy::uniform)) {
            point->name = other.name;
            planned->comparisons.push_back(std::move(*point));
        }
    if (!m_solver || !question.options.budget)
        return std::shared_ptr<const Planned>(std::move(planned));
    Budget budget = *question.options.budget;
    if (question.heldDamage) {
        const auto found = budgetFor(*question.heldDamage, budget);
        if (!found) {
            planned->problem = found.error();
            return std::shared_ptr<const Planned>(std::move(planned));
        }
        planned->followed = budget = *found;
    }
    auto plan = m_solver->at(budget);
    if (!plan) {
        planned->problem = plan.error();
        return std::shared_ptr<const Planned>(std::move(planned));
    }
    planned->plan = std::move(*plan);
    planned->pools = poolBytes(*m_profile, *planned->plan, BudgetKind::fileBytes);
    planned->tierDamage = sumsByTier(*m_evidence, *planned->plan);
    addUniform(budget, *planned);
    if (m_mint)
        if (const auto mint = m_mint->at(budget)) {
            planned->mint = pointOf(*m_profile, *mint, Strategy::mint);
            planned->mintChoice = chosenOptions(*mint);
        }
    return std::shared_ptr<const Planned>(std::move(planned));
}

} // namespace bitloupe::ui
