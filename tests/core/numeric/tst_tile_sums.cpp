// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/code_counts.h"
#include "numeric/random.h"
#include "numeric/sums.h"
#include "numeric/tile_sums.h"
#include "support/highway_targets.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

using namespace bitloupe;
using bitloupe::testing::forEachHighwayTarget;

namespace {

std::vector<float> gaussian(std::size_t count, double sigma)
{
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(sigma * randomNormal(3, i));
    return values;
}

double slowRoundingError(const std::vector<float>& row)
{
    double sum = 0;
    for (std::size_t begin = 0; begin < row.size(); begin += 128) {
        const std::size_t end = std::min(row.size(), begin + 128);
        double low = 1e300, high = -1e300;
        for (std::size_t i = begin; i < end; ++i) {
            low = std::min(low, static_cast<double>(row[i]));
            high = std::max(high, static_cast<double>(row[i]));
        }
        const double scale = (high - low) / 15;
        for (std::size_t i = begin; i < end && scale > 0; ++i) {
            const double shifted = static_cast<double>(row[i]) - low;
            sum += std::pow(shifted - std::round(shifted / scale) * scale, 2);
        }
    }
    return sum;
}

} // namespace

class TestTileSums : public QObject {
    Q_OBJECT

private slots:
    void rounding_error_matches_the_definition_data();
    void rounding_error_matches_the_definition();
    void energies_match_the_definition();
    void every_vector_width_gives_the_same_bits();
    void non_finite_values_become_zero_and_are_counted();
    void merged_moments_equal_those_of_the_whole();
    void codes_are_counted_at_any_alignment();
};

void TestTileSums::rounding_error_matches_the_definition_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("sigma");
    for (const int count : {1, 15, 16, 127, 128, 129, 200, 1024})
        QTest::addRow("%d values", count) << count << 0.02;
    QTest::newRow("tiny") << 256 << 1e-42;
    QTest::newRow("small squares vanish") << 256 << 1e-25;
    QTest::newRow("squares overflow") << 256 << 1e30;
    QTest::newRow("ranges overflow") << 256 << 1e38;
}

void TestTileSums::rounding_error_matches_the_definition()
{
    QFETCH(int, count);
    QFETCH(double, sigma);
    std::vector<float> row = gaussian(static_cast<std::size_t>(count), sigma);
    constexpr float largest = std::numeric_limits<float>::max();
    for (float& value : row)
        value = std::clamp(value, -largest, largest);
    const double expected = slowRoundingError(row);
    QVERIFY(std::fabs(roundingError(row) - expected) <= 1e-4 * expected);
}

void TestTileSums::energies_match_the_definition()
{
    for (std::size_t count = 0; count < 100; ++count) {
        const std::vector<float> row = gaussian(count, 1e20);
        std::vector<double> columns(count, 1.0);
        const double sum = addEnergies(row, columns);
        double expected = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const double square = static_cast<double>(row[i]) * static_cast<double>(row[i]);
            expected += square;
            QCOMPARE(columns[i], 1.0 + square);
        }
        QVERIFY(std::fabs(sum - expected) <= 1e-14 * expected);
        QCOMPARE(addEnergies(row, {}), sum);
    }
}

void TestTileSums::every_vector_width_gives_the_same_bits()
{
    const std::vector<float> row = gaussian(1003, 0.02);
    std::vector<double> doubles(row.begin(), row.end());
    std::vector<std::vector<double>> results;
    forEachHighwayTarget([&](const char*) {
        std::vector<double> columns(row.size());
        std::vector<double> a = doubles;
        std::vector<double> b = doubles;
        std::vector<float> y = row;
        addScaled(0.3f, row.data(), y.data(), y.size());
        rotate(a.data(), b.data() + 1, 0.6, 0.8, a.size() - 1);
        const double dot = updateAndDot(
            a.data(), 0.1, b.data(), 0.7, doubles.data(), doubles.data(), a.size());
        std::vector<double> all {addEnergies(row, columns), roundingError(row), dot,
            dotProduct(row.data(), y.data(), y.size())};
        for (const auto& part : {columns, a, b})
            all.insert(all.end(), part.begin(), part.end());
        results.push_back(all);
    });
    for (const auto& result : results)
        QVERIFY(std::memcmp(result.data(), results[0].data(), result.size() * sizeof(double)) == 0);
}

void TestTileSums::non_finite_values_become_zero_and_are_counted()
{
    for (const std::size_t at : {0, 5, 15, 16, 36}) {
        for (const float odd : {std::numeric_limits<float>::quiet_NaN(),
                 -std::numeric_limits<float>::infinity()}) {
            std::vector<float> values(37, std::numeric_limits<float>::max());
            QCOMPARE(zeroNonFinite(values), std::size_t {0});
            values[at] = odd;
            QCOMPARE(zeroNonFinite(values), std::size_t {1});
            QCOMPARE(values[at], 0.0f);
        }
    }
}

void TestTileSums::merged_moments_equal_those_of_the_whole()
{
    std::vector<float> values = gaussian(5000, 1);
    for (std::size_t i = 0; i < 1000; ++i)
        values[i] = 5 + 3 * values[i];
    const CentralMoments whole = momentsOf(values);
    CentralMoments merged;
    merged.merge(momentsOf(std::span(values).first(1200)));
    merged.merge(momentsOf({}));
    merged.merge(momentsOf(std::span(values).subspan(1200)));
    QCOMPARE(merged.count, whole.count);
    QCOMPARE(merged.minimum, whole.minimum);
    QCOMPARE(merged.maximum, whole.maximum);
    QVERIFY(std::fabs(merged.mean / whole.mean - 1) < 1e-12);
    QVERIFY(std::fabs(merged.second / whole.second - 1) < 1e-12);
    QVERIFY(std::fabs(merged.third / whole.third - 1) < 1e-12);
    QVERIFY(std::fabs(merged.fourth / whole.fourth - 1) < 1e-12);
}

void TestTileSums::codes_are_counted_at_any_alignment()
{
    std::vector<std::byte> bytes(2 * 1001 + 1);
    std::vector<std::uint64_t> expected(codeValues);
    for (std::size_t i = 0; i < 1001; ++i) {
        const auto code = static_cast<std::uint16_t>(i % 3 == 0 ? 0xffff : 7 * i);
        std::memcpy(bytes.data() + 1 + 2 * i, &code, sizeof code);
        ++expected[code];
    }
    CodeCounts counts;
    counts.add(bytes.data() + 1, 1001);
    std::vector<std::uint64_t> found(codeValues);
    counts.addTo(found);
    QVERIFY(found == expected);
}

QTEST_APPLESS_MAIN(TestTileSums)
#include "tst_tile_sums.moc"
