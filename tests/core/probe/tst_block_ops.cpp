// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/made_values.h"
#include "probe/activation.h"
#include "probe/norm_op.h"
#include "probe/rotary.h"

#include <QTest>

#include <numbers>

using namespace bitloupe;
using namespace bitloupe::testing;

namespace {

constexpr std::size_t rows = 5;
constexpr std::size_t width = 24;

double exactActivation(Activation kind, double x)
{
    switch (kind) {
    case Activation::silu: return x / (1 + std::exp(-x));
    case Activation::gelu: return 0.5 * x * (1 + std::erf(x / std::numbers::sqrt2));
    case Activation::geluTanh:
        return 0.5 * x
            * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
    case Activation::quickGelu: return x / (1 + std::exp(-1.702 * x));
    case Activation::relu: return std::max(x, 0.0);
    case Activation::reluSquared: return x > 0 ? x * x : 0;
    }
    return 0;
}

Rotary rotaryOf(RopeKind kind)
{
    Rotary rotary;
    rotary.dimensions = 8;
    rotary.theta = 10'000;
    rotary.maxPositions = 4096;
    rotary.scaling.kind = kind;
    rotary.scaling.factor = 4;
    rotary.scaling.originalMaxPositions = 1024;
    rotary.scaling.shortFactors = {1.0f, 1.5f, 2.0f, 4.0f};
    return rotary;
}

} // namespace

class TestBlockOps : public QObject {
    Q_OBJECT

private slots:
    void norms_have_the_gradient_of_their_differences_data();
    void norms_have_the_gradient_of_their_differences();
    void root_mean_square_norm_scales_rows();
    void activations_match_their_definition_data();
    void activations_match_their_definition();
    void gated_activation_has_the_gradient_of_its_differences();
    void rotation_turns_pairs_and_back();
    void rotation_starts_at_any_position();
    void rotary_scalings_match_transformers_data();
    void rotary_scalings_match_transformers();
    void refuses_factors_that_do_not_fit();
};

void TestBlockOps::norms_have_the_gradient_of_their_differences_data()
{
    QTest::addColumn<bool>("removesMean");
    QTest::addColumn<bool>("plusOne");
    QTest::newRow("root mean square") << false << false;
    QTest::newRow("root mean square, one plus weight") << false << true;
    QTest::newRow("layer norm") << true << false;
}

void TestBlockOps::norms_have_the_gradient_of_their_differences()
{
    QFETCH(bool, removesMean);
    QFETCH(bool, plusOne);
    const auto weight = gaussian(width, "weight");
    const auto bias = gaussian(width, "bias");
    const NormWeights norm {weight, bias, width, removesMean, plusOne, 1e-5};
    auto in = gaussian(rows * width, "in");
    const auto outGradient = gaussian(rows * width, "gradient");
    const auto expected = differences(in, [&] {
        std::vector<float> out(in.size());
        return normalise(norm, in, out, {}) ? weightedSum(out, outGradient) : 0;
    });
    std::vector<float> gradient(in.size());
    QVERIFY(normaliseBack(norm, in, outGradient, gradient, {}));
    QVERIFY(relativeDistance(gradient, expected) < 3e-4);
}

void TestBlockOps::root_mean_square_norm_scales_rows()
{
    const std::vector<float> in {3, 4, 0, 0};
    std::vector<float> out(4);
    QVERIFY(normalise({{}, {}, 4, false, false, 0}, in, out, {}));
    QCOMPARE(out, (std::vector<float> {1.2f, 1.6f, 0, 0}));
}

void TestBlockOps::activations_match_their_definition_data()
{
    QTest::addColumn<Activation>("kind");
    QTest::newRow("silu") << Activation::silu;
    QTest::newRow("gelu") << Activation::gelu;
    QTest::newRow("gelu by tanh") << Activation::geluTanh;
    QTest::newRow("quick gelu") << Activation::quickGelu;
    QTest::newRow("relu") << Activation::relu;
    QTest::newRow("relu squared") << Activation::reluSquared;
}

void TestBlockOps::activations_match_their_definition()
{
    QFETCH(Activation, kind);
    for (double x = -12; x < 12; x += 0.0371) {
        const std::vector<float> in {static_cast<float>(x)};
        std::vector<float> out(1);
        std::vector<float> slope(1);
        activation(kind, in, out);
        activationSlope(kind, in, slope);
        const auto at = static_cast<double>(in[0]);
        const double expectedSlope
            = (exactActivation(kind, at + 1e-5) - exactActivation(kind, at - 1e-5)) / 2e-5;
        QVERIFY(std::fabs(static_cast<double>(out[0]) - exactActivation(kind, at))
            < 1e-6 * (1 + std::fabs(at)));
        QVERIFY(std::fabs(static_cast<double>(slope[0]) - expectedSlope)
            < 3e-6 * (1 + std::fabs(at)));
    }
}

void TestBlockOps::gated_activation_has_the_gradient_of_its_differences()
{
    auto gate = gaussian(rows * width, "gate");
    auto up = gaussian(rows * width, "up");
    const auto outGradient = gaussian(rows * width, "gradient");
    const auto loss = [&] {
        std::vector<float> out(gate.size());
        return activate(Activation::silu, gate, up, out, {}) ? weightedSum(out, outGradient) : 0;
    };
    const auto expectedGate = differences(gate, loss);
    const auto expectedUp = differences(up, loss);
    std::vector<float> gateGradient(gate.size());
    std::vector<float> upGradient(gate.size());
    QVERIFY(activateBack(Activation::silu, gate, up, outGradient, gateGradient, upGradient, {}));
    QVERIFY(relativeDistance(gateGradient, expectedGate) < 2e-4);
    QVERIFY(relativeDistance(upGradient, expectedUp) < 2e-4);
}

void TestBlockOps::rotation_turns_pairs_and_back()
{
    const auto angles = rotaryAngles(rotaryOf(RopeKind::plain), 3);
    QVERIFY(angles);
    // Two sequences of three tokens, two heads of ten channels, of which eight turn.
    const auto before = gaussian(6 * 20, "values");
    auto values = before;
    QVERIFY(rotate(*angles, 3, 0, 10, 2, values, {}));
    const float angle = 2.0f * std::pow(10'000.0f, -2.0f / 8);
    const std::size_t at = 5 * 20 + 10 + 1; // position 2, second head, pair 1
    QVERIFY(std::fabs(values[at]
                - (before[at] * std::cos(angle) - before[at + 4] * std::sin(angle)))
        < 1e-6f);
    QCOMPARE(values[at + 8], before[at + 8]);
    QVERIFY(rotateBack(*angles, 3, 10, 2, values, {}));
    const std::vector<double> expected(before.begin(), before.end());
    QVERIFY(relativeDistance(values, expected) < 1e-6);
}

void TestBlockOps::rotation_starts_at_any_position()
{
    const auto angles = rotaryAngles(rotaryOf(RopeKind::plain), 4);
    QVERIFY(angles);
    const auto before = gaussian(4 * 8, "values");
    auto whole = before;
    QVERIFY(rotate(*angles, 4, 0, 8, 1, whole, {}));
    std::vector<float> last(before.begin() + 24, before.end());
    QVERIFY(rotate(*angles, 1, 3, 8, 1, last, {}));
    QCOMPARE(last, std::vector<float>(whole.begin() + 24, whole.end()));
}

// Frequencies and factors from transformers' ROPE_INIT_FUNCTIONS with the settings of rotaryOf.
void TestBlockOps::rotary_scalings_match_transformers_data()
{
    QTest::addColumn<RopeKind>("kind");
    QTest::addColumn<std::vector<double>>("frequencies");
    QTest::addColumn<double>("factor");
    QTest::newRow("dynamic, as none") << RopeKind::dynamic
        << std::vector<double> {1, 0.1, 0.01, 0.001} << 1.0;
    QTest::newRow("linear") << RopeKind::linear 
        << std::vector<double> {0.25, 0.025, 0.0024999999, 0.00025000001} << 1.0;
    QTest::newRow("llama3") << RopeKind::llama3 
        << std::vector<double> {1, 0.1, 0.0040743663, 0.00025000001} << 1.0;
    QTest::newRow("yarn") << RopeKind::yarn 
        << std::vector<double> {1, 0.074999996, 0.0049999999, 0.00025000001} << 1.13862944;
    QTest::newRow("longrope") << RopeKind::longrope 
        << std::vector<double> {1, 0.06666667, 0.0049999999, 0.00025000001} << 1.09544512;
}

void TestBlockOps::rotary_scalings_match_transformers()
{
    QFETCH(RopeKind, kind);
    QFETCH(std::vector<double>, frequencies);
    QFETCH(double, factor);
    const auto angles = rotaryAngles(rotaryOf(kind), 2);
    QVERIFY(angles);
    for (std::size_t pair = 0; pair < 4; ++pair) {
        const auto cosine = static_cast<double>(angles->cosines[4 + pair]);
        const auto sine = static_cast<double>(angles->sines[4 + pair]);
        QVERIFY(std::fabs(std::atan2(sine, cosine) / frequencies[pair] - 1) < 1e-5);
        QVERIFY(std::fabs(std::hypot(sine, cosine) / factor - 1) < 1e-5);
    }
}

void TestBlockOps::refuses_factors_that_do_not_fit()
{
    Rotary rotary = rotaryOf(RopeKind::longrope);
    rotary.scaling.shortFactors.pop_back();
    const auto angles = rotaryAngles(rotary, 2);
    QVERIFY(!angles);
    QCOMPARE(angles.error().code, Errc::badConfig);
}

QTEST_APPLESS_MAIN(TestBlockOps)
#include "tst_block_ops.moc"
