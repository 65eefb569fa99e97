// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/clip_range.h"

#include "support/synthetic_model.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;
using bitloupe::testing::gaussianValues;
using bitloupe::testing::SyntheticModel;

namespace {

Result<ClipRange> rangeOf(const std::vector<float>& values, const char* codecName)
{
    SyntheticModel synthetic;
    synthetic.add("w", DType::BF16, {values.size() / 128, 128}, values);
    return clipRange(
        synthetic.open(), TensorId {0}, *findCodec(codecName), DType::BF16, {}, Job {});
}

} // namespace

class tst_ClipRange : public QObject {
    Q_OBJECT
private slots:
    void holds_most_of_a_group_but_not_its_tails()
    {
        const auto range = rangeOf(gaussianValues(128 * 128, "w"), "affine-4-g64");
        QVERIFY(range.has_value());
        QCOMPARE(range->groups, std::uint64_t {64 * 2});
        // The largest of 64 Gaussian numbers lies at 2.4 on average.
        QVERIFY2(range->upper > 1.6 && range->upper < 2.6, qPrintable(QString::number(range->upper)));
        QVERIFY2(
            range->lower < -1.6 && range->lower > -2.6, qPrintable(QString::number(range->lower)));
    }

    void fewer_bits_clip_more()
    {
        const auto values = gaussianValues(128 * 128, "w");
        const auto few = rangeOf(values, "affine-2-g64");
        const auto many = rangeOf(values, "affine-8-g64");
        QVERIFY(few && many);
        QVERIFY(few->upper - few->lower < many->upper - many->lower);
    }

    void one_outlier_does_not_move_the_median()
    {
        auto values = gaussianValues(128 * 128, "w");
        const auto before = rangeOf(values, "affine-4-g64");
        values[5] = 1000;
        const auto after = rangeOf(values, "affine-4-g64");
        QVERIFY(before && after);
        QVERIFY(std::abs(after->upper - before->upper) < 0.1);
    }

    void floats_clip_nothing()
    {
        const auto range = rangeOf(gaussianValues(128 * 4, "w"), "bf16");
        QVERIFY(range && std::isnan(range->lower) && std::isnan(range->upper));
    }

    void rows_that_do_not_fit_are_refused()
    {
        SyntheticModel synthetic;
        synthetic.add("w", DType::BF16, {4, 40}, gaussianValues(160, "w"));
        const auto range = clipRange(
            synthetic.open(), TensorId {0}, *findCodec("affine-4-g64"), DType::BF16, {}, Job {});
        QVERIFY(!range && range.error().code == Errc::badArgument);
    }
};

QTEST_APPLESS_MAIN(tst_ClipRange)
#include "tst_clip_range.moc"
