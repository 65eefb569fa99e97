// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/made_values.h"
#include "numeric/elementary.h"
#include "probe/logits.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <limits>

using namespace bitloupe;
using namespace bitloupe::testing;

class TestLogits : public QObject {
    Q_OBJECT

private slots:
    void ids_are_drawn_as_often_as_they_are_likely();
    void never_draws_what_is_impossible();
    void temperature_sharpens();
    void gradient_matches_differences_data();
    void gradient_matches_differences();
    void ids_are_the_same_for_any_thread_count();
    void refuses_logits_that_are_not_numbers();
    void exponentials_match_the_library();
};

void TestLogits::ids_are_drawn_as_often_as_they_are_likely()
{
    constexpr std::size_t tokens = 20'000;
    std::vector<float> logits;
    for (std::size_t i = 0; i < tokens; ++i)
        logits.insert(logits.end(), {std::log(0.5f), std::log(0.2f), std::log(0.3f)});
    std::vector<std::uint32_t> ids(tokens);
    QVERIFY(drawIds({randomKey("ids", "test")}, logits, 3, 0, ids, {}));
    std::array<double, 3> counts {};
    for (const std::uint32_t id : ids)
        counts[id] += 1.0 / tokens;
    QVERIFY(std::fabs(counts[0] - 0.5) < 0.015);
    QVERIFY(std::fabs(counts[1] - 0.2) < 0.015);
}

void TestLogits::never_draws_what_is_impossible()
{
    constexpr std::size_t tokens = 500;
    constexpr std::size_t width = 1030; // more than one block of sums
    std::vector<float> logits(tokens * width, -std::numeric_limits<float>::infinity());
    for (std::size_t t = 0; t < tokens; ++t) {
        logits[t * width + 700] = 1;
        logits[t * width + 1029] = 50; // beyond the vocabulary
    }
    std::vector<std::uint32_t> ids(tokens);
    QVERIFY(drawIds({1}, logits, width, 1020, ids, {}));
    QCOMPARE(ids, std::vector<std::uint32_t>(tokens, 700));
}

void TestLogits::temperature_sharpens()
{
    constexpr std::size_t tokens = 2000;
    std::vector<float> logits;
    for (std::size_t i = 0; i < tokens; ++i)
        logits.insert(logits.end(), {0, 1});
    std::vector<std::uint32_t> ids(tokens);
    QVERIFY(drawIds({2, 0, 0.1}, logits, 2, 0, ids, {}));
    QVERIFY(std::count(ids.begin(), ids.end(), 1u) > 1990);
}

void TestLogits::gradient_matches_differences_data()
{
    QTest::addColumn<double>("cap");
    QTest::newRow("plain") << 0.0;
    QTest::newRow("softcap") << 2.0;
}

void TestLogits::gradient_matches_differences()
{
    QFETCH(double, cap);
    constexpr std::size_t width = 20;
    auto logits = gaussian(3 * width, "logits");
    auto gradient = logits;
    std::vector<std::uint32_t> ids(3);
    QVERIFY(drawAndDifferentiate({5, 0, 1, cap}, gradient, width, 0, ids, {}));
    const auto loss = [&] {
        double total = 0;
        for (std::size_t t = 0; t < 3; ++t) {
            std::vector<float> row(logits.begin() + static_cast<long>(t * width),
                logits.begin() + static_cast<long>((t + 1) * width));
            if (cap > 0)
                softcap(static_cast<float>(cap), row);
            double sum = 0;
            for (const float value : row)
                sum += std::exp(static_cast<double>(value));
            total += std::log(sum) - static_cast<double>(row[ids[t]]);
        }
        return total;
    };
    QVERIFY(relativeDistance(gradient, differences(logits, loss)) < 1e-4);
}

void TestLogits::ids_are_the_same_for_any_thread_count()
{
    const auto logits = gaussian(40 * 600, "logits");
    std::vector<std::uint32_t> first(40);
    QVERIFY(drawIds({9}, logits, 600, 0, first, {}));
    for (const unsigned threads : {1u, 2u, 7u}) {
        Job job;
        job.threads = threads;
        std::vector<std::uint32_t> ids(40);
        QVERIFY(drawIds({9}, logits, 600, 0, ids, job));
        QCOMPARE(ids, first);
    }
}

void TestLogits::refuses_logits_that_are_not_numbers()
{
    const std::vector<float> logits {0, std::numeric_limits<float>::quiet_NaN(), 1};
    std::vector<std::uint32_t> ids(1);
    const auto drawn = drawIds({9}, logits, 3, 0, ids, {});
    QVERIFY(!drawn);
    QCOMPARE(drawn.error().code, Errc::badWeights);
}

void TestLogits::exponentials_match_the_library()
{
    for (float x = -103; x < 88.7f; x += 0.0173f) {
        const std::vector<float> in {x};
        std::vector<float> out(1);
        exponentials(in, out);
        const double exact = std::exp(static_cast<double>(x));
        QVERIFY(std::fabs(static_cast<double>(out[0]) - exact) <= 2e-7 * exact + 1.5e-45);
    }
    std::vector<float> ends {-200, 200, -std::numeric_limits<float>::infinity()};
    exponentials(ends, ends);
    QCOMPARE(ends, (std::vector<float> {0, std::numeric_limits<float>::infinity(), 0}));
}

QTEST_APPLESS_MAIN(TestLogits)
#include "tst_logits.moc"
