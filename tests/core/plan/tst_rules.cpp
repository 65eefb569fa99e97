// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/made_profiles.h"
#include "plan/constraints.h"
#include "plan/rule_pattern.h"
#include "plan/solve.h"

#include <QtTest>

using namespace bitloupe;
using test::MadePlanCase;
using test::makePlanCase;

namespace {

CodecId codecNamed(std::string_view name) { return findCodec(name)->id; }

Rule pin(std::string pattern, std::string_view codec)
{
    return {Rule::Kind::pin, std::move(pattern), std::nullopt, codecNamed(codec)};
}

Rule floorAt(std::string pattern, std::string_view codec)
{
    return {Rule::Kind::floor, std::move(pattern), std::nullopt, codecNamed(codec)};
}

Result<Plan> solveWith(const MadePlanCase& made, std::vector<Rule> rules, double bpw = 4.5)
{
    PlanOptions options;
    options.budget = budgetFromBpw(bpw, made.profile.parameters).value();
    options.rules = std::move(rules);
    return solve(made.profile, made.evidence, options);
}

std::string_view codecOf(const MadePlanCase& made, const Plan& plan, std::size_t d)
{
    return codec(made.profile.decisions[d].options[plan.choices[d].option].codec).name;
}

} // namespace

class RulesTest : public QObject {
    Q_OBJECT
private slots:
    void a_pin_by_pattern_fixes_every_match_and_the_rest_is_solved_again()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 60});
        const auto free = solveWith(made, {});
        const auto plan = solveWith(made, {pin("layers\\.[0-4]\\..*part0", "affine-8-g64")});
        QVERIFY(free.has_value() && plan.has_value());
        for (const std::size_t d : {0, 6, 12, 18, 24}) {
            QCOMPARE(codecOf(made, *plan, d), std::string_view("affine-8-g64"));
            QCOMPARE(plan->choices[d].reason, ReasonKind::pinned);
            QCOMPARE(plan->choices[d].rule, 0);
        }
        QVERIFY(plan->damage > free->damage);
        QVERIFY(plan->dataBytes <= plan->options.budget->bytes);
        QVERIFY(plan->unfollowed.empty());
    }

    void a_pattern_finds_source_names_as_well()
    {
        MadePlanCase made = makePlanCase(1, {.decisions = 12});
        made.profile.decisions[7].sourceNames.push_back("experts.3.w1.weight");
        const auto plan = solveWith(made, {pin("experts\\.3\\.w1", "bf16")}, 8);
        QVERIFY(plan.has_value());
        QCOMPARE(codecOf(made, *plan, 7), std::string_view("bf16"));
        QCOMPARE(plan->choices[7].reason, ReasonKind::pinned);
    }

    void the_last_pin_that_can_be_followed_wins_and_the_miss_is_told()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 12}); // part4: no group of 128
        const auto plan =
            solveWith(made, {pin(".", "affine-5-g64"), pin("part[34]", "affine-4-g128")}, 6);
        QVERIFY(plan.has_value());
        QCOMPARE(codecOf(made, *plan, 3), std::string_view("affine-4-g128"));
        QCOMPARE(codecOf(made, *plan, 4), std::string_view("affine-5-g64"));
        QCOMPARE(plan->unfollowed, (std::vector<RuleMiss> {{1, 4}, {1, 10}}));
    }

    void a_pin_beats_a_floor_in_either_order()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 12});
        const Rule low = pin("layers.0.part1", "affine-2-g64"),
                   floor = floorAt(".", "affine-4-g64");
        for (const auto& rules : {std::vector {low, floor}, std::vector {floor, low}}) {
            const auto plan = solveWith(made, rules, 5);
            QVERIFY(plan.has_value());
            QCOMPARE(codecOf(made, *plan, 1), std::string_view("affine-2-g64"));
            for (std::size_t d = 2; d < 12; ++d)
                QVERIFY(codec(made.profile.decisions[d].options[plan->choices[d].option].codec).bits
                    >= 4);
        }
    }

    void a_floor_by_hand_lifts_what_a_pattern_pins_lower()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 12});
        const Rule low = pin(".", "affine-3-g64"), high = pin(".", "affine-8-g64");
        const Rule hand {Rule::Kind::floor, {}, 2, codecNamed("affine-6-g64")};
        const auto bitsOf = [&made](const Plan& plan, std::size_t d) {
            return codec(made.profile.decisions[d].options[plan.choices[d].option].codec).bits;
        };
        const auto lifted = solveWith(made, {low, hand}, 8);
        QVERIFY(lifted.has_value());
        QVERIFY(bitsOf(*lifted, 2) >= 6);
        QCOMPARE(bitsOf(*lifted, 1), 3);
        // A pin that is no lower stays, and so does one that was made by hand or comes later.
        QCOMPARE(bitsOf(*solveWith(made, {high, hand}, 10), 2), 8);
        Rule exact = low;
        exact.decision = 2;
        QCOMPARE(bitsOf(*solveWith(made, {exact, hand}, 8), 2), 3);
        QCOMPARE(bitsOf(*solveWith(made, {hand, low}, 8), 2), 3);
    }

    void a_floor_that_binds_is_the_reason()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 24});
        const auto plan = solveWith(made, {floorAt("part3", "affine-6-g64")}, 4);
        QVERIFY(plan.has_value());
        QCOMPARE(plan->choices[3].reason, ReasonKind::floored);
        QCOMPARE(plan->choices[3].rule, 0);
        QCOMPARE(codecOf(made, *plan, 3), std::string_view("affine-6-g64"));
    }

    void the_error_floor_holds_for_the_solver_and_not_for_pins()
    {
        MadePlanCase made = makePlanCase(1, {.decisions = 12});
        for (OptionEvidence& option : made.evidence.decisions[2].options)
            option.nrmse = option.nrmse > 0 ? .9 : 0;
        const auto plan = solveWith(made, {}, 8);
        QVERIFY(plan.has_value());
        QCOMPARE(codecOf(made, *plan, 2), std::string_view("bf16"));
        QCOMPARE(plan->choices[2].reason, ReasonKind::floored);
        const auto pinned = solveWith(made, {pin("layers.0.part2", "affine-2-g32")}, 8);
        QVERIFY(pinned.has_value());
        QCOMPARE(codecOf(made, *pinned, 2), std::string_view("affine-2-g32"));
    }

    void a_pin_of_one_decision_needs_no_pattern()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 12});
        const Rule rule {Rule::Kind::pin, {}, 5, codecNamed("affine-3-g64")};
        const auto plan = solveWith(made, {rule});
        QVERIFY(plan.has_value());
        QCOMPARE(codecOf(made, *plan, 5), std::string_view("affine-3-g64"));
    }

    void rules_that_nothing_follows_are_refused_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("codec");
        QTest::addColumn<QString>("says");
        QTest::newRow("no match") << "no_such_tensor"
                                  << "affine-4-g64"
                                  << "no tensor that matches";
        QTest::newRow("no codec") << "part4"
                                  << "affine-4-g128"
                                  << "none of which can take";
        QTest::newRow("not a pattern") << "part("
                                       << "affine-4-g64"
                                       << "regular expression";
        QTest::newRow("too long") << QString(1001, 'a') << "affine-4-g64"
                                  << "1001 bytes";
        QTest::newRow("back reference") << "(a)\\1"
                                        << "affine-4-g64"
                                        << "back references";
        QTest::newRow("too many states") << "((a{500}){500})"
                                         << "affine-4-g64"
                                         << "expression";
    }

    void rules_that_nothing_follows_are_refused()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, codec);
        QFETCH(QString, says);
        const MadePlanCase made = makePlanCase(1, {.decisions = 12});
        const auto plan = solveWith(made, {pin(pattern.toStdString(), codec.toStdString())});
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().code, Errc::badArgument);
        QVERIFY2(QString::fromStdString(plan.error().detail).contains(says),
            plan.error().detail.c_str());
    }

    void patterns_that_would_backtrack_answer_at_once()
    {
        const auto pattern = RulePattern::compile("(a+)+$");
        QVERIFY(pattern.has_value());
        QVERIFY(!pattern->matches(std::string(4000, 'a') + "!"));
        QVERIFY(pattern->matches(std::string(4000, 'a')));
    }

    void names_over_4_kib_never_match()
    {
        const auto pattern = RulePattern::compile(".*");
        QVERIFY(pattern.has_value());
        QVERIFY(pattern->matches(std::string(4096, 'x')));
        QVERIFY(!pattern->matches(std::string(100000, 'x')));
    }
};

QTEST_APPLESS_MAIN(RulesTest)
#include "tst_rules.moc"
