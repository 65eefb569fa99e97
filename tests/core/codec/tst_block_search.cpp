// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/ggml/block_format.h"
#include "tests/support/affine_reference.h"
#include "tests/support/codec_buffers.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace bitloupe;

namespace {

const Codec& named(const QString& name) { return *findCodec(name.toStdString()); }

void addBlocks()
{
    QTest::addColumn<QString>("name");
    for (const Codec& entry : codecs()) {
        if (entry.family == CodecFamily::block)
            QTest::newRow(entry.name.data()) << QString::fromLatin1(entry.name);
    }
}

std::vector<float> madeRow(std::size_t columns, const std::function<double(std::uint64_t)>& value)
{
    std::vector<float> row(columns);
    for (std::size_t i = 0; i < columns; ++i)
        row[i] = static_cast<float>(value(i));
    return row;
}

// Student's t with 4 degrees of freedom.
double heavyTailed(std::uint64_t i)
{
    double sum = 0;
    for (std::uint64_t k = 1; k <= 4; ++k)
        sum += std::pow(randomNormal(70 + k, i), 2);
    return 0.02 * randomNormal(70, i) / std::sqrt(sum / 4);
}

std::vector<float> someWeights(std::size_t columns)
{
    return madeRow(columns, [](auto i) { return std::exp(3 * randomNormal(13, i)); });
}

double relativeError(const Codec& codec, Encoder encoder, const std::vector<float>& row)
{
    const double squared = encodeError(codec, DType::BF16, encoder, row, {}).squared;
    return std::sqrt(squared / testing::squaredDistance(row, std::vector<float>(row.size())));
}

} // namespace

class TestBlockSearch : public QObject {
    Q_OBJECT

private slots:
    // Relative errors of ggml's encoders on Gaussian and on heavy-tailed weights, plain and with an
    // importance of all ones.
    void errors_are_not_above_ggmls_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QList<double>>("ggml");
        const auto add = [](const char* name, QList<double> ggml) {
            QTest::newRow(name) << QString(name) << ggml;
        };
        add("q8_0", { .00534, .00534, .00727, .00727 });
        add("q6_k", { .01774, .01732, .02284, .02237 });
        add("q5_1", { .03784, .03373, .04523, .04065 });
        add("q5_k", { .03605, .03529, .04361, .04299 });
        add("q5_0", { .04260, .04038, .05770, .05611 });
        add("q4_1", { .07804, .06957, .09326, .08398 });
        add("q4_k", { .07106, .07039, .08618, .08555 });
        add("iq4_nl", { .07610, .07489, .09302, .09143 });
        add("q4_0", { .08579, .08157, .11581, .11266 });
        add("iq4_xs", { .07668, .07557, .09393, .09262 });
        add("q3_k", { .15026, .14397, .18347, .17721 });
        add("q2_k", { .29546, .26696, .34374, .30232 });
    }

    void errors_are_not_above_ggmls()
    {
        QFETCH(QString, name);
        QFETCH(QList<double>, ggml);
        const auto gaussian = testing::gaussianRow(64 * 1536, 0.02, 61);
        const auto heavy = madeRow(64 * 1536, heavyTailed);
        const double anotherDraw = 1.01; // two draws of as many numbers differ by as much
        const auto verify = [&](Encoder encoder, const std::vector<float>& row, double theirs) {
            const double ours = relativeError(named(name), encoder, row);
            QVERIFY2(ours <= anotherDraw * theirs, qPrintable(QString::number(ours)));
        };
        verify(Encoder::round, gaussian, ggml[0]);
        verify(Encoder::search, gaussian, ggml[1]);
        verify(Encoder::round, heavy, ggml[2]);
        verify(Encoder::search, heavy, ggml[3]);
    }

    void search_is_not_worse_than_round_on_any_block_data() { addBlocks(); }
    void search_is_not_worse_than_round_on_any_block()
    {
        QFETCH(QString, name);
        const Codec& codec = named(name);
        const auto size = static_cast<std::size_t>(codec.groupSize);
        const auto row = madeRow(size * 60, heavyTailed);
        const auto weights = someWeights(row.size());
        for (std::size_t at = 0; at < row.size(); at += size) {
            const auto block = std::span(row).subspan(at, size);
            const auto steer = std::span(weights).subspan(at, size);
            const auto round = encodeError(codec, DType::BF16, Encoder::round, block, steer);
            const auto search = encodeError(codec, DType::BF16, Encoder::search, block, steer);
            QVERIFY(search.weighted <= round.weighted);
        }
    }

    void weights_lower_the_weighted_error_data() { addBlocks(); }
    void weights_lower_the_weighted_error()
    {
        QFETCH(QString, name);
        const Codec& codec = named(name);
        const auto row = testing::gaussianRow(256 * 40, 0.02, 62);
        const auto weights = someWeights(row.size());
        const auto plain = testing::encoded(codec, DType::BF16, Encoder::search, row);
        const auto steered = testing::encoded(codec, DType::BF16, Encoder::search, row, weights);
        const auto back = testing::decoded(codec, DType::BF16, plain.bytes, row.size());
        double unsteered = 0;
        for (std::size_t i = 0; i < row.size(); ++i)
            unsteered += double(weights[i]) * std::pow(double(row[i]) - double(back[i]), 2);
        QVERIFY(steered.error.weighted < 0.9 * unsteered);
    }

    void equal_weights_change_nothing_data() { addBlocks(); }
    void equal_weights_change_nothing()
    {
        QFETCH(QString, name);
        const auto row = testing::gaussianRow(256 * 5, 0.02, 63);
        const auto plain = testing::encoded(named(name), DType::BF16, Encoder::search, row);
        for (const float weight : { 0.0f, 1.0f, 4.0f, 0x1p-100f, 1e38f }) {
            const std::vector<float> weights(row.size(), weight);
            const auto steered
                = testing::encoded(named(name), DType::BF16, Encoder::search, row, weights);
            QVERIFY(plain.bytes == steered.bytes);
        }
    }

    // So several rows may be encoded as one.
    void blocks_do_not_depend_on_their_neighbours_data() { addBlocks(); }
    void blocks_do_not_depend_on_their_neighbours()
    {
        QFETCH(QString, name);
        const Codec& codec = named(name);
        const auto size = static_cast<std::size_t>(codec.groupSize);
        const auto row = madeRow(size * 19, heavyTailed);
        const auto whole = testing::encoded(codec, DType::BF16, Encoder::search, row);
        for (std::size_t at = 0; at < row.size(); at += size) {
            const auto block = std::span(row).subspan(at, size);
            const auto alone = testing::encoded(codec, DType::BF16, Encoder::search, block);
            QVERIFY(std::equal(alone.bytes.codes.begin(), alone.bytes.codes.end(),
                whole.bytes.codes.begin()
                    + std::ptrdiff_t(at / size * alone.bytes.codes.size())));
        }
    }

    void positive_rows_lie_above_an_offset_that_superblocks_can_store()
    {
        const auto row = madeRow(512, [](auto i) { return 10 + 0.1 * randomNormal(64, i); });
        for (const char* name : { "q2_k", "q4_k", "q5_k" })
            QVERIFY(relativeError(*findCodec(name), Encoder::search, row) < 0.01);
    }
};

QTEST_APPLESS_MAIN(TestBlockSearch)
#include "tst_block_search.moc"
