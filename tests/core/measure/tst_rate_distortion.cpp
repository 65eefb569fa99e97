// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/measure.h"
#include "measure/rate_distortion.h"
#include "support/synthetic_model.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace bitloupe;
using namespace bitloupe::testing;

namespace {

std::vector<float> withOutlierColumns(std::size_t rows, std::size_t columns)
{
    std::vector<float> values = gaussianValues(rows * columns, "curve", 0.02);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = roundToBf16(values[i] * (i % columns % 97 == 0 ? 8.0f : 1.0f));
    return values;
}

TensorScore measure(const Shape& shape, const std::vector<float>& values, bool exact)
{
    SyntheticModel files;
    files.add("a.weight", DType::BF16, shape, values);
    MeasureOptions options;
    options.spectrum = false;
    options.exactCurves = exact;
    return measureModel(files.open(), options, Job())->tensors[0];
}

// Relative error when every row is encoded on its own.
double rowByRow(const std::vector<float>& values, std::size_t columns, const Codec& codec,
    Encoder encoder)
{
    double error = 0, energy = 0;
    for (std::size_t begin = 0; begin < values.size(); begin += columns)
        error += encodeError(
            codec, DType::BF16, encoder, std::span(values).subspan(begin, columns), {})
                     .squared;
    for (const float value : values)
        energy += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(error / energy);
}

} // namespace

class TestRateDistortion : public QObject {
    Q_OBJECT

private slots:
    void small_tensors_are_encoded_in_full();
    void stacks_of_experts_are_encoded_in_full();
    void exact_curves_encode_large_tensors_in_full();
    void sample_is_within_its_stated_error_data();
    void sample_is_within_its_stated_error();
    void sparse_tensor_is_not_mistaken_for_zero();
    void transposed_tensor_is_grouped_along_its_stored_columns();
    void every_unit_is_visited_once();
};

void TestRateDistortion::small_tensors_are_encoded_in_full()
{
    const auto values = withOutlierColumns(100, 640);
    const TensorScore score = measure({100, 640}, values, false);
    QVERIFY(!score.sampled);
    QCOMPARE(score.curve.size(), 18u);
    for (const RatePoint& point : score.curve) {
        const Codec& one = codec(point.codec);
        QVERIFY(std::fabs(point.nrmse / rowByRow(values, 640, one, Encoder::search) - 1) < 1e-12);
        QVERIFY(
            std::fabs(point.nrmseRound / rowByRow(values, 640, one, Encoder::round) - 1) < 1e-12);
        QVERIFY(point.nrmse <= point.nrmseRound);
        QCOMPARE(point.relativeStandardError, 0.0);
    }
}

void TestRateDistortion::stacks_of_experts_are_encoded_in_full()
{
    const auto values = withOutlierColumns(6 * 48, 192);
    const TensorScore score = measure({6, 48, 192}, values, false);
    QCOMPARE(score.curve.size(), 12u); // 192 holds groups of 64 and 32
    for (const RatePoint& point : score.curve)
        QVERIFY(std::fabs(point.nrmse
                        / rowByRow(values, 192, codec(point.codec), Encoder::search)
                    - 1)
            < 1e-12);
}

void TestRateDistortion::exact_curves_encode_large_tensors_in_full()
{
    const auto values = withOutlierColumns(600, 576);
    const TensorScore score = measure({600, 576}, values, true);
    QVERIFY(!score.sampled);
    const RatePoint& point = score.curve[0];
    QVERIFY(
        std::fabs(point.nrmse / rowByRow(values, 576, codec(point.codec), Encoder::search) - 1)
        < 1e-12);
}

void TestRateDistortion::sample_is_within_its_stated_error_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::newRow("square") << 1000 << 1024;
    QTest::newRow("long rows") << 50 << 20'480;
    QTest::newRow("short rows") << 20'000 << 64;
}

void TestRateDistortion::sample_is_within_its_stated_error()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    const Shape shape {static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(columns)};
    auto values = withOutlierColumns(shape[0], shape[1]);
    // Rows of different size, as in real models.
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = roundToBf16(values[i]
            * static_cast<float>(1 + 3 * static_cast<double>(i / shape[1]) / rows));
    const TensorScore estimate = measure(shape, values, false);
    const TensorScore truth = measure(shape, values, true);
    QVERIFY(estimate.sampled);
    for (std::size_t i = 0; i < truth.curve.size(); ++i) {
        QVERIFY(estimate.curve[i].relativeStandardError > 0);
        QVERIFY(estimate.curve[i].relativeStandardError < 0.01);
        QVERIFY(std::fabs(estimate.curve[i].nrmse / truth.curve[i].nrmse - 1)
            < 4 * estimate.curve[i].relativeStandardError);
    }
}

void TestRateDistortion::sparse_tensor_is_not_mistaken_for_zero()
{
    std::vector<float> values(600 * 1024, 0.0f);
    for (std::size_t i = 0; i < 128; ++i)
        values[300 * 1024 + i] = gaussianValues(128, "sparse")[i];
    const TensorScore score = measure({600, 1024}, values, false);
    QVERIFY(!score.sampled);
    QVERIFY(score.curve[0].nrmse > 0.05);
}

void TestRateDistortion::transposed_tensor_is_grouped_along_its_stored_columns()
{
    constexpr std::size_t rows = 256, columns = 50;
    const auto values = withOutlierColumns(rows, columns);
    SyntheticModel files;
    files.add("a.weight", DType::BF16, {rows, columns}, values);
    const auto model = files.open();
    TensorInfo tensor = model->tensors[0];
    tensor.transposed = true;
    RateDistortion curve(
        tensor, *matrixView(tensor.shape), CodecFamily::affine, DType::BF16, true);
    const auto reader = FloatReader::open(model, TensorId {0});
    for (std::uint64_t part = 0; part < curve.parts(); ++part)
        QVERIFY(curve.measurePart(*reader, part, Job()).has_value());
    TensorScore score;
    curve.finish(score);
    std::vector<float> turned(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        turned[i % columns * rows + i / columns] = values[i];
    QCOMPARE(score.curve.size(), 18u);
    for (const RatePoint& point : score.curve)
        QVERIFY(std::fabs(point.nrmse
                        / rowByRow(turned, rows, codec(point.codec), Encoder::search)
                    - 1)
            < 1e-12);
}

void TestRateDistortion::every_unit_is_visited_once()
{
    SyntheticModel files;
    std::vector<float> values(3 * 4 * 1344);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i);
    files.add("a.weight", DType::F32, {3, 4, 1344}, values);
    const auto model = files.open();
    const auto reader = FloatReader::open(model, TensorId {0});
    for (const bool transposed : {false, true}) {
        TensorInfo tensor = model->tensors[0];
        tensor.transposed = transposed;
        for (const std::uint64_t group : {128u, 256u}) {
            const CurveUnits units(tensor, *matrixView(tensor.shape), group);
            std::vector<float> seen;
            for (std::uint64_t unit = 0; unit < units.units(); ++unit)
                QVERIFY(units.append(*reader, unit, seen).has_value());
            QCOMPARE(std::set<float>(seen.begin(), seen.end()).size(), values.size());
            QCOMPARE(seen.size(), values.size());
        }
    }
}

QTEST_APPLESS_MAIN(TestRateDistortion)
#include "tst_rate_distortion.moc"
