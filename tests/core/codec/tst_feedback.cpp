// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/feedback.h"
#include "tests/support/codec_buffers.h"
#include "tests/support/covariances.h"
#include "tests/support/highway_targets.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <optional>

using namespace bitloupe;

namespace {

using Factor = std::shared_ptr<const FeedbackFactor>;

Factor factorOf(const std::vector<float>& moments, double damping = 0.05)
{
    FeedbackOptions options;
    options.damping = damping;
    const auto columns = static_cast<std::size_t>(std::lround(std::sqrt(double(moments.size()))));
    const auto factor = FeedbackFactor::make(moments, columns, options);
    return factor ? *factor : nullptr;
}

testing::Encoded encodedRows(const Codec& codec, DType type, const FeedbackFactor& factor,
    const std::vector<float>& rows)
{
    testing::Encoded result { testing::RowBytes(rowLayout(codec, rows.size(), type).value()), {} };
    result.error = encodeRowsWithFeedback(codec, type, factor, rows, result.bytes.out());
    return result;
}

// Sum over the rows of the error of what the bytes decode to.
double trueError(const Codec& codec, DType type, const testing::Encoded& encoded,
    const std::vector<float>& rows, const std::vector<float>& moments)
{
    const auto columns = static_cast<std::size_t>(std::lround(std::sqrt(double(moments.size()))));
    const auto back = testing::decoded(codec, type, encoded.bytes, rows.size());
    double sum = 0;
    for (std::size_t at = 0; at < rows.size(); at += columns)
        sum += testing::outputError(std::span(rows).subspan(at, columns),
            std::span(back).subspan(at, columns), moments);
    return sum;
}

std::vector<float> steering(const std::vector<float>& moments, std::size_t columns)
{
    double mean = 0;
    for (std::size_t j = 0; j < columns; ++j)
        mean += double(moments[j * columns + j]) / double(columns);
    std::vector<float> weights;
    for (std::size_t j = 0; j < columns; ++j)
        weights.push_back(static_cast<float>(double(moments[j * columns + j]) + 0.001 * mean));
    return weights;
}

testing::Encoded searched(const Codec& codec, DType type, const std::vector<float>& rows,
    const std::vector<float>& moments, std::size_t columns)
{
    std::vector<float> weights;
    while (weights.size() < rows.size()) {
        const auto one = steering(moments, columns);
        weights.insert(weights.end(), one.begin(), one.end());
    }
    return testing::encoded(codec, type, Encoder::search, rows, weights);
}

} // namespace

class TestFeedback : public QObject {
    Q_OBJECT

private slots:
    void every_codec_beats_search_on_correlated_inputs_data()
    {
        QTest::addColumn<QString>("name");
        for (const Codec& codec : codecs()) {
            if (codec.family != CodecFamily::stored)
                QTest::newRow(codec.name.data()) << QString(codec.name.data());
        }
    }

    void every_codec_beats_search_on_correlated_inputs()
    {
        QFETCH(QString, name);
        const Codec& codec = *findCodec(name.toStdString());
        constexpr std::size_t columns = 512;
        const auto moments = testing::correlatedMoments(columns, 40, 0.2, 3);
        const auto rows = testing::gaussianRow(columns * 40, 0.02, 4);
        const auto ours = encodedRows(codec, DType::BF16, *factorOf(moments), rows);
        const auto plain = searched(codec, DType::BF16, rows, moments, columns);
        const double error = trueError(codec, DType::BF16, ours, rows, moments);
        const double share = error / trueError(codec, DType::BF16, plain, rows, moments);
        QVERIFY2(share < (codec.bits == 8 ? 0.7 : 0.45), qPrintable(QString::number(share)));
    }

    void reported_errors_are_those_of_the_bytes()
    {
        constexpr std::size_t columns = 256;
        const auto moments = testing::correlatedMoments(columns, 20, 0.3, 5);
        const auto rows = testing::gaussianRow(columns * 35, 0.02, 6);
        for (const char* name : { "affine-3-g32", "affine-4-g64", "affine-6-g64", "q2_k", "q3_k",
                 "q4_k", "q6_k", "iq4_xs", "iq4_nl", "q5_1", "q4_0", "q8_0" }) {
            const Codec& codec = *findCodec(name);
            for (const DType type : { DType::BF16, DType::F16, DType::F32 }) {
                FeedbackOptions options;
                options.damping = 0.01;
                options.shrinkage = 0.1;
                const auto factor = *FeedbackFactor::make(moments, columns, options);
                const auto ours = encodedRows(codec, type, *factor, rows);
                const double expected = trueError(codec, type, ours, rows, moments);
                QVERIFY(std::fabs(ours.error.weighted / expected - 1) < 1e-4);
                const auto back = testing::decoded(codec, type, ours.bytes, rows.size());
                const double squared = testing::squaredDistance(rows, back);
                QVERIFY(std::fabs(ours.error.squared / squared - 1) < 1e-5);
            }
        }
    }

    void unrelated_inputs_are_encoded_as_well_as_by_search()
    {
        constexpr std::size_t columns = 256;
        std::vector<float> moments(columns * columns);
        for (std::size_t j = 0; j < columns; ++j)
            moments[j * columns + j] = static_cast<float>(std::exp(randomNormal(7, j)));
        const auto rows = testing::gaussianRow(columns * 32, 0.02, 8);
        const Codec& codec = *findCodec("affine-4-g64");
        const auto ours = encodedRows(codec, DType::BF16, *factorOf(moments, 0), rows);
        const auto plain = searched(codec, DType::BF16, rows, moments, columns);
        QVERIFY(ours.error.weighted <= plain.error.weighted * 1.0001);
        QVERIFY(ours.error.weighted >= plain.error.weighted * 0.9);
    }

    void no_row_is_worse_than_search()
    {
        constexpr std::size_t columns = 64;
        const auto moments = testing::correlatedMoments(columns, 64, 0.0, 9);
        const Codec& codec = *findCodec("affine-2-g64");
        const Factor factor = factorOf(moments, 1.0);
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const auto row = testing::gaussianRow(columns, 0.02, 100 + seed);
            const auto ours = encodedRows(codec, DType::BF16, *factor, row);
            const auto plain = searched(codec, DType::BF16, row, moments, columns);
            QVERIFY(trueError(codec, DType::BF16, ours, row, moments)
                <= trueError(codec, DType::BF16, plain, row, moments) * (1 + 1e-4));
        }
    }

    void rows_do_not_influence_each_other()
    {
        constexpr std::size_t columns = 128;
        const auto moments = testing::correlatedMoments(columns, 12, 0.3, 11);
        const auto rows = testing::gaussianRow(columns * 45, 0.02, 12);
        const Codec& codec = *findCodec("affine-3-g64");
        const Factor factor = factorOf(moments);
        const auto together = encodedRows(codec, DType::F16, *factor, rows);
        const auto all = testing::decoded(codec, DType::F16, together.bytes, rows.size());
        for (const std::size_t row : { 0u, 17u, 31u, 32u, 44u }) {
            const std::vector<float> one(rows.begin() + std::ptrdiff_t(row * columns),
                rows.begin() + std::ptrdiff_t((row + 1) * columns));
            const auto alone = encodedRows(codec, DType::F16, *factor, one);
            const auto back = testing::decoded(codec, DType::F16, alone.bytes, columns);
            const auto among = all.begin() + std::ptrdiff_t(row * columns);
            QVERIFY(std::equal(back.begin(), back.end(), among));
        }
    }

    void inactive_channels_are_rounded_like_any_other()
    {
        constexpr std::size_t columns = 128;
        auto moments = testing::correlatedMoments(columns, 12, 0.3, 13);
        for (std::size_t j = 0; j < columns; ++j) {
            for (const std::size_t dead : { 0u, 40u, 127u })
                moments[j * columns + dead] = moments[dead * columns + j] = 0;
        }
        const auto rows = testing::gaussianRow(columns * 8, 0.02, 14);
        const Codec& codec = *findCodec("affine-4-g64");
        const auto ours = encodedRows(codec, DType::BF16, *factorOf(moments), rows);
        const auto back = testing::decoded(codec, DType::BF16, ours.bytes, rows.size());
        for (std::size_t at = 0; at < rows.size(); at += columns) {
            for (const std::size_t dead : { 0u, 40u, 127u })
                QVERIFY(std::fabs(back[at + dead] - rows[at + dead]) < 0.02f);
        }
    }

    void inputs_that_were_never_seen_give_what_search_gives()
    {
        constexpr std::size_t columns = 64;
        const std::vector<float> moments(columns * columns, 0.0f);
        const auto rows = testing::gaussianRow(columns * 3, 0.02, 15);
        const Codec& codec = *findCodec("affine-4-g32");
        const Factor factor = factorOf(moments);
        QVERIFY(factor);
        const auto ours = encodedRows(codec, DType::BF16, *factor, rows);
        const auto plain = testing::encoded(codec, DType::BF16, Encoder::search, rows);
        QVERIFY(ours.error.squared <= plain.error.squared * 1.2);
    }

    void refuses_hostile_moments()
    {
        constexpr std::size_t columns = 32;
        const auto good = testing::correlatedMoments(columns, 4, 1.0, 16);
        for (const float bad : { std::numeric_limits<float>::quiet_NaN(),
                 std::numeric_limits<float>::infinity(), -1.0f }) {
            auto moments = good;
            moments[33] = bad; // on the diagonal
            const auto factor = FeedbackFactor::make(moments, columns, {});
            QVERIFY(!factor);
            QCOMPARE(factor.error().code, Errc::badArgument);
        }
        QVERIFY(!FeedbackFactor::make(good, columns + 1, {}));
        QVERIFY(!FeedbackFactor::make({}, 0, {}));
        auto impossible = good;
        impossible[1] = impossible[columns] = 1e9f;
        QVERIFY(!FeedbackFactor::make(impossible, columns, {}));
    }

    void refuses_options_that_make_no_sense()
    {
        const auto good = testing::correlatedMoments(32, 4, 1.0, 16);
        for (const double bad : { -0.1, 1e9, std::numeric_limits<double>::quiet_NaN() }) {
            FeedbackOptions damping;
            damping.damping = bad;
            QVERIFY(!FeedbackFactor::make(good, 32, damping));
            FeedbackOptions shrinkage;
            shrinkage.shrinkage = bad;
            QVERIFY(!FeedbackFactor::make(good, 32, shrinkage));
        }
    }

    void takes_moments_and_weights_of_any_magnitude()
    {
        constexpr std::size_t columns = 256;
        for (const char* name : { "affine-4-g32", "q4_k", "q3_k", "q8_0" })
            verifyMagnitudes(*findCodec(name), columns);
    }

private:
    static void verifyMagnitudes(const Codec& codec, std::size_t columns)
    {
        for (const float size : { 1e-38f, 1e-20f, 1e20f, 1e36f }) {
            auto moments = testing::correlatedMoments(columns, 8, 0.5, 17);
            for (float& value : moments)
                value *= size;
            const Factor factor = factorOf(moments);
            QVERIFY(factor);
            for (const double sigma : { 0.0, 1e-42, 1e-30, 1.0, 1e30, 3e37 }) {
                const auto rows = testing::gaussianRow(columns * 2, sigma, 18);
                const auto ours = encodedRows(codec, DType::F32, *factor, rows);
                QVERIFY(std::isfinite(ours.error.squared));
                const auto back = testing::decoded(codec, DType::F32, ours.bytes, rows.size());
                for (std::size_t i = 0; i < rows.size(); ++i)
                    QVERIFY(std::isfinite(back[i]));
            }
        }
    }

private slots:
    void polishing_lowers_the_error_of_codes_and_of_scales()
    {
        constexpr std::size_t columns = 256;
        const auto moments = testing::correlatedMoments(columns, 30, 0.3, 21);
        const auto rows = testing::gaussianRow(columns * 64, 0.02, 22);
        for (const char* name :
            { "affine-3-g64", "affine-4-g32", "affine-5-g64", "q2_k", "q4_k", "q6_k" }) {
            FeedbackOptions options;
            const auto errorOf = [&](int polish, bool refit) {
                options.polish = polish;
                options.refit = refit;
                const auto factor = FeedbackFactor::make(moments, columns, options);
                return encodedRows(*findCodec(name), DType::BF16, **factor, rows).error.weighted;
            };
            const double greedy = errorOf(0, false);
            const double codes = errorOf(4, false);
            const double both = errorOf(4, true);
            QVERIFY2(codes < 0.95 * greedy, qPrintable(QString::number(codes / greedy)));
            QVERIFY2(both < 0.99 * codes, qPrintable(QString::number(both / codes)));
        }
    }

    void another_order_of_columns_changes_no_layout()
    {
        constexpr std::size_t columns = 768;
        auto moments = testing::correlatedMoments(columns, 20, 0.3, 23);
        for (std::size_t j = 0; j < columns; ++j) { // the last columns are the busiest
            for (std::size_t k = 0; k < columns; ++k)
                moments[j * columns + k] *= static_cast<float>((1 + j) * (1 + k));
        }
        const auto rows = testing::gaussianRow(columns * 5, 0.02, 24);
        for (const char* name : { "affine-6-g64", "q6_k", "q5_k" }) {
            const Codec& codec = *findCodec(name);
            const auto ours = encodedRows(codec, DType::BF16, *factorOf(moments), rows);
            const auto back = testing::decoded(codec, DType::BF16, ours.bytes, rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i)
                QVERIFY(std::fabs(back[i] - rows[i]) < 0.03f);
        }
    }

    void solving_undoes_the_product_with_the_moments()
    {
        const std::size_t columns = 80, rows = 37;
        const auto moments = testing::correlatedMoments(columns, 20, 0.5, 11);
        FeedbackOptions options;
        options.damping = options.shrinkage = 0;
        const auto factor = FeedbackFactor::make(moments, columns, options);
        QVERIFY(factor);
        std::vector<float> wanted(rows * columns), product(rows * columns);
        for (std::size_t i = 0; i < wanted.size(); ++i)
            wanted[i] = static_cast<float>(randomNormal(12, i));
        for (std::size_t i = 0; i < product.size(); ++i)
            for (std::size_t j = 0; j < columns; ++j)
                product[i] += wanted[i / columns * columns + j] * moments[j * columns + i % columns];
        solveRows(**factor, product);
        for (std::size_t i = 0; i < product.size(); ++i)
            QVERIFY(std::fabs(product[i] - wanted[i]) < 1e-3F);
    }

    void every_vector_width_gives_the_same_bits()
    {
        constexpr std::size_t columns = 256;
        const auto moments = testing::correlatedMoments(columns, 12, 0.3, 25);
        const auto rows = testing::gaussianRow(columns * 40, 0.02, 26);
        for (const char* name : { "affine-2-g32", "affine-4-g64", "affine-8-g128", "q2_k", "q6_k",
                 "iq4_xs", "q5_0" }) {
            std::optional<testing::Encoded> first;
            testing::forEachHighwayTarget([&](const char* target) {
                auto now = encodedRows(
                    *findCodec(name), DType::F16, *factorOf(moments), rows);
                if (!first)
                    first = now;
                QVERIFY2(now.error.weighted == first->error.weighted
                        && now.bytes == first->bytes, target);
            });
        }
    }

    void stored_codecs_are_written_as_they_are()
    {
        const auto rows = testing::gaussianRow(64, 1, 19);
        const Codec& codec = *findCodec("f32");
        const auto moments = testing::correlatedMoments(64, 8, 0.5, 20);
        const auto ours = encodedRows(codec, DType::F32, *factorOf(moments), rows);
        QVERIFY(testing::decoded(codec, DType::F32, ours.bytes, 64) == rows);
    }
};

QTEST_APPLESS_MAIN(TestFeedback)
#include "tst_feedback.moc"
