// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/evidence.h"
#include "plan/gaussian_error.h"

#include <QtTest>

using namespace bitloupe;

namespace {

CodecId codecNamed(std::string_view name) { return findCodec(name)->id; }

TensorScore measuredScore(double energy, std::vector<RatePoint> curve)
{
    TensorScore score;
    score.state = TensorState::measured;
    score.frobeniusSquared = energy;
    score.facts.elements = 64 * 64;
    score.curve = std::move(curve);
    return score;
}

TargetProfile profileOf(std::vector<TensorId> sources, std::string_view codec = "affine-4-g64")
{
    TargetProfile profile;
    Decision decision;
    decision.name = "w";
    decision.sources = std::move(sources);
    decision.options = {{codecNamed(codec), 100, 10}, {codecNamed("bf16"), 400, 5}};
    profile.decisions.push_back(decision);
    return profile;
}

} // namespace

class EvidenceTest : public QObject {
    Q_OBJECT
private slots:
    void errors_of_sources_join_by_energy()
    {
        Analysis analysis;
        analysis.tensors = {measuredScore(1, {{codecNamed("affine-4-g64"), .1, .2, .01}}),
            measuredScore(3, {{codecNamed("affine-4-g64"), .2, .3, 0}})};
        const Evidence found = gatherEvidence(profileOf({{0}, {1}}), analysis);
        const OptionEvidence& option = found.decisions[0].options[0];
        const double squared = (.01 * 1 + .04 * 3) / 4;
        QCOMPARE(option.nrmse, std::sqrt(squared));
        const OptionDetail& detail = found.decisions[0].details[0];
        QCOMPARE(detail.nrmseRound, std::sqrt((.04 * 1 + .09 * 3) / 4));
        QCOMPARE(option.damage, option.nrmse * option.nrmse);
        QCOMPARE(detail.relativeStandardError, .01 * .01 / (.01 + .12));
        QVERIFY(found.decisions[0].known);
    }

    void importance_grows_slower_than_size()
    {
        Analysis analysis;
        analysis.tensors.assign(4, measuredScore(1, {{codecNamed("affine-4-g64"), .1, .2, 0}}));
        TargetProfile profile = profileOf({{0}});
        for (std::uint32_t i = 1; i < 4; ++i) {
            profile.decisions.push_back(profile.decisions[0]);
            profile.decisions[i].sources = {{i}};
        }
        for (int i = 0; i < 3; ++i) {
            profile.decisions[static_cast<std::size_t>(i)].layer = i;
            profile.decisions[static_cast<std::size_t>(i)].elements = 1000;
        }
        profile.decisions[3].role = TensorRole::embedding;
        profile.decisions[3].elements = 16'000;
        const Evidence found = gatherEvidence(profile, analysis);
        QCOMPARE(found.decisions[0].importance, 1.);
        QCOMPARE(found.decisions[3].importance, 8.);
        QCOMPARE(found.decisions[3].options[0].damage, 8 * found.decisions[0].options[0].damage);
    }

    void floats_have_no_error()
    {
        Analysis analysis;
        analysis.tensors = {measuredScore(1, {{codecNamed("affine-4-g64"), .1, .2, 0}})};
        const Evidence found = gatherEvidence(profileOf({{0}}), analysis);
        QCOMPARE(found.decisions[0].options[1].nrmse, 0.);
        QCOMPARE(found.decisions[0].options[1].damage, 0.);
    }

    void a_tensor_of_zeros_has_no_error()
    {
        Analysis analysis;
        analysis.tensors = {measuredScore(0, {{codecNamed("affine-4-g64"), 0, 0, 0}})};
        const Evidence found = gatherEvidence(profileOf({{0}}), analysis);
        QCOMPARE(found.decisions[0].options[0].nrmse, 0.);
        QVERIFY(found.decisions[0].known);
    }

    void tensors_not_measured_get_the_gaussian_guess()
    {
        Analysis analysis;
        analysis.tensors.resize(1);
        const Evidence found = gatherEvidence(profileOf({{0}}), analysis);
        QVERIFY(!found.decisions[0].known);
        QCOMPARE(
            found.decisions[0].options[0].nrmse, gaussianError(*findCodec("affine-4-g64")).search);
    }

    void a_missing_codec_takes_the_nearest_group_of_its_bits_and_says_so()
    {
        Analysis analysis;
        analysis.tensors = {measuredScore(1,
            {{codecNamed("affine-3-g64"), .4, .5, 0}, {codecNamed("affine-4-g32"), .1, .2, 0},
                {codecNamed("affine-4-g64"), .3, .4, 0}})};
        const Evidence found = gatherEvidence(profileOf({{0}}, "affine-4-g128"), analysis);
        QCOMPARE(found.decisions[0].options[0].nrmse, .3);
        QVERIFY(std::isnan(found.decisions[0].details[0].relativeStandardError));
        QVERIFY(found.decisions[0].known);
    }

    void a_part_of_a_source_is_near_it_not_equal()
    {
        Analysis analysis;
        analysis.tensors = {measuredScore(1, {{codecNamed("affine-4-g64"), .1, .2, 0}})};
        TargetProfile profile = profileOf({{0}});
        profile.decisions[0].cut.rowParts = 2;
        const Evidence found = gatherEvidence(profile, analysis);
        QCOMPARE(found.decisions[0].options[0].nrmse, .1);
        QVERIFY(std::isnan(found.decisions[0].details[0].relativeStandardError));
    }

    void metrics_are_means_by_size()
    {
        Analysis analysis;
        analysis.tensors = {measuredScore(1, {}), measuredScore(1, {})};
        analysis.tensors[0].metrics = {.2, unknownValue, unknownValue};
        analysis.tensors[1].metrics = {.8, .5, unknownValue};
        analysis.tensors[1].facts.elements *= 3;
        const Evidence found = gatherEvidence(profileOf({{0}, {1}}), analysis);
        QCOMPARE(found.decisions[0].metrics[0], .65);
        QCOMPARE(found.decisions[0].metrics[1], .5);
        QVERIFY(std::isnan(found.decisions[0].metrics[2]));
    }
};

QTEST_APPLESS_MAIN(EvidenceTest)
#include "tst_evidence.moc"
