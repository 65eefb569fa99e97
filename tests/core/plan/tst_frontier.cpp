// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/made_profiles.h"
#include "plan/solve.h"

#include <QtTest>

using namespace bitloupe;
using test::MadePlanCase;
using test::makePlanCase;

class FrontierTest : public QObject {
    Q_OBJECT
private slots:
    void rises_in_size_and_falls_in_damage()
    {
        for (const std::size_t decisions : {1, 7, 211, 3000}) {
            const MadePlanCase made = makePlanCase(2, {.decisions = decisions});
            const auto found = frontier(made.profile, made.evidence, {});
            QVERIFY(found.has_value());
            QVERIFY(!found->points.empty());
            for (std::size_t i = 1; i < found->points.size(); ++i) {
                QVERIFY(found->points[i].fileBytes > found->points[i - 1].fileBytes);
                QVERIFY(found->points[i].damage < found->points[i - 1].damage);
            }
            QCOMPARE(found->points.back().damage, 0.);
            QCOMPARE(found->points.back().bitsPerWeight, 16.);
        }
    }

    void has_200_points_where_that_many_differ()
    {
        for (const std::size_t decisions : {60, 211, 3000}) {
            const MadePlanCase made = makePlanCase(2, {.decisions = decisions});
            const auto found = frontier(made.profile, made.evidence, {});
            QVERIFY(found.has_value());
            QVERIFY(found->points.size() >= 200);
            QVERIFY(found->points.size() <= 1200);
        }
    }

    void its_points_are_plans_that_solve_finds()
    {
        const MadePlanCase made = makePlanCase(6, {.decisions = 120, .shardLimitBytes = 5000000});
        const auto found = frontier(made.profile, made.evidence, {});
        QVERIFY(found.has_value());
        for (std::size_t i = 0; i < found->points.size(); i += 23) {
            PlanOptions options;
            options.budget = Budget {BudgetKind::fileBytes, found->points[i].fileBytes};
            const auto plan = solve(made.profile, made.evidence, options);
            QVERIFY(plan.has_value());
            QVERIFY(plan->damage <= found->points[i].damage * (1 + 2e-7) + 1e-15);
            QVERIFY(plan->lowerBound >= found->points[i].damage * .99 - 1e-15);
        }
    }

    void knee_lies_below_the_chord()
    {
        const MadePlanCase made = makePlanCase(2, {.decisions = 211});
        const auto found = frontier(made.profile, made.evidence, {});
        QVERIFY(found.has_value());
        QVERIFY(found->knee > 0 && found->knee + 1 < found->points.size());
        const FrontierPoint& first = found->points.front();
        const FrontierPoint& knee = found->points[found->knee];
        QVERIFY(knee.damage < first.damage / 2);
        QVERIFY(knee.bitsPerWeight > 3 && knee.bitsPerWeight < 9);
    }

    void rules_hold_on_it_as_well()
    {
        const MadePlanCase made = makePlanCase(2, {.decisions = 30});
        PlanOptions options;
        options.rules = {{Rule::Kind::pin, ".", std::nullopt, findCodec("affine-4-g64")->id}};
        const auto found = frontier(made.profile, made.evidence, options);
        QVERIFY(found.has_value());
        QCOMPARE(found->points.size(), std::size_t(1));
        QCOMPARE(found->points[0].bitsPerWeight, 4.5);
    }
};

QTEST_APPLESS_MAIN(FrontierTest)
#include "tst_frontier.moc"
