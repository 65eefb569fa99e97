// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/made_values.h"
#include "probe/attention_op.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::testing;

namespace {

constexpr std::size_t sequences = 2;

AttentionShape made(double softcap, std::size_t window)
{
    return {7, 4, 2, 6, 0.4, softcap, window};
}

struct Values {
    std::vector<float> q, k, v;
};

Values valuesOf(const AttentionShape& shape)
{
    const std::size_t tokens = sequences * shape.length;
    return {gaussian(tokens * shape.heads * shape.headDim, "q"),
        gaussian(tokens * shape.kvHeads * shape.headDim, "k"),
        gaussian(tokens * shape.kvHeads * shape.headDim, "v")};
}

// The definition, in double.
std::vector<double> attended(const AttentionShape& shape, const Values& values)
{
    std::vector<double> out(values.q.size());
    const std::size_t group = shape.heads / shape.kvHeads;
    for (std::size_t row = 0; row < sequences * shape.length * shape.heads; ++row) {
        const std::size_t token = row / shape.heads;
        const std::size_t kvHead = row % shape.heads / group;
        const std::size_t position = token % shape.length;
        const std::size_t reach = shape.window ? std::min(position, shape.window - 1) : position;
        double total = 0;
        std::vector<double> sums(shape.headDim);
        for (std::size_t other = token - reach; other <= token; ++other) {
            double product = 0;
            const std::size_t kv = (other * shape.kvHeads + kvHead) * shape.headDim;
            for (std::size_t i = 0; i < shape.headDim; ++i)
                product += static_cast<double>(values.q[row * shape.headDim + i])
                    * static_cast<double>(values.k[kv + i]) * shape.scale;
            if (shape.softcap > 0)
                product = shape.softcap * std::tanh(product / shape.softcap);
            total += std::exp(product);
            for (std::size_t i = 0; i < shape.headDim; ++i)
                sums[i] += std::exp(product) * static_cast<double>(values.v[kv + i]);
        }
        for (std::size_t i = 0; i < shape.headDim; ++i)
            out[row * shape.headDim + i] = sums[i] / total;
    }
    return out;
}

void addShapes()
{
    QTest::addColumn<double>("softcap");
    QTest::addColumn<int>("window");
    QTest::newRow("plain") << 0.0 << 0;
    QTest::newRow("softcap") << 1.5 << 0;
    QTest::newRow("sliding window") << 0.0 << 3;
}

} // namespace

class TestAttentionOp : public QObject {
    Q_OBJECT

private slots:
    void attention_matches_its_definition_data() { addShapes(); }
    void attention_matches_its_definition();
    void gradients_match_differences_data() { addShapes(); }
    void gradients_match_differences();
    void long_sequences_match_their_definition();
    void causal_mean_gives_every_head_the_mean_so_far();
};

void TestAttentionOp::attention_matches_its_definition()
{
    QFETCH(double, softcap);
    QFETCH(int, window);
    const AttentionShape shape = made(softcap, static_cast<std::size_t>(window));
    const Values values = valuesOf(shape);
    std::vector<float> out(values.q.size());
    QVERIFY(attend(shape, values.q, values.k, values.v, out, {}));
    QVERIFY(relativeDistance(out, attended(shape, values)) < 1e-6);
}

void TestAttentionOp::gradients_match_differences()
{
    QFETCH(double, softcap);
    QFETCH(int, window);
    const AttentionShape shape = made(softcap, static_cast<std::size_t>(window));
    Values values = valuesOf(shape);
    const auto outGradient = gaussian(values.q.size(), "gradient");
    const auto loss = [&] {
        std::vector<float> out(values.q.size());
        return attend(shape, values.q, values.k, values.v, out, {})
            ? weightedSum(out, outGradient) : 0;
    };
    std::vector<float> q(values.q.size());
    std::vector<float> k(values.k.size());
    std::vector<float> v(values.v.size());
    QVERIFY(attendBack(shape, values.q, values.k, values.v, outGradient, {q, k, v}, {}));
    QVERIFY(relativeDistance(q, differences(values.q, loss)) < 3e-4);
    QVERIFY(relativeDistance(k, differences(values.k, loss)) < 3e-4);
    QVERIFY(relativeDistance(v, differences(values.v, loss)) < 3e-4);
}

void TestAttentionOp::long_sequences_match_their_definition()
{
    const AttentionShape shape {130, 3, 1, 20, 0.2, 0, 0};
    const Values values = valuesOf(shape);
    std::vector<float> out(values.q.size());
    QVERIFY(attend(shape, values.q, values.k, values.v, out, {}));
    QVERIFY(relativeDistance(out, attended(shape, values)) < 1e-6);
}

void TestAttentionOp::causal_mean_gives_every_head_the_mean_so_far()
{
    const AttentionShape shape {3, 2, 1, 2, 0, 0, 0};
    const std::vector<float> v {1, 2, 3, 4, 5, 9, -1, 0, 1, 0, 6, 3};
    std::vector<float> out(24);
    QVERIFY(causalMean(shape, v, out, {}));
    const std::vector<float> expected {1, 2, 1, 2, 2, 3, 2, 3, 3, 5, 3, 5, -1, 0, -1, 0, 0, 0, 0,
        0, 2, 1, 2, 1};
    QCOMPARE(out, expected);
}

QTEST_APPLESS_MAIN(TestAttentionOp)
#include "tst_attention_op.moc"
