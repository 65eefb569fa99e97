// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/measure.h"
#include "measure/metrics.h"
#include "support/synthetic_model.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace bitloupe;
using namespace bitloupe::testing;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float largest = std::numeric_limits<float>::max();

TensorScore measureBytes(
    const std::string& dtype, const Shape& shape, std::string bytes, bool spectrum = true)
{
    SyntheticModel files;
    files.addBytes("odd.weight", dtype, shape, std::move(bytes));
    MeasureOptions options;
    options.spectrum = spectrum;
    const auto analysis = measureModel(files.open(), options, Job());
    return analysis ? analysis->tensors[0] : TensorScore();
}

TensorScore measure(DType dtype, const Shape& shape, const std::vector<float>& values)
{
    SyntheticModel files;
    files.add("odd.weight", dtype, shape, values);
    const auto analysis = measureModel(files.open(), {}, Job());
    return analysis ? analysis->tensors[0] : TensorScore();
}

double metric(const TensorScore& score, std::string_view id)
{
    return score.metrics[metricIndex(id)];
}

bool allScoresInUnitInterval(const TensorScore& score)
{
    for (const std::string_view id : {"svd", "kurtosis", "output", "nrmse4", "swan"}) {
        if (!(metric(score, id) >= 0 && metric(score, id) <= 1))
            return false;
    }
    return true;
}

} // namespace

class TestOddWeights : public QObject {
    Q_OBJECT

private slots:
    void nan_and_infinity_are_counted_and_stand_as_zero_data();
    void nan_and_infinity_are_counted_and_stand_as_zero();
    void nothing_finite_has_no_facts_but_counts();
    void all_zero_has_no_error();
    void negative_zero_is_zero();
    void constant_has_no_spread();
    void extreme_magnitudes_score_like_ordinary_ones_data();
    void extreme_magnitudes_score_like_ordinary_ones();
    void largest_floats_do_not_overflow();
    void tensors_without_elements_are_not_analysed();
    void integers_are_not_analysed();
    void scalars_and_vectors_have_facts_only();
    void odd_shapes_are_measured_data();
    void odd_shapes_are_measured();
    void record_stays_small();
};

void TestOddWeights::nan_and_infinity_are_counted_and_stand_as_zero_data()
{
    QTest::addColumn<int>("dtype");
    QTest::addColumn<int>("rows");
    QTest::newRow("bf16, counted") << static_cast<int>(DType::BF16) << 600;
    QTest::newRow("f16, counted") << static_cast<int>(DType::F16) << 600;
    QTest::newRow("bf16, small") << static_cast<int>(DType::BF16) << 32;
    QTest::newRow("f32") << static_cast<int>(DType::F32) << 32;
    QTest::newRow("estimated spectrum") << static_cast<int>(DType::BF16) << 800;
}

void TestOddWeights::nan_and_infinity_are_counted_and_stand_as_zero()
{
    QFETCH(int, dtype);
    QFETCH(int, rows);
    const auto type = static_cast<DType>(dtype);
    const std::uint64_t side = rows == 800 ? 800 : 128;
    const Shape shape {static_cast<std::uint64_t>(rows), side};
    std::vector<float> odd = gaussianValues(shape[0] * side, "odd");
    std::vector<float> zeroed = odd;
    odd[5] = std::numeric_limits<float>::quiet_NaN();
    odd[77] = infinity;
    odd[shape[0] * side - 1] = -infinity;
    zeroed[5] = zeroed[77] = zeroed[shape[0] * side - 1] = 0;
    const TensorScore found = measure(type, shape, odd);
    const TensorScore expected = measure(type, shape, zeroed);
    QCOMPARE(found.facts.nans, 1u);
    QCOMPARE(found.facts.infinities, 2u);
    QCOMPARE(found.facts.zeros, expected.facts.zeros - 3);
    QCOMPARE(found.facts.maximum, expected.facts.maximum);
    QCOMPARE(found.frobeniusSquared, expected.frobeniusSquared);
    QCOMPARE(metric(found, "nrmse4"), metric(expected, "nrmse4"));
    QCOMPARE(metric(found, "svd"), metric(expected, "svd"));
    QCOMPARE(found.curve.size(), expected.curve.size());
    for (std::size_t i = 0; i < found.curve.size(); ++i)
        QCOMPARE(found.curve[i].nrmse, expected.curve[i].nrmse);
}

void TestOddWeights::nothing_finite_has_no_facts_but_counts()
{
    const TensorScore score
        = measure(DType::BF16, {4, 64}, std::vector<float>(256, infinity));
    QCOMPARE(score.facts.infinities, 256u);
    QVERIFY(std::isnan(score.facts.minimum));
    QCOMPARE(score.frobeniusSquared, 0.0);
    QVERIFY(std::ranges::all_of(score.metrics, [](double value) { return std::isnan(value); }));
    QVERIFY(!score.curve.empty());
    for (const RatePoint& point : score.curve)
        QVERIFY(std::isnan(point.nrmse) && std::isnan(point.nrmseRound));
}

void TestOddWeights::all_zero_has_no_error()
{
    const TensorScore score
        = measure(DType::BF16, {256, 256}, std::vector<float>(256 * 256, 0.0f));
    QCOMPARE(score.facts.zeros, 65'536u);
    QCOMPARE(score.facts.zeroRows, 256u);
    for (const std::string_view id : {"svd", "kurtosis", "output", "nrmse4", "swan"})
        QCOMPARE(metric(score, id), 0.0);
    for (const RatePoint& point : score.curve)
        QCOMPARE(point.nrmse, 0.0);
    QCOMPARE(score.facts.histogram[0], 65'536u);
}

void TestOddWeights::negative_zero_is_zero()
{
    const TensorScore score = measure(DType::F16, {256, 256}, std::vector<float>(65'536, -0.0f));
    QCOMPARE(score.facts.zeros, 65'536u);
    QCOMPARE(score.frobeniusSquared, 0.0);
}

void TestOddWeights::constant_has_no_spread()
{
    const TensorScore score = measure(DType::BF16, {200, 192}, std::vector<float>(38'400, 0.5f));
    QCOMPARE(score.facts.standardDeviation, 0.0);
    QCOMPARE(score.facts.maxSigma, 0.0);
    QCOMPARE(metric(score, "kurtosis"), 0.0);
    QCOMPARE(metric(score, "nrmse4"), 0.0);
    QCOMPARE(metric(score, "svd"), 1.0); // rank 1
    QCOMPARE(score.facts.rowNormSpread, 1.0);
}

void TestOddWeights::extreme_magnitudes_score_like_ordinary_ones_data()
{
    QTest::addColumn<int>("exponent");
    QTest::newRow("squares vanish in float") << -100;
    QTest::newRow("squares overflow in float") << 110;
}

void TestOddWeights::extreme_magnitudes_score_like_ordinary_ones()
{
    QFETCH(int, exponent);
    const std::vector<float> plain = gaussianValues(160 * 320, "plain");
    std::vector<float> extreme = plain;
    for (float& value : extreme)
        value = std::ldexp(value, exponent);
    const TensorScore expected = measure(DType::F32, {160, 320}, plain);
    const TensorScore found = measure(DType::F32, {160, 320}, extreme);
    for (const std::string_view id : {"svd", "kurtosis", "output", "nrmse4"})
        QVERIFY(std::fabs(metric(found, id) - metric(expected, id)) < 1e-5);
    const double ratio = static_cast<double>(found.spectrum[0])
        / static_cast<double>(expected.spectrum[0]);
    QVERIFY(std::fabs(std::ldexp(ratio, -exponent) - 1) < 1e-5);
}

void TestOddWeights::largest_floats_do_not_overflow()
{
    std::vector<float> values = gaussianValues(128 * 128, "outliers");
    values[0] = largest;
    values[1] = -largest;
    values[2] = 1e-45f;
    const TensorScore score = measure(DType::F32, {128, 128}, values);
    QCOMPARE(score.facts.maximum, static_cast<double>(largest));
    QVERIFY(std::isfinite(score.frobeniusSquared));
    QVERIFY(std::isfinite(score.facts.standardDeviation));
    QVERIFY(allScoresInUnitInterval(score));
    QVERIFY(metric(score, "svd") > 0.99);
}

void TestOddWeights::tensors_without_elements_are_not_analysed()
{
    for (const Shape& shape : {Shape {0, 64}, Shape {64, 0}, Shape {0}}) {
        const TensorScore score = measureBytes("BF16", shape, "");
        QVERIFY(score.state == TensorState::notAnalysed);
        QVERIFY(!score.reason.empty());
    }
}

void TestOddWeights::integers_are_not_analysed()
{
    const TensorScore score = measureBytes("I32", {2, 2}, std::string(16, '\1'));
    QVERIFY(score.state == TensorState::notAnalysed);
    QCOMPARE(score.reason, std::string("the dtype I32 is not analysed"));
    QCOMPARE(score.facts.elements, 4u);
}

void TestOddWeights::scalars_and_vectors_have_facts_only()
{
    const TensorScore scalar = measure(DType::F32, {}, {2.5f});
    QVERIFY(scalar.state == TensorState::measured);
    QCOMPARE(scalar.facts.mean, 2.5);
    const TensorScore vector = measure(DType::BF16, {3}, {1.0f, 2.0f, 3.0f});
    QCOMPARE(vector.facts.mean, 2.0);
    QCOMPARE(vector.frobeniusSquared, 14.0);
    for (const TensorScore* score : {&scalar, &vector}) {
        QVERIFY(score->curve.empty());
        for (const double value : score->metrics)
            QVERIFY(std::isnan(value));
    }
}

void TestOddWeights::odd_shapes_are_measured_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("points");
    QTest::newRow("1 x 1") << 1 << 1 << 0;
    QTest::newRow("N x 1") << 100'000 << 1 << 0;
    QTest::newRow("1 x N, several tiles") << 1 << 1'200'000 << 18;
    QTest::newRow("2 x N, ragged") << 2 << 600'011 << 0;
    QTest::newRow("no group divides the columns") << 60 << 1000 << 0;
    QTest::newRow("only groups of 32") << 60 << 96 << 6;
}

void TestOddWeights::odd_shapes_are_measured()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    QFETCH(int, points);
    const Shape shape {static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(columns)};
    const TensorScore score
        = measure(DType::BF16, shape, gaussianValues(shape[0] * shape[1], "shape"));
    QVERIFY(score.state == TensorState::measured);
    QCOMPARE(score.facts.elements, shape[0] * shape[1]);
    std::uint64_t counted = 0;
    for (const std::uint32_t bin : score.facts.histogram)
        counted += bin;
    QCOMPARE(counted, score.facts.elements);
    QCOMPARE(score.curve.size(), static_cast<std::size_t>(points));
    QVERIFY(allScoresInUnitInterval(score));
    QVERIFY(std::isfinite(score.facts.rowNormSpread));
}

void TestOddWeights::record_stays_small()
{
    const TensorScore score
        = measure(DType::BF16, {128, 256}, gaussianValues(128 * 256, "record"));
    const std::size_t bytes = sizeof score + score.metrics.size() * sizeof(double)
        + score.spectrum.size() * sizeof(float) + score.curve.size() * sizeof(RatePoint);
    QVERIFY2(bytes <= 3072, qPrintable(QString::number(bytes)));
}

QTEST_APPLESS_MAIN(TestOddWeights)
#include "tst_odd_weights.moc"
