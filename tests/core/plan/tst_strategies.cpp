// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/made_profiles.h"
#include "measure/metrics.h"
#include "plan/comparisons.h"
#include "plan/mint.h"
#include "plan/solve.h"
#include "plan/uniform_plans.h"

#include <QtTest>

using namespace bitloupe;
using test::MadePlanCase;
using test::makePlanCase;

namespace {

PlanOptions optionsFor(const MadePlanCase& made, Strategy strategy, double bpw)
{
    PlanOptions options;
    options.strategy = strategy;
    options.budget = budgetFromBpw(bpw, made.profile.parameters).value();
    return options;
}

const Codec& codecOf(const MadePlanCase& made, const Plan& plan, std::size_t d)
{
    return codec(made.profile.decisions[d].options[plan.choices[d].option].codec);
}

void setComposite(MadePlanCase& made, std::size_t d, double composite)
{
    made.evidence.decisions[d].metrics.assign(metrics().size(), 0.);
    made.evidence.decisions[d].metrics[metricIndex("swan")] = composite;
}

} // namespace

class StrategiesTest : public QObject {
    Q_OBJECT
private slots:
    void names_lead_back_to_strategies()
    {
        for (const Strategy s :
            {Strategy::damage, Strategy::uniform, Strategy::swan, Strategy::mint})
            QCOMPARE(findStrategy(strategyName(s)), std::optional(s));
        QVERIFY(!findStrategy("best").has_value());
    }

    void uniform_takes_the_largest_codec_that_fits()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 24});
        const auto plan =
            solve(made.profile, made.evidence, optionsFor(made, Strategy::uniform, 4.6));
        QVERIFY(plan.has_value());
        QCOMPARE(codecOf(made, *plan, 0).name, std::string_view("affine-4-g64"));
        QCOMPARE(plan->choices[0].reason, ReasonKind::uniform);
        QVERIFY(plan->bitsPerWeight <= 4.6);
        QVERIFY(std::isnan(plan->lowerBound));
        const auto more =
            solve(made.profile, made.evidence, optionsFor(made, Strategy::uniform, 16));
        QCOMPARE(codecOf(made, *more, 0).name, std::string_view("bf16"));
    }

    void uniform_plans_made_once_answer_like_those_made_for_a_budget()
    {
        const MadePlanCase made = makePlanCase(3, {.decisions = 40, .shardLimitBytes = 100000});
        PlanOptions options;
        options.strategy = Strategy::uniform;
        const auto plans = UniformPlans::prepare(made.profile, made.evidence, options);
        QVERIFY(plans);
        int solved = 0;
        for (const double bits : {1., 2.5, 3.3, 4.6, 8.7, 17.}) {
            options.budget = *budgetFromBpw(bits, made.profile.parameters);
            const auto alone = solve(made.profile, made.evidence, options);
            const auto one = plans->at(*options.budget);
            QCOMPARE(bool(one), bool(alone));
            if (!alone) {
                QCOMPARE(one.error().detail, alone.error().detail);
                continue;
            }
            ++solved;
            QCOMPARE(one->fileBytes, alone->fileBytes);
            QCOMPARE(one->damage, alone->damage);
            QCOMPARE(one->options.budget->bytes, options.budget->bytes);
            for (std::size_t d = 0; d < alone->choices.size(); ++d)
                QCOMPARE(one->choices[d].option, alone->choices[d].option);
        }
        QVERIFY(solved >= 4);
    }

    void uniform_falls_back_to_smaller_groups_of_the_same_bits()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 24});
        const auto plan =
            solve(made.profile, made.evidence, optionsFor(made, Strategy::uniform, 4.49));
        QVERIFY(plan.has_value());
        QCOMPARE(codecOf(made, *plan, 3).name, std::string_view("affine-4-g128"));
        QCOMPARE(codecOf(made, *plan, 4).name, std::string_view("affine-4-g64"));
        QCOMPARE(plan->choices[4].reason, ReasonKind::fallback);
        QVERIFY(explainChoice(made.profile, made.evidence, *plan, 4).find("2,880 columns")
            != std::string::npos);
    }

    void block_types_of_the_same_bits_are_told_apart()
    {
        Decision decision;
        for (const char* name : {"iq4_xs", "q4_0", "iq4_nl", "q4_k", "q4_1", "q5_k", "bf16"})
            decision.options.push_back({findCodec(name)->id});
        for (std::size_t o = 0; o + 1 < decision.options.size(); ++o)
            QCOMPARE(nearestOption(decision, codec(decision.options[o].codec), ~std::uint64_t(0)), o);
    }

    void short_rows_take_the_smallest_type_of_the_same_bits()
    {
        Decision decision;
        for (const auto& [name, bytes] : {std::pair {"q4_0", 18}, std::pair {"iq4_nl", 18},
                 std::pair {"q4_1", 20}, std::pair {"q5_0", 22}, std::pair {"bf16", 64}})
            decision.options.push_back({findCodec(name)->id, 0, std::uint64_t(bytes)});
        for (const char* wanted : {"iq4_xs", "q4_k"})
            QCOMPARE(nearestOption(decision, *findCodec(wanted), ~std::uint64_t(0)), std::size_t(1));
        QCOMPARE(nearestOption(decision, *findCodec("q5_k"), ~std::uint64_t(0)), std::size_t(3));
        QCOMPARE(nearestOption(decision, *findCodec("q2_k"), ~std::uint64_t(0)), std::size_t(0));
    }

    void uniform_says_how_small_it_can_be()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 24});
        const auto plan =
            solve(made.profile, made.evidence, optionsFor(made, Strategy::uniform, 2));
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().code, Errc::infeasibleBudget);
    }

    void damage_is_never_worse_than_uniform_at_its_size()
    {
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            const MadePlanCase made = makePlanCase(seed, {.decisions = 60});
            const auto uniform =
                solve(made.profile, made.evidence, optionsFor(made, Strategy::uniform, 4.5));
            QVERIFY(uniform.has_value());
            PlanOptions same = optionsFor(made, Strategy::damage, 4.5);
            same.budget = Budget {BudgetKind::fileBytes, uniform->fileBytes};
            const auto ours = solve(made.profile, made.evidence, same);
            QVERIFY(ours.has_value());
            QVERIFY(ours->damage <= uniform->damage);
        }
    }

    void swan_follows_its_thresholds()
    {
        MadePlanCase made = makePlanCase(1, {.decisions = 6});
        made.profile.decisions[5].sizeProtected = true;
        const std::vector<double> composites {.90, .65, .10, .11, .5, .5};
        for (std::size_t d = 0; d < composites.size(); ++d)
            setComposite(made, d, composites[d]);
        PlanOptions options;
        options.strategy = Strategy::swan;
        const auto plan = solve(made.profile, made.evidence, options);
        QVERIFY(plan.has_value());
        const std::vector<std::string_view> expected {
            "bf16", "affine-8-g64", "affine-2-g32", "affine-4-g128", "affine-4-g64", "bf16"};
        for (std::size_t d = 0; d < expected.size(); ++d)
            QCOMPARE(codecOf(made, *plan, d).name, expected[d]);
        QCOMPARE(plan->choices[1].reason, ReasonKind::published);
        QCOMPARE(plan->choices[4].reason, ReasonKind::fallback);
        QVERIFY(!plan->provisional);
    }

    void swan_over_budget_names_both_sizes()
    {
        MadePlanCase made = makePlanCase(1, {.decisions = 6});
        for (std::size_t d = 0; d < 6; ++d)
            setComposite(made, d, .95);
        const auto plan = solve(made.profile, made.evidence, optionsFor(made, Strategy::swan, 4));
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().code, Errc::infeasibleBudget);
        QVERIFY(plan.error().detail.find("SWAN's plan needs") != std::string::npos);
    }

    void swan_without_scores_is_provisional()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 6});
        PlanOptions options;
        options.strategy = Strategy::swan;
        const auto plan = solve(made.profile, made.evidence, options);
        QVERIFY(plan.has_value());
        QVERIFY(plan->provisional);
    }

    void mint_takes_its_own_configurations_only_and_keeps_the_budget()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 60});
        const auto plan = solve(made.profile, made.evidence, optionsFor(made, Strategy::mint, 4.5));
        QVERIFY(plan.has_value());
        QVERIFY(plan->bitsPerWeight <= 4.5);
        for (std::size_t d = 0; d < 60; ++d) {
            const int bits = codecOf(made, *plan, d).bits;
            QVERIFY(bits == 2 || bits == 3 || bits == 4 || bits == 8 || bits == 16);
            const std::size_t o = plan->choices[d].option;
            QVERIFY(made.evidence.decisions[d].details[o].nrmseRound <= .3549);
        }
        const auto ours =
            solve(made.profile, made.evidence, optionsFor(made, Strategy::damage, 4.5));
        QVERIFY(ours->damage <= plan->damage);
    }

    void mint_protects_by_prior()
    {
        MadePlanCase made = makePlanCase(1, {.decisions = 24}); // layers 0 to 3
        made.profile.decisions[2].role = TensorRole::embedding;
        const std::vector<double> priors = mintPriors(made.profile);
        QCOMPARE(priors[2], 10.);
        QCOMPARE(priors[0], 3.);
        QCOMPARE(priors[6], 1.);
        QCOMPARE(priors[23], 2.);
    }

    void one_option_is_fixed_whatever_the_strategy()
    {
        MadePlanCase made = makePlanCase(1, {.decisions = 12});
        Decision& norm = made.profile.decisions[1];
        norm.options.erase(norm.options.begin(), norm.options.end() - 1);
        norm.fixedReason = "1-D tensor";
        auto& evidence = made.evidence.decisions[1].options;
        evidence.erase(evidence.begin(), evidence.end() - 1);
        for (const Strategy s :
            {Strategy::damage, Strategy::uniform, Strategy::swan, Strategy::mint}) {
            PlanOptions options = optionsFor(made, s, 9);
            const auto plan = solve(made.profile, made.evidence, options);
            QVERIFY(plan.has_value());
            QCOMPARE(plan->choices[1].reason, ReasonKind::fixed);
            QCOMPARE(explainChoice(made.profile, made.evidence, *plan, 1),
                std::string("Kept at bf16: 1-D tensor."));
        }
    }

    void a_solved_choice_is_explained_by_its_steps()
    {
        const MadePlanCase made = makePlanCase(1, {.decisions = 60});
        const auto plan =
            solve(made.profile, made.evidence, optionsFor(made, Strategy::damage, 4.5));
        QVERIFY(plan.has_value());
        for (std::size_t d = 0; d < 60; ++d) {
            const QString text =
                QString::fromStdString(explainChoice(made.profile, made.evidence, *plan, d));
            const QRegularExpression form("^The step from .* removed [0-9.e-]+\\. The next step, "
                                          ".*, would remove [0-9.e-]+ for [0-9,]+ bytes; .*\\.$");
            QVERIFY2(form.match(text).hasMatch(), qPrintable(text));
        }
    }
};

QTEST_APPLESS_MAIN(StrategiesTest)
#include "tst_strategies.moc"
