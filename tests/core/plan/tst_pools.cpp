// SPDX-License-Identifier: GPL-3.0-or-later
// Experts with a budget of their own: both ceilings hold to the byte, and nothing better fits.
#include "core/plan/made_profiles.h"
#include "plan/file_layout.h"
#include "plan/pools.h"
#include "plan/solver.h"

#include <QtTest>

using namespace bitloupe;
using test::MadePlanCase;
using test::makePlanCase;

namespace {

// Every third matrix is an expert's.
MadePlanCase withExperts(std::uint64_t seed, const test::MadeOptions& options)
{
    MadePlanCase made = makePlanCase(seed, options);
    for (std::size_t d = 0; d < made.profile.decisions.size(); d += 3)
        made.profile.decisions[d].role = TensorRole::expertUp;
    return made;
}

// Sizes when all decisions take the option at a share of their list.
PoolBytes sizesAt(const MadePlanCase& made, double share)
{
    Plan plan;
    for (const Decision& decision : made.profile.decisions) {
        plan.choices.emplace_back();
        plan.choices.back().option =
            static_cast<std::uint16_t>(share * double(decision.options.size() - 1));
    }
    const auto whole = completePlan(made.profile, made.evidence, plan);
    return poolBytes(made.profile, *whole, BudgetKind::fileBytes);
}

Budget between(const MadePlanCase& made, double experts, double rest)
{
    const PoolBytes low = sizesAt(made, 0), high = sizesAt(made, 1);
    const auto part = [](std::uint64_t a, std::uint64_t b, double share) {
        return a + static_cast<std::uint64_t>(share * double(b - a));
    };
    return {BudgetKind::fileBytes, part(low.rest, high.rest, rest),
        part(low.experts, high.experts, experts)};
}

PlanOptions at(const Budget& budget, Strategy strategy = Strategy::damage)
{
    PlanOptions options;
    options.strategy = strategy;
    options.budget = budget;
    options.sqnrFloorDb = -100; // nothing is under it
    return options;
}

double bestByTrying(const MadePlanCase& made, const Budget& budget)
{
    Plan plan;
    plan.choices.resize(made.profile.decisions.size());
    double best = unknownValue;
    for (;;) {
        const auto whole = completePlan(made.profile, made.evidence, plan);
        const PoolBytes pools = poolBytes(made.profile, *whole, budget.kind);
        if (pools.experts <= *budget.expertBytes && pools.rest <= budget.bytes
            && !(whole->damage >= best))
            best = whole->damage;
        std::size_t d = 0;
        for (; d < plan.choices.size(); plan.choices[d++].option = 0)
            if (++plan.choices[d].option < made.profile.decisions[d].options.size())
                break;
        if (d == plan.choices.size())
            return best;
    }
}

} // namespace

class PoolsTest : public QObject {
    Q_OBJECT
private slots:
    void equals_brute_force_on_small_instances()
    {
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const MadePlanCase made = withExperts(
                seed, {.decisions = 6, .mostOptions = 5, .wild = seed % 2 == 1});
            const Budget budget = between(made, .9 - .8 * double(seed) / 30, double(seed + 2) / 32);
            const double best = bestByTrying(made, budget);
            const auto plan = solve(made.profile, made.evidence, at(budget));
            QVERIFY(plan.has_value());
            QVERIFY2(plan->damage <= best * (1 + 2e-7), qPrintable(QString::number(seed)));
            QVERIFY(plan->damage >= best * (1 - 1e-12));
            QVERIFY(plan->lowerBound <= best * (1 + 1e-12));
        }
    }

    void both_ceilings_hold_to_the_byte()
    {
        const MadePlanCase made = withExperts(7, {.decisions = 120, .shardLimitBytes = 3000000});
        for (int step = 1; step < 20; ++step) {
            const Budget budget = between(made, 1 - step / 20., step / 20.);
            const auto plan = solve(made.profile, made.evidence, at(budget));
            QVERIFY(plan.has_value());
            const PoolBytes pools = poolBytes(made.profile, *plan, budget.kind);
            QVERIFY(pools.experts <= *budget.expertBytes);
            QVERIFY(pools.rest <= budget.bytes);
            QCOMPARE(pools.experts + pools.rest, plan->fileBytes);
            QVERIFY(plan->gap() >= 0);
        }
    }

    void a_budget_just_met_is_met_again_and_one_byte_less_is_not()
    {
        const MadePlanCase made = withExperts(9, {.decisions = 60});
        const PoolBytes low = sizesAt(made, 0);
        Budget budget {BudgetKind::fileBytes, low.rest, low.experts};
        QVERIFY(solve(made.profile, made.evidence, at(budget)).has_value());
        --*budget.expertBytes;
        const auto fewer = solve(made.profile, made.evidence, at(budget));
        QVERIFY(!fewer.has_value());
        QCOMPARE(fewer.error().code, Errc::infeasibleBudget);
        QVERIFY(fewer.error().detail.find("experts") != std::string::npos);
        budget = {BudgetKind::fileBytes, low.rest - 1, low.experts};
        QVERIFY(!solve(made.profile, made.evidence, at(budget)).has_value());
    }

    void what_one_memory_leaves_free_is_nothing_to_the_other()
    {
        const MadePlanCase made = withExperts(11, {.decisions = 60});
        Budget budget = between(made, .3, .3);
        const auto before = solve(made.profile, made.evidence, at(budget));
        *budget.expertBytes = sizesAt(made, 1).experts * 4;
        const auto after = solve(made.profile, made.evidence, at(budget));
        QVERIFY(before.has_value() && after.has_value());
        QVERIFY(after->expertPrice == 0 && before->expertPrice > 0);
        for (std::size_t d = 0; d < before->choices.size(); ++d)
            if (!isExpert(made.profile.decisions[d].role))
                QCOMPARE(after->choices[d].option, before->choices[d].option);
            else
                QVERIFY(after->choices[d].damage <= before->choices[d].damage);
    }

    void without_experts_it_is_refused()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 12});
        const auto plan = solve(made.profile, made.evidence,
            at({BudgetKind::fileBytes, 100000000, 1000}));
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().code, Errc::badArgument);
    }

    void every_strategy_keeps_both()
    {
        const MadePlanCase made = withExperts(5, {.decisions = 60});
        const Budget budget = between(made, .35, .5);
        for (const Strategy strategy : {Strategy::uniform, Strategy::mint}) {
            const auto plan = solve(made.profile, made.evidence, at(budget, strategy));
            QVERIFY(plan.has_value());
            QVERIFY(!overBudget("it", poolBytes(made.profile, *plan, budget.kind), budget));
            const auto ours = solve(made.profile, made.evidence, at(budget));
            QVERIFY(ours->damage <= plan->damage);
        }
    }

    void frontier_moves_the_rest_and_keeps_the_experts()
    {
        const MadePlanCase made = withExperts(13, {.decisions = 90});
        const Budget budget = between(made, .4, .4);
        auto solver = Solver::prepare(made.profile, made.evidence, at({}));
        const auto curve = solver->frontier(budget);
        QVERIFY(curve.has_value() && curve->points.size() > 20);
        const auto plan = solver->at(budget);
        const std::uint64_t experts = poolBytes(made.profile, *plan, budget.kind).experts;
        for (const FrontierPoint& point : curve->points) {
            const auto there =
                solver->at({BudgetKind::fileBytes, point.fileBytes - experts, budget.expertBytes});
            QVERIFY(there.has_value());
            QVERIFY(there->damage <= point.damage * (1 + 1e-9));
        }
    }

    void same_plan_for_any_thread_count()
    {
        const MadePlanCase made = withExperts(17, {.decisions = 3000});
        const PlanOptions options = at(between(made, .3, .6));
        const auto one = solve(made.profile, made.evidence, options, 1);
        for (const unsigned threads : {2U, 7U})
            QVERIFY(chosenOptions(*solve(made.profile, made.evidence, options, threads))
                == chosenOptions(*one));
    }
};

QTEST_APPLESS_MAIN(PoolsTest)
#include "tst_pools.moc"
