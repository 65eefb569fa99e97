// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/block_curves.h"
#include "measure/weigh.h"
#include "support/synthetic_model.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;
using namespace bitloupe::testing;

namespace {

std::vector<float> unevenValues(std::size_t count)
{
    std::vector<float> values = gaussianValues(count, "blocks", 0.02);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = roundToBf16(values[i] * (i % 89 == 0 ? 6.0f : 1.0f));
    return values;
}

Job threads(unsigned count)
{
    Job job;
    job.threads = count;
    return job;
}

// One matrix, measured without its spectrum.
struct Measured {
    SyntheticModel files;
    std::shared_ptr<const Model> model;
    Analysis analysis;

    Measured(const Shape& shape, const std::vector<float>& values)
    {
        files.add("a.weight", DType::BF16, shape, values);
        model = files.open();
        MeasureOptions options;
        options.spectrum = false;
        analysis = *measureModel(model, options, Job());
    }
    Analysis withBlocks(unsigned count = 2) const
    {
        return *addBlockCurves(model, analysis, threads(count));
    }
    std::shared_ptr<const Moments> moments() const
    {
        Moments made;
        made.tier = ProbeTier::full;
        made.tensors.resize(1);
        TensorMoments& tensor = made.tensors.front();
        tensor.tier = ProbeTier::full;
        for (std::uint64_t row = 0; row < model->tensors[0].shape[0]; ++row)
            tensor.gradient.push_back(1.0f + static_cast<float>(row % 7));
        for (std::uint64_t column = 0; column < model->tensors[0].shape[1]; ++column)
            tensor.input.push_back(1.0f + static_cast<float>(column % 5));
        return std::make_shared<const Moments>(std::move(made));
    }
};

std::vector<RatePoint> blocksOf(const Analysis& analysis)
{
    std::vector<RatePoint> blocks;
    for (const RatePoint& point : analysis.tensors[0].curve)
        if (codec(point.codec).family == CodecFamily::block)
            blocks.push_back(point);
    return blocks;
}

double wholeError(const std::vector<float>& values, const Codec& codec, Encoder encoder)
{
    double energy = 0;
    for (const float value : values)
        energy += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(encodeError(codec, DType::BF16, encoder, values, {}).squared / energy);
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool sameCurves(const Analysis& a, const Analysis& b)
{
    const auto &left = a.tensors[0], &right = b.tensors[0];
    if (left.curve.size() != right.curve.size() || !same(left.inputEnergy, right.inputEnergy))
        return false;
    for (std::size_t i = 0; i < left.curve.size(); ++i) {
        const RatePoint &p = left.curve[i], &q = right.curve[i];
        if (p.codec != q.codec || !same(p.nrmse, q.nrmse) || !same(p.nrmseRound, q.nrmseRound)
            || !same(p.probed.nrmse, q.probed.nrmse)
            || !same(p.probed.inputError, q.probed.inputError)
            || !same(p.probed.damage, q.probed.damage))
            return false;
    }
    return true;
}

} // namespace

class tst_BlockCurves : public QObject {
    Q_OBJECT

private slots:
    void rows_get_the_types_that_hold_them_data()
    {
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("types");
        QTest::newRow("superblocks") << 512 << 12;
        QTest::newRow("blocks of 32") << 576 << 6;
        QTest::newRow("none") << 100 << 0;
    }

    void rows_get_the_types_that_hold_them()
    {
        QFETCH(int, columns);
        QFETCH(int, types);
        const auto width = static_cast<std::size_t>(columns);
        const Measured one({8, width}, unevenValues(8 * width));
        QCOMPARE(blocksOf(one.analysis).size(), 0u);
        const Analysis blocks = one.withBlocks();
        QVERIFY(blocks.blockCurves && !one.analysis.blockCurves);
        QCOMPARE(blocksOf(blocks).size(), static_cast<std::size_t>(types));
    }

    void small_tensors_are_encoded_in_full()
    {
        // Nine superblocks a row: no number of equal segments.
        const auto values = unevenValues(9 * 256 * 20);
        const Measured one({20, 9 * 256}, values);
        for (const RatePoint& point : blocksOf(one.withBlocks())) {
            const Codec& blocks = codec(point.codec);
            const double found = wholeError(values, blocks, Encoder::search);
            QVERIFY2(std::fabs(point.nrmse / found - 1) < 1e-12, blocks.name.data());
            QVERIFY(std::fabs(point.nrmseRound / wholeError(values, blocks, Encoder::round) - 1)
                < 1e-12);
            QCOMPARE(point.relativeStandardError, 0.0);
        }
    }

    void sample_is_within_its_stated_error()
    {
        const auto values = unevenValues(600 * 1024);
        const Measured one({600, 1024}, values);
        const Analysis blocks = one.withBlocks();
        QVERIFY(blocks.tensors[0].sampled);
        for (const RatePoint& point : blocksOf(blocks)) {
            QVERIFY(point.relativeStandardError > 0 && point.relativeStandardError < 0.01);
            const double found = wholeError(values, codec(point.codec), Encoder::search);
            QVERIFY(std::fabs(point.nrmse / found - 1) < 5 * point.relativeStandardError);
        }
    }

    void numbers_do_not_depend_on_threads_or_on_when_moments_came()
    {
        const Measured one({300, 1024}, unevenValues(300 * 1024));
        const auto weigh = [&](Analysis analysis) {
            return *weighCurves(one.model, std::move(analysis), one.moments(), Job());
        };
        const Analysis after = weigh(one.withBlocks(1));
        for (const unsigned count : {1u, 2u, 7u}) {
            const auto before
                = addBlockCurves(one.model, weigh(one.analysis), threads(count));
            QVERIFY(before.has_value());
            QVERIFY(sameCurves(*before, after));
        }
        for (const RatePoint& point : blocksOf(after))
            QVERIFY(point.probed.damage > 0 && point.probed.inputError > 0);
    }

    void a_stopped_job_says_so()
    {
        const Measured one({300, 1024}, unevenValues(300 * 1024));
        std::stop_source source;
        source.request_stop();
        Job job;
        job.stop = source.get_token();
        const auto blocks = addBlockCurves(one.model, one.analysis, job);
        QVERIFY(!blocks && blocks.error().code == Errc::cancelled);
    }
};

QTEST_APPLESS_MAIN(tst_BlockCurves)
#include "tst_block_curves.moc"
