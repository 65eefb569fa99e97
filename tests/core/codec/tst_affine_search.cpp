// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/codec.h"
#include "numeric/float_types.h"
#include "tests/support/affine_reference.h"
#include "tests/support/codec_buffers.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;

namespace {

std::vector<float> bf16Gaussian(std::size_t columns)
{
    std::vector<float> row = testing::gaussianRow(columns, 0.02, 11);
    for (float& x : row)
        x = roundToBf16(x);
    return row;
}

double clientError(const Codec& codec, DType type, const std::vector<float>& row)
{
    const auto size = static_cast<std::size_t>(codec.groupSize);
    double sum = 0;
    for (std::size_t g = 0; g < row.size() / size; ++g) {
        const auto group = std::span(row).subspan(g * size, size);
        sum += testing::errorOf(testing::clientGroup(group, codec.bits, type), group);
    }
    return sum;
}

} // namespace

class TestAffineSearch : public QObject {
    Q_OBJECT

private slots:
    // The least share of the client's squared error that the search saves on Gaussian weights.
    void saves_squared_error_on_gaussian_weights_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("share");
        const auto add = [](const char* name, double share) {
            QTest::newRow(name) << QString(name) << share;
        };
        add("affine-2-g64", 0.30);
        add("affine-3-g64", 0.24);
        add("affine-4-g128", 0.16);
        add("affine-4-g64", 0.19);
        add("affine-4-g32", 0.25);
        add("affine-5-g64", 0.17);
        add("affine-6-g64", 0.17);
        add("affine-8-g64", 0.43);
    }

    void saves_squared_error_on_gaussian_weights()
    {
        QFETCH(QString, name);
        QFETCH(double, share);
        const Codec& codec = *findCodec(name.toStdString());
        const auto row = bf16Gaussian(128 * 2000);
        const double ours = encodeError(codec, DType::BF16, Encoder::search, row, {}).squared;
        const double saved = 1 - ours / clientError(codec, DType::BF16, row);
        QVERIFY2(saved >= share, qPrintable(QString::number(saved)));
    }

    void four_bits_save_twelve_percent_in_every_scale_type()
    {
        const Codec& codec = *findCodec("affine-4-g64");
        const auto row = bf16Gaussian(64 * 2000);
        for (const DType type : { DType::BF16, DType::F16, DType::F32 }) {
            const double ours = encodeError(codec, type, Encoder::search, row, {}).squared;
            QVERIFY(ours <= 0.88 * clientError(codec, type, row));
        }
    }

    void weights_lower_the_weighted_error()
    {
        const Codec& codec = *findCodec("affine-3-g64");
        const auto row = bf16Gaussian(64 * 200);
        std::vector<float> weights(row.size(), 1.0f);
        for (std::size_t i = 0; i < weights.size(); i += 9)
            weights[i] = 50.0f;
        const auto plain = testing::encoded(codec, DType::BF16, Encoder::search, row);
        const auto steered = testing::encoded(codec, DType::BF16, Encoder::search, row, weights);
        const auto back = testing::decoded(codec, DType::BF16, plain.bytes, row.size());
        double unsteered = 0;
        for (std::size_t i = 0; i < row.size(); ++i)
            unsteered += double(weights[i]) * std::pow(double(row[i]) - double(back[i]), 2);
        QVERIFY(steered.error.weighted < 0.8 * unsteered);
        QVERIFY(steered.error.squared > plain.error.squared);
    }

    void weighted_search_is_not_worse_than_round_on_any_group()
    {
        const Codec& codec = *findCodec("affine-4-g32");
        const auto row = bf16Gaussian(32 * 500);
        for (std::size_t g = 0; g < 500; ++g) {
            const auto group = std::span(row).subspan(g * 32, 32);
            std::vector<float> weights(32);
            for (std::size_t j = 0; j < 32; ++j)
                weights[j] = static_cast<float>(std::exp(4 * randomNormal(13, g * 32 + j)));
            const auto round = encodeError(codec, DType::BF16, Encoder::round, group, weights);
            const auto search = encodeError(codec, DType::BF16, Encoder::search, group, weights);
            QVERIFY(search.weighted <= round.weighted);
        }
    }

    void equal_weights_change_nothing()
    {
        const Codec& codec = *findCodec("affine-4-g64");
        const auto row = bf16Gaussian(64 * 40);
        const auto plain = testing::encoded(codec, DType::BF16, Encoder::search, row);
        for (const float weight : { 1.0f, 4.0f, 0x1p-100f, 1e38f }) {
            const std::vector<float> weights(row.size(), weight);
            const auto steered
                = testing::encoded(codec, DType::BF16, Encoder::search, row, weights);
            QVERIFY(plain.bytes == steered.bytes);
        }
    }

    void groups_without_weight_are_searched_as_if_unweighted()
    {
        const Codec& codec = *findCodec("affine-4-g64");
        const auto row = bf16Gaussian(64 * 40);
        const std::vector<float> none(row.size(), 0.0f);
        const auto plain = testing::encoded(codec, DType::BF16, Encoder::search, row);
        const auto steered = testing::encoded(codec, DType::BF16, Encoder::search, row, none);
        QVERIFY(plain.bytes == steered.bytes);
        QCOMPARE(steered.error.weighted, 0.0);
    }

    // So several rows may be encoded as one.
    void groups_do_not_depend_on_their_neighbours()
    {
        const Codec& codec = *findCodec("affine-5-g32");
        const auto row = bf16Gaussian(32 * 37);
        const auto whole = testing::encoded(codec, DType::BF16, Encoder::search, row);
        for (std::size_t g = 0; g < 37; ++g) {
            const auto group = std::span(row).subspan(32 * g, 32);
            const auto alone = testing::encoded(codec, DType::BF16, Encoder::search, group);
            QVERIFY(std::equal(alone.bytes.codes.begin(), alone.bytes.codes.end(),
                whole.bytes.codes.begin() + std::ptrdiff_t(20 * g)));
            QVERIFY(std::equal(alone.bytes.scales.begin(), alone.bytes.scales.end(),
                whole.bytes.scales.begin() + std::ptrdiff_t(2 * g)));
        }
    }
};

QTEST_APPLESS_MAIN(TestAffineSearch)
#include "tst_affine_search.moc"
