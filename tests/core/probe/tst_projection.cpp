// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/made_values.h"
#include "numeric/transpose.h"
#include "probe/projection.h"
#include "probe/second_moments.h"
#include "support/highway_targets.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::testing;

namespace {

struct Made {
    std::size_t tokens, in, out;
    Weight weight;
    std::vector<float> values, inputs, bias;
};

Made made(std::size_t tokens, std::size_t in, std::size_t out)
{
    Made result {tokens, in, out, {}, gaussian(out * in, "w"), gaussian(tokens * in, "x"),
        gaussian(out, "b")};
    result.weight = Weight::fromFloats(result.values, out, in);
    return result;
}

std::vector<float> projected(const Made& m, unsigned threads)
{
    Job job;
    job.threads = threads;
    std::vector<float> out(m.tokens * m.out, 7.0f);
    const Projection projection {&m.weight, m.bias, out};
    if (!project(m.inputs, m.tokens, {&projection, 1}, job))
        return {};
    return out;
}

std::vector<float> projectedBack(const Made& m, unsigned threads)
{
    Job job;
    job.threads = threads;
    auto gradient = gaussian(m.tokens * m.in, "before");
    if (!projectBack(gaussian(m.tokens * m.out, "g"), m.tokens, m.weight, gradient, job))
        return {};
    return gradient;
}

std::vector<float> crossProducts(const Made& m, unsigned threads)
{
    Job job;
    job.threads = threads;
    std::vector<float> sums(m.in * m.in);
    if (!addCrossProducts(m.inputs, m.in, sums, job))
        return {};
    scaleAndMirror(sums, m.in, 0.5f);
    return sums;
}

} // namespace

class TestProjection : public QObject {
    Q_OBJECT

private slots:
    void projections_match_sums_in_double_data();
    void projections_match_sums_in_double();
    void cross_products_match_sums_in_double();
    void a_token_does_not_depend_on_the_others();
    void rows_of_a_weight_are_the_same_matrix();
    void every_thread_count_and_vector_width_gives_the_same_bits();
    void transposes_any_shape();
};

void TestProjection::projections_match_sums_in_double_data()
{
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    QTest::newRow("one of each") << 1 << 1 << 1;
    QTest::newRow("no whole strips") << 37 << 50 << 70;
    QTest::newRow("several chunks of tokens") << 1030 << 24 << 20;
    QTest::newRow("several chunks of terms") << 33 << 1100 << 1050;
}

void TestProjection::projections_match_sums_in_double()
{
    QFETCH(int, tokens);
    QFETCH(int, in);
    QFETCH(int, out);
    const Made m = made(static_cast<std::size_t>(tokens), static_cast<std::size_t>(in),
        static_cast<std::size_t>(out));
    const auto g = gaussian(m.tokens * m.out, "g");
    const auto before = gaussian(m.tokens * m.in, "before");
    std::vector<double> forward(m.tokens * m.out);
    std::vector<double> back(before.begin(), before.end());
    for (std::size_t t = 0; t < m.tokens; ++t) {
        for (std::size_t o = 0; o < m.out; ++o) {
            forward[t * m.out + o] = static_cast<double>(m.bias[o]);
            for (std::size_t i = 0; i < m.in; ++i) {
                const auto w = static_cast<double>(m.values[o * m.in + i]);
                forward[t * m.out + o] += w * static_cast<double>(m.inputs[t * m.in + i]);
                back[t * m.in + i] += w * static_cast<double>(g[t * m.out + o]);
            }
        }
    }
    QVERIFY(relativeDistance(projected(m, 2), forward) < 1e-6);
    QVERIFY(relativeDistance(projectedBack(m, 2), back) < 1e-6);
}

void TestProjection::cross_products_match_sums_in_double()
{
    const Made m = made(700, 150, 1);
    std::vector<double> expected(m.in * m.in);
    for (std::size_t t = 0; t < m.tokens; ++t) {
        for (std::size_t i = 0; i < m.in; ++i) {
            for (std::size_t j = 0; j < m.in; ++j)
                expected[i * m.in + j] += 0.5 * static_cast<double>(m.inputs[t * m.in + i])
                    * static_cast<double>(m.inputs[t * m.in + j]);
        }
    }
    QVERIFY(relativeDistance(crossProducts(m, 2), expected) < 1e-6);
}

void TestProjection::a_token_does_not_depend_on_the_others()
{
    const Made many = made(50, 40, 30);
    Made one = many;
    one.tokens = 1;
    one.inputs.assign(many.inputs.begin() + 33 * 40, many.inputs.begin() + 34 * 40);
    const auto all = projected(many, 1);
    const std::vector<float> part(all.begin() + 33 * 30, all.begin() + 34 * 30);
    QCOMPARE(projected(one, 1), part);
}

void TestProjection::rows_of_a_weight_are_the_same_matrix()
{
    Made m = made(5, 12, 9);
    const auto whole = projected(m, 1);
    m.weight = m.weight.rows(4, 3);
    m.bias = {m.bias.begin() + 4, m.bias.begin() + 7};
    m.out = 3;
    const auto part = projected(m, 1);
    for (std::size_t t = 0; t < m.tokens; ++t) {
        for (std::size_t o = 0; o < 3; ++o)
            QCOMPARE(part[t * 3 + o], whole[t * 9 + 4 + o]);
    }
}

void TestProjection::every_thread_count_and_vector_width_gives_the_same_bits()
{
    const Made m = made(70, 90, 110);
    const auto forward = projected(m, 1);
    const auto back = projectedBack(m, 1);
    const auto products = crossProducts(m, 1);
    forEachHighwayTarget([&](const char* name) {
        for (const unsigned threads : {1u, 2u, 7u}) {
            QVERIFY2(projected(m, threads) == forward, name);
            QVERIFY2(projectedBack(m, threads) == back, name);
            QVERIFY2(crossProducts(m, threads) == products, name);
        }
    });
}

void TestProjection::transposes_any_shape()
{
    for (const std::size_t rows : {1u, 4u, 7u, 33u}) {
        for (const std::size_t columns : {1u, 5u, 16u, 39u}) {
            const auto in = gaussian(rows * columns, "t");
            std::vector<float> out(columns * (rows + 2));
            transpose(in.data(), columns, rows, columns, out.data(), rows + 2);
            for (std::size_t i = 0; i < rows * columns; ++i)
                QCOMPARE(out[i % columns * (rows + 2) + i / columns], in[i]);
        }
    }
}

QTEST_APPLESS_MAIN(TestProjection)
#include "tst_projection.moc"
