// SPDX-License-Identifier: GPL-3.0-or-later
// Scores of whole tensors against the definitions computed slowly in double.
#include "core/measure/slow_reference.h"
#include "measure/measure.h"
#include "measure/metrics.h"
#include "measure/scores.h"
#include "support/synthetic_model.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace bitloupe;
using namespace bitloupe::testing;

namespace {

struct Subject {
    DType dtype = DType::BF16;
    Shape shape;
    std::vector<float> values; // as the dtype holds them
};

std::vector<float> heavyTailed(std::size_t count, std::string_view name)
{
    std::vector<float> values = gaussianValues(count, name, 0.02);
    for (std::size_t i = 0; i < count; i += 37)
        values[i] *= 3.0f;
    return values;
}

// The 4-bit error of most weights is so large that its score is 1; of these it is not.
std::vector<float> nearlyOnGrid(std::size_t count)
{
    std::vector<float> values = gaussianValues(count, "grid", 0.02);
    for (std::size_t i = 0; i < count; ++i)
        values[i] += static_cast<float>(i * 7 % 16) - 7.5f;
    return values;
}

std::vector<float> withSpectrum(std::size_t rows, std::size_t columns, int spikes, float height)
{
    std::vector<float> values = gaussianValues(rows * columns, "bulk", 0.02);
    for (int s = 0; s < spikes; ++s) {
        const auto left = gaussianValues(rows, "left" + std::to_string(s), 0.02);
        const auto right = gaussianValues(columns, "right" + std::to_string(s), height);
        for (std::size_t i = 0; i < rows * columns; ++i)
            values[i] += left[i / columns] * right[i % columns];
    }
    return values;
}

Subject subject(DType dtype, const Shape& shape, std::vector<float> values)
{
    for (float& value : values) {
        if (dtype == DType::BF16)
            value = roundToBf16(value);
        else if (dtype == DType::F16)
            value = roundToF16(value);
    }
    return {dtype, shape, std::move(values)};
}

std::vector<SlowMatrix> slabsOf(const Subject& subject)
{
    const MatrixView view = *matrixView(subject.shape);
    std::vector<SlowMatrix> slabs(view.slabs, {view.rows, view.columns, {}});
    for (std::size_t i = 0; i < subject.values.size(); ++i)
        slabs[i / (view.rows * view.columns)].values.push_back(
            static_cast<double>(subject.values[i]));
    return slabs;
}

SlowMatrix wholeOf(const Subject& subject)
{
    const MatrixView view = *matrixView(subject.shape);
    return {view.slabs * view.rows, view.columns,
        std::vector<double>(subject.values.begin(), subject.values.end())};
}

TensorScore scoreOf(const Subject& subject, bool spectrum)
{
    SyntheticModel files;
    files.add("model.layers.1.mlp.up_proj.weight", subject.dtype, subject.shape, subject.values);
    files.add("model.layers.3.mlp.up_proj.weight", DType::BF16, {1, 1}, {1.0f});
    MeasureOptions options;
    options.curves = false;
    options.spectrum = spectrum;
    const auto model = files.open();
    const auto analysis = measureModel(model, options, Job());
    return analysis->tensors[model->find("model.layers.1.mlp.up_proj.weight")->index()];
}

double metric(const TensorScore& score, std::string_view id)
{
    return score.metrics[metricIndex(id)];
}

bool isNear(double found, double expected, double relative)
{
    return std::fabs(found - expected) <= relative * std::max(std::fabs(expected), 1e-12);
}

} // namespace

Q_DECLARE_METATYPE(Subject)

class TestScores : public QObject {
    Q_OBJECT

private:
    static void subjects(bool largeToo)
    {
        QTest::addColumn<Subject>("it");
        const auto row = [](const char* name, DType dtype, const Shape& shape) {
            std::size_t count = 1;
            for (const std::uint64_t size : shape)
                count *= size;
            QTest::newRow(name) << subject(dtype, shape, heavyTailed(count, name));
        };
        row("bf16, counted", DType::BF16, {160, 320});
        row("f16, counted", DType::F16, {300, 256});
        row("f32", DType::F32, {200, 192});
        row("bf16, too small to count", DType::BF16, {96, 64});
        row("ragged rows", DType::BF16, {70, 1111});
        row("experts", DType::BF16, {5, 96, 128});
        row("four dimensions", DType::F16, {40, 3, 14, 14});
        QTest::newRow("nearly on a grid") << subject(DType::F32, {120, 300}, nearlyOnGrid(36'000));
        if (largeToo)
            row("several chunks", DType::BF16, {8400, 512});
    }

private slots:
    void facts_match_the_definitions_data() { subjects(true); }
    void facts_match_the_definitions();
    void kurtosis_and_error_match_the_definitions_data() { subjects(true); }
    void kurtosis_and_error_match_the_definitions();
    void output_noise_is_near_the_drawn_one_data() { subjects(false); }
    void output_noise_is_near_the_drawn_one();
    void exact_spectra_match_data();
    void exact_spectra_match();
    void estimated_concentration_is_within_a_hundredth_data();
    void estimated_concentration_is_within_a_hundredth();
    void composites_are_the_published_sums();
    void composites_wait_for_the_spectrum();
    void position_is_1_in_the_middle();
    void metric_ids_are_unique_and_found();
};

void TestScores::facts_match_the_definitions()
{
    QFETCH(Subject, it);
    const TensorFacts facts = scoreOf(it, false).facts;
    const std::vector<double> values(it.values.begin(), it.values.end());
    const double n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double variance = 0, farthest = 0;
    for (const double value : values) {
        variance += (value - mean) * (value - mean) / n;
        farthest = std::max(farthest, std::fabs(value - mean));
    }
    QCOMPARE(facts.elements, values.size());
    QCOMPARE(facts.minimum, *std::min_element(values.begin(), values.end()));
    QCOMPARE(facts.maximum, *std::max_element(values.begin(), values.end()));
    QCOMPARE(facts.zeros, static_cast<std::uint64_t>(std::count(values.begin(), values.end(), 0)));
    QVERIFY(std::fabs(facts.mean - mean) < 1e-12);
    QVERIFY(isNear(facts.standardDeviation, std::sqrt(variance), 1e-10));
    QVERIFY(isNear(facts.maxSigma, farthest / std::sqrt(variance), 1e-10));
    QVERIFY(isNear(facts.rowNormSpread, slowRowSpread(wholeOf(it)), 1e-10));
    QVERIFY(isNear(facts.columnNormSpread, slowRowSpread(transposed(wholeOf(it))), 1e-10));
    std::array<std::uint32_t, 256> bins {};
    for (const double value : values) {
        const double at = (value - facts.minimum) / (facts.maximum - facts.minimum) * 256;
        ++bins[std::min<std::size_t>(255, static_cast<std::size_t>(at))];
    }
    QVERIFY(facts.histogram == bins);
}

void TestScores::kurtosis_and_error_match_the_definitions()
{
    QFETCH(Subject, it);
    const TensorScore score = scoreOf(it, false);
    const SlowMatrix whole = wholeOf(it);
    double energy = 0;
    for (const double value : whole.values)
        energy += value * value;
    QVERIFY(isNear(score.frobeniusSquared, energy, 1e-12));
    QVERIFY(isNear(metric(score, "kurtosis"), slowKurtosisScore(whole.values), 1e-8));
    QVERIFY(isNear(metric(score, "nrmse4"), slowErrorScore(whole), 1e-4));
}

void TestScores::output_noise_is_near_the_drawn_one()
{
    QFETCH(Subject, it);
    const double found = metric(scoreOf(it, false), "output");
    double drawn = 0;
    constexpr int draws = 8; // one draw scatters by 0.02 where the rank is low
    for (std::uint64_t seed = 1; seed <= draws; ++seed)
        drawn += slowOutputScore(wholeOf(it), seed) / draws;
    QVERIFY2(std::fabs(found - drawn) < 0.01, qPrintable(QString::number(found - drawn)));
}

void TestScores::exact_spectra_match_data()
{
    QTest::addColumn<Subject>("it");
    const auto row = [](const char* name, const Shape& shape, std::vector<float> values) {
        QTest::newRow(name) << subject(DType::F32, shape, std::move(values));
    };
    row("tall", {700, 90}, withSpectrum(700, 90, 4, 2.0f));
    row("wide", {90, 700}, withSpectrum(90, 700, 4, 2.0f));
    row("more than 256", {300, 600}, withSpectrum(300, 600, 12, 1.0f));
    row("one column", {500, 1}, gaussianValues(500, "column"));
    row("one element", {1, 1}, {3.0f});
    row("experts", {3, 40, 64}, gaussianValues(3 * 40 * 64, "experts"));
}

void TestScores::exact_spectra_match()
{
    QFETCH(Subject, it);
    const TensorScore score = scoreOf(it, true);
    std::vector<std::vector<double>> energies;
    for (const SlowMatrix& slab : slabsOf(it))
        energies.push_back(slowEnergies(slab));
    QVERIFY(std::fabs(metric(score, "svd") - slowSvdScore(energies)) < 1e-5);
    QCOMPARE(score.spectrum.size(), std::min<std::size_t>(64, energies[0].size()));
    for (std::size_t i = 0; i < score.spectrum.size(); ++i) {
        double mean = 0;
        for (const auto& one : energies)
            mean += one[i] / static_cast<double>(energies.size());
        QVERIFY(std::fabs(static_cast<double>(score.spectrum[i]) - std::sqrt(mean))
            < 1e-5 * std::sqrt(energies[0][0]));
    }
}

void TestScores::estimated_concentration_is_within_a_hundredth_data()
{
    QTest::addColumn<Subject>("it");
    const auto row = [](const char* name, std::size_t rows, std::size_t columns, int spikes,
                         float height) {
        QTest::newRow(name) << subject(
            DType::BF16, {rows, columns}, withSpectrum(rows, columns, spikes, height));
    };
    row("tall", 1500, 800, 0, 0);
    row("wide", 800, 1500, 0, 0);
    row("one spike", 1500, 800, 1, 2.0f);
    row("many spikes", 800, 1200, 20, 0.5f);
}

void TestScores::estimated_concentration_is_within_a_hundredth()
{
    QFETCH(Subject, it);
    const TensorScore score = scoreOf(it, true);
    const std::vector<double> energies = slowEnergies(wholeOf(it));
    QVERIFY(std::fabs(metric(score, "svd") - slowSvdScore({energies})) < 0.01);
    for (std::size_t i = 0; i < score.spectrum.size(); ++i)
        QVERIFY(isNear(static_cast<double>(score.spectrum[i]), std::sqrt(energies[i]), 0.03));
}

void TestScores::composites_are_the_published_sums()
{
    const TensorScore score = scoreOf(
        subject(DType::BF16, {160, 320}, heavyTailed(160 * 320, "composite")), true);
    const double svd = metric(score, "svd");
    const double kurtosis = metric(score, "kurtosis");
    const double output = metric(score, "output");
    const double error = metric(score, "nrmse4");
    const double position = 1 - std::fabs(2.0 * 1 / 3 - 1); // layer 1 of 4
    QVERIFY(isNear(
        metric(score, "swan"), .20 * svd + .45 * kurtosis + .15 * output + .20 * error, 1e-12));
    QVERIFY(isNear(metric(score, "swan_v1"),
        .30 * svd + .20 * kurtosis + .30 * output + .20 * position, 1e-12));
}

void TestScores::composites_wait_for_the_spectrum()
{
    const TensorScore score = scoreOf(
        subject(DType::BF16, {160, 320}, heavyTailed(160 * 320, "composite")), false);
    QVERIFY(std::isnan(metric(score, "svd")));
    QVERIFY(std::isnan(metric(score, "swan")));
    QVERIFY(std::isnan(metric(score, "swan_v1")));
    QVERIFY(score.spectrum.empty());
}

void TestScores::position_is_1_in_the_middle()
{
    QCOMPARE(*layerPosition(0, 31), 0.0);
    QCOMPARE(*layerPosition(15, 31), 1.0);
    QCOMPARE(*layerPosition(30, 31), 0.0);
    QCOMPARE(*layerPosition(0, 1), 0.0);
    QVERIFY(!layerPosition(-1, 31));
}

void TestScores::metric_ids_are_unique_and_found()
{
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < metrics().size(); ++i) {
        ids.insert(metrics()[i].id);
        QCOMPARE(metricIndex(metrics()[i].id), i);
    }
    QCOMPARE(ids.size(), metrics().size());
    QCOMPARE(metricIndex("no such metric"), metrics().size());
}

QTEST_APPLESS_MAIN(TestScores)
#include "tst_scores.moc"
