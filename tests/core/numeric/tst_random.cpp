// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/random.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace bitloupe;

// The expected numbers were computed apart, from the published descriptions.
class TestRandom : public QObject {
    Q_OBJECT

private slots:
    void keys_never_change()
    {
        QCOMPARE(randomKey("", ""), std::uint64_t { 0x25fc6dd36ce04b20u });
        QCOMPARE(randomKey("model.layers.0.mlp.down_proj.weight", "svd"), key);
    }

    void keys_keep_name_and_purpose_apart()
    {
        QVERIFY(randomKey("ab", "c") != randomKey("a", "bc"));
        QVERIFY(randomKey("ab", "") != randomKey("", "ab"));
    }

    void bits_never_change()
    {
        QCOMPARE(randomBits(0, 0), std::uint64_t { 0xe220a8397b1dcdafu }); // SplitMix64's first
        QCOMPARE(randomBits(key, 0), std::uint64_t { 0x2519edaebba0a29u });
        QCOMPARE(randomBits(key, 1), std::uint64_t { 0x389685bf3e6d0ecu });
        QCOMPARE(randomBits(key, ~std::uint64_t { 0 }), std::uint64_t { 0x4d4684f1077bd508u });
    }

    void uniforms_never_change()
    {
        QCOMPARE(randomUniform(key, 0), 0.009057930419409499);
        QCOMPARE(randomUniform(key, 2), 0.5301883981143414);
    }

    void bounded_integers_never_change()
    {
        QCOMPARE(randomBelow(key, 0, 1000), std::uint64_t { 9 });
        QCOMPARE(randomBelow(key, 2, 1000), std::uint64_t { 530 });
        QCOMPARE(randomBelow(key, 0, (std::uint64_t { 1 } << 63) + 12345),
            std::uint64_t { 83544662142158212u });
        QCOMPARE(randomBelow(key, 1, ~std::uint64_t { 0 }), std::uint64_t { 254849598066446571u });
        QCOMPARE(randomBelow(key, 7, 1), std::uint64_t { 0 });
    }

    void normals_never_change_data()
    {
        QTest::addColumn<quint64>("counter");
        QTest::addColumn<double>("expected");
        QTest::newRow("lower tail") << quint64 { 0 } << -2.3632414839512283;
        QTest::newRow("middle") << quint64 { 2 } << 0.07574345425704593;
        QTest::newRow("below the middle") << ~quint64 { 0 } << -0.5190661990334864;
        QTest::newRow("far lower tail") << quint64 { 189926 } << -4.271376489473249;
        QTest::newRow("far upper tail") << quint64 { 130065 } << 4.497789344333715;
    }

    void normals_never_change()
    {
        QFETCH(quint64, counter);
        QFETCH(double, expected);
        QVERIFY(std::fabs(randomNormal(key, counter) - expected) < 4e-15);
    }

    // Exact, so that not even the last bit moves between compilers.
    void normals_are_the_same_bits_everywhere()
    {
        double sum = 0;
        for (std::uint64_t i = 0; i < 100000; ++i)
            sum += randomNormal(key, i);
        QCOMPARE(QByteArray::number(sum, 'g', 17), QByteArray("238.21055392451441"));
    }

    void normals_have_mean_0_variance_1_and_kurtosis_3()
    {
        double first = 0, second = 0, fourth = 0;
        constexpr int count = 200000;
        for (std::uint64_t i = 0; i < count; ++i) {
            const double x = randomNormal(42, i);
            first += x;
            second += x * x;
            fourth += x * x * x * x;
        }
        QVERIFY(std::fabs(first / count) < 0.01);
        QVERIFY(std::fabs(second / count - 1) < 0.02);
        QVERIFY(std::fabs(fourth / count - 3) < 0.1);
    }

    void streams_of_neighbouring_keys_differ()
    {
        std::set<std::uint64_t> seen;
        for (std::uint64_t stream = 0; stream < 100; ++stream) {
            for (std::uint64_t i = 0; i < 100; ++i)
                seen.insert(randomBits(stream, i));
        }
        QCOMPARE(seen.size(), std::size_t { 10000 });
    }

private:
    static constexpr std::uint64_t key = 0xc6a66fee740fd92fu;
};

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
