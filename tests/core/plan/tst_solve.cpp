// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/made_profiles.h"
#include "plan/file_layout.h"
#include "plan/solver.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace bitloupe;
using test::MadePlanCase;
using test::makePlanCase;

namespace {

// Best damage of all choices within the budget; NaN when none fits.
double bestByTrying(const MadePlanCase& made, const Budget& budget)
{
    const std::size_t count = made.profile.decisions.size();
    std::vector<std::uint16_t> choice(count, 0);
    double best = unknownValue;
    for (;;) {
        const FileLayout layout = layoutFiles(made.profile, choice);
        const std::uint64_t size =
            budget.kind == BudgetKind::fileBytes ? layout.fileBytes : layout.dataBytes;
        double damage = 0;
        for (std::size_t d = 0; d < count; ++d)
            damage += made.evidence.decisions[d].options[choice[d]].damage;
        if (size <= budget.bytes && !(damage >= best))
            best = damage;
        std::size_t d = 0;
        while (d < count && ++choice[d] == made.profile.decisions[d].options.size())
            choice[d++] = 0;
        if (d == count)
            return best;
    }
}

Budget between(const MadePlanCase& made, BudgetKind kind, double share)
{
    std::vector<std::uint16_t> least(made.profile.decisions.size(), 0), most;
    for (const Decision& decision : made.profile.decisions)
        most.push_back(static_cast<std::uint16_t>(decision.options.size() - 1));
    const FileLayout low = layoutFiles(made.profile, least), high = layoutFiles(made.profile, most);
    const auto part = [&](std::uint64_t a, std::uint64_t b) {
        return a + static_cast<std::uint64_t>(share * static_cast<double>(b - a));
    };
    return {kind,
        kind == BudgetKind::fileBytes ? part(low.fileBytes, high.fileBytes)
                                      : part(low.dataBytes, high.dataBytes)};
}

PlanOptions at(const Budget& budget)
{
    PlanOptions options;
    options.budget = budget;
    options.sqnrFloorDb = -100; // nothing is under it
    return options;
}

std::uint64_t sizeOf(const Plan& plan, BudgetKind kind)
{
    return kind == BudgetKind::fileBytes ? plan.fileBytes : plan.dataBytes;
}

} // namespace

class SolveTest : public QObject {
    Q_OBJECT
private slots:
    void equals_brute_force_on_small_instances_data()
    {
        QTest::addColumn<bool>("wild");
        QTest::addColumn<int>("kind");
        QTest::addColumn<qulonglong>("shardLimit");
        for (const bool wild : {false, true}) {
            const char* errors = wild ? "wild" : "gaussian";
            QTest::addRow("%s, data", errors) << wild << int(BudgetKind::dataBytes) << 0ULL;
            QTest::addRow("%s, files", errors) << wild << int(BudgetKind::fileBytes) << 0ULL;
            QTest::addRow("%s, shards", errors) << wild << int(BudgetKind::fileBytes) << 400000ULL;
        }
    }

    void equals_brute_force_on_small_instances()
    {
        QFETCH(bool, wild);
        QFETCH(int, kind);
        QFETCH(qulonglong, shardLimit);
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const MadePlanCase made = makePlanCase(seed,
                {.decisions = 6, .mostOptions = 5, .wild = wild, .shardLimitBytes = shardLimit});
            const Budget budget =
                between(made, static_cast<BudgetKind>(kind), .05 + .9 * double(seed) / 40);
            const double best = bestByTrying(made, budget);
            const auto plan = solve(made.profile, made.evidence, at(budget));
            QVERIFY(plan.has_value());
            QVERIFY(sizeOf(*plan, budget.kind) <= budget.bytes);
            QVERIFY2(plan->lowerBound <= best * (1 + 1e-12), qPrintable(QString::number(seed)));
            QVERIFY(plan->damage >= best * (1 - 1e-12));
            QVERIFY(plan->damage <= best + plan->gap() + 1e-12 * best);
            if (shardLimit == 0)
                QVERIFY2(plan->damage <= best * (1 + 2e-7), qPrintable(QString::number(seed)));
        }
    }

    void never_exceeds_the_budget_and_stays_close_to_the_bound()
    {
        const MadePlanCase made = makePlanCase(3, {.decisions = 400, .shardLimitBytes = 9000000});
        auto solver = Solver::prepare(made.profile, made.evidence, at({}));
        QVERIFY(solver.has_value());
        for (int step = 1; step < 60; ++step) {
            for (const BudgetKind kind : {BudgetKind::fileBytes, BudgetKind::dataBytes}) {
                const Budget budget = between(made, kind, step / 60.);
                const auto plan = solver->at(budget);
                QVERIFY(plan.has_value());
                QVERIFY(sizeOf(*plan, kind) <= budget.bytes);
                QVERIFY(plan->gap() >= 0);
                // Beyond, so few decisions are not kept whole that none fills the rest.
                if (step < 30)
                    QVERIFY(plan->gap() <= 1e-3 * plan->damage);
            }
        }
    }

    void sizes_and_sums_equal_those_computed_from_the_profile()
    {
        const MadePlanCase made = makePlanCase(5, {.decisions = 90, .shardLimitBytes = 3000000});
        const auto plan =
            solve(made.profile, made.evidence, at(between(made, BudgetKind::fileBytes, .2)));
        QVERIFY(plan.has_value());
        const auto again = completePlan(made.profile, made.evidence, *plan);
        QVERIFY(again.has_value());
        QCOMPARE(again->fileBytes, plan->fileBytes);
        QCOMPARE(again->dataBytes, plan->dataBytes);
        QCOMPARE(again->damage, plan->damage);
        QCOMPARE(again->bitsPerWeight, plan->bitsPerWeight);
        QCOMPARE(again->codeBitsPerWeight, plan->codeBitsPerWeight);
        QCOMPARE(again->provisional, plan->provisional);
        QCOMPARE(layoutFiles(made.profile, chosenOptions(*plan)).fileBytes, plan->fileBytes);
    }

    void answers_do_not_depend_on_earlier_questions()
    {
        const MadePlanCase made = makePlanCase(8, {.decisions = 300});
        auto solver = Solver::prepare(made.profile, made.evidence, at({}));
        QVERIFY(solver.has_value());
        for (const double share : {.6, .1, .35, .1, .9, .6}) {
            const Budget budget = between(made, BudgetKind::fileBytes, share);
            const auto warm = solver->at(budget);
            const auto cold = solve(made.profile, made.evidence, at(budget));
            QVERIFY(warm.has_value() && cold.has_value());
            QCOMPARE(chosenOptions(*warm), chosenOptions(*cold));
            QCOMPARE(warm->damage, cold->damage);
            QCOMPARE(warm->lowerBound, cold->lowerBound);
        }
    }

    void the_plan_is_the_same_for_any_number_of_threads()
    {
        // Several slices of decisions, with options off the hull between them.
        const MadePlanCase made = makePlanCase(11, {.decisions = 20000, .wild = true});
        for (const double share : {.01, .3, .9}) {
            const PlanOptions options = at(between(made, BudgetKind::fileBytes, share));
            const auto alone = solve(made.profile, made.evidence, options, 1);
            QVERIFY(alone);
            for (const unsigned threads : {2u, 7u}) {
                const auto together = solve(made.profile, made.evidence, options, threads);
                QVERIFY(together);
                QCOMPARE(chosenOptions(*together), chosenOptions(*alone));
                QCOMPARE(together->damage, alone->damage);
                QCOMPARE(together->lowerBound, alone->lowerBound);
                for (std::size_t d = 0; d < alone->choices.size(); ++d)
                    QCOMPARE(together->choices[d].reason, alone->choices[d].reason);
            }
        }
    }

    void equal_decisions_are_served_in_their_order()
    {
        MadePlanCase made = makePlanCase(1, {.decisions = 1});
        for (int copy = 0; copy < 5; ++copy) {
            made.profile.decisions.push_back(made.profile.decisions[0]);
            made.evidence.decisions.push_back(made.evidence.decisions[0]);
        }
        made.profile.parameters *= 6;
        const auto plan =
            solve(made.profile, made.evidence, at(between(made, BudgetKind::dataBytes, .15)));
        QVERIFY(plan.has_value());
        const std::vector<std::uint16_t> options = chosenOptions(*plan);
        const auto again =
            solve(made.profile, made.evidence, at(between(made, BudgetKind::dataBytes, .15)));
        QCOMPARE(chosenOptions(*again), options);
        QVERIFY(options.front() >= options.back());
    }

    void a_large_budget_keeps_every_float_without_damage()
    {
        const MadePlanCase made = makePlanCase(2, {.decisions = 50});
        const auto plan =
            solve(made.profile, made.evidence, at({BudgetKind::fileBytes, ~std::uint64_t(0)}));
        QVERIFY(plan.has_value());
        QCOMPARE(plan->damage, 0.);
        QCOMPARE(plan->lowerBound, 0.);
        QCOMPARE(plan->price, 0.);
        QCOMPARE(plan->codeBitsPerWeight, 16.);
    }

    void the_smallest_size_possible_is_solved_and_one_byte_less_is_refused()
    {
        const MadePlanCase made = makePlanCase(4, {.decisions = 50, .shardLimitBytes = 2000000});
        const Budget least = between(made, BudgetKind::fileBytes, 0);
        const auto plan = solve(made.profile, made.evidence, at(least));
        QVERIFY(plan.has_value());
        QCOMPARE(plan->fileBytes, least.bytes);
        const auto refused = solve(made.profile, made.evidence, at({least.kind, least.bytes - 1}));
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, Errc::infeasibleBudget);
        QVERIFY(QString::fromStdString(refused.error().detail).contains("the budget is"));
    }

    void a_budget_is_needed_and_zero_is_infeasible()
    {
        const MadePlanCase made = makePlanCase(4, {.decisions = 5});
        const auto none = solve(made.profile, made.evidence, {});
        QVERIFY(!none.has_value());
        QCOMPARE(none.error().code, Errc::badArgument);
        const auto zero = solve(made.profile, made.evidence, at({}));
        QVERIFY(!zero.has_value());
        QCOMPARE(zero.error().code, Errc::infeasibleBudget);
    }

    void bits_per_weight_become_a_ceiling_of_data_bytes()
    {
        const auto budget = budgetFromBpw(4.5, 134515008);
        QVERIFY(budget.has_value());
        QCOMPARE(budget->kind, BudgetKind::dataBytes);
        QCOMPARE(budget->bytes, std::uint64_t(75664692));
        for (const double bad : {0., -1., 65., std::nan(""), HUGE_VAL})
            QCOMPARE(budgetFromBpw(bad, 1000).error().code, Errc::badArgument);
        QCOMPARE(budgetFromBpw(4, 0).error().code, Errc::badArgument);
    }

    void a_hundred_thousand_decisions_are_solved_to_a_millionth()
    {
        const MadePlanCase made = makePlanCase(7, {.decisions = 100000});
        const Budget budget = between(made, BudgetKind::fileBytes, .15);
        const auto plan = solve(made.profile, made.evidence, at(budget));
        QVERIFY(plan.has_value());
        QVERIFY(plan->fileBytes <= budget.bytes);
        QVERIFY(plan->gap() <= 1e-6 * plan->damage);
    }
};

QTEST_APPLESS_MAIN(SolveTest)
#include "tst_solve.moc"
