// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every codec of the table.
#include "codec/codec.h"
#include "tests/support/affine_reference.h"
#include "tests/support/codec_buffers.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace bitloupe;
using testing::decoded;
using testing::encoded;

class TestCodecs : public QObject {
    Q_OBJECT

private:
    static void addCodecs(std::optional<CodecFamily> family = {})
    {
        QTest::addColumn<QString>("name");
        for (const Codec& entry : codecs()) {
            if (entry.family == family.value_or(entry.family) && !isCopied(entry))
                QTest::newRow(entry.name.data()) << QString::fromLatin1(entry.name);
        }
    }
    static const Codec& named(const QString& name) { return *findCodec(name.toStdString()); }

private slots:
    void names_are_unique_and_found()
    {
        std::set<std::string_view> names;
        for (const Codec& entry : codecs()) {
            names.insert(entry.name);
            QCOMPARE(findCodec(entry.name), &entry);
            QCOMPARE(&codec(entry.id), &entry);
        }
        QCOMPARE(names.size(), std::size_t { 53 });
        QVERIFY(!findCodec("affine-7-g64"));
    }

    void encoders_are_found_by_name()
    {
        QVERIFY(findEncoder("round") == Encoder::round);
        QVERIFY(findEncoder("search") == Encoder::search);
        QVERIFY(!findEncoder("Round"));
        QVERIFY(encoderName(Encoder::search) == "search");
    }

    void sizes_grow_along_a_family()
    {
        for (std::size_t i = 1; i < codecs().size(); ++i) {
            const auto before = rowLayout(codecs()[i - 1], 4096, DType::BF16);
            const auto after = rowLayout(codecs()[i], 4096, DType::BF16);
            QVERIFY(codecs()[i].family != codecs()[i - 1].family
                || before->total() <= after->total());
        }
    }

    void what_is_only_copied_has_a_type_of_its_own_and_its_size()
    {
        std::set<DType> types;
        for (const Codec& entry : codecs()) {
            if (!isCopied(entry))
                continue;
            QVERIFY(types.insert(entry.storedType).second);
            const auto layout = rowLayout(entry, 512, DType::BF16);
            QCOMPARE(layout->total(), *dtypeBytes(entry.storedType, 512));
            QCOMPARE(rowLayout(entry, 100, DType::BF16).has_value(),
                !dtypeInfo(entry.storedType).isBlock());
            for (const Codec& other : codecs())
                QVERIFY(&other == &entry || other.storedType != entry.storedType);
        }
        QCOMPARE(types.size(), std::size_t { 20 });
    }

    void size_is_bits_plus_two_numbers_a_group_data() { addCodecs(CodecFamily::affine); }
    void size_is_bits_plus_two_numbers_a_group()
    {
        QFETCH(QString, name);
        const Codec& entry = named(name);
        const auto layout = rowLayout(entry, 1152, DType::BF16);
        const auto wide = rowLayout(entry, 1152, DType::F32);
        const std::uint64_t groups = 1152u / unsigned(entry.groupSize);
        QCOMPARE(layout->codes, std::uint64_t(1152u / 8 * unsigned(entry.bits)));
        QCOMPARE(layout->scales, 2 * groups);
        QCOMPARE(layout->biases, 2 * groups);
        QCOMPARE(wide->total(), layout->codes + 8 * groups);
    }

    void blocks_are_as_large_as_ggml_says_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("bits");
        const auto add = [](const char* name, double bits) {
            QTest::newRow(name) << QString(name) << bits;
        };
        add("q8_0", 8.5);
        add("q6_k", 6.5625);
        add("q5_1", 6);
        add("q5_k", 5.5);
        add("q5_0", 5.5);
        add("q4_1", 5);
        add("q4_k", 4.5);
        add("iq4_nl", 4.5);
        add("q4_0", 4.5);
        add("iq4_xs", 4.25);
        add("q3_k", 3.4375);
        add("q2_k", 2.625);
    }
    void blocks_are_as_large_as_ggml_says()
    {
        QFETCH(QString, name);
        QFETCH(double, bits);
        const auto layout = rowLayout(named(name), 1024, DType::BF16);
        QCOMPARE(8.0 * double(layout->total()), 1024 * bits);
        QCOMPARE(layout->codes, layout->total());
    }

    void odd_sizes_are_refused()
    {
        QVERIFY(!rowLayout(*findCodec("q4_k"), 576, DType::BF16));
        QVERIFY(rowLayout(*findCodec("q4_0"), 576, DType::BF16));
        QVERIFY(!rowLayout(*findCodec("q4_0"), 48, DType::BF16));
        QVERIFY(!rowLayout(*findCodec("q8_0"), ~std::uint64_t { 31 }, DType::BF16));
        QVERIFY(!rowLayout(*findCodec("affine-4-g64"), 96, DType::BF16));
        QVERIFY(rowLayout(*findCodec("affine-4-g32"), 96, DType::BF16));
        QVERIFY(rowLayout(*findCodec("bf16"), 7, DType::BF16));
        QVERIFY(!rowLayout(*findCodec("bf16"), std::uint64_t { 1 } << 61, DType::BF16));
        QVERIFY(!rowLayout(*findCodec("affine-8-g32"), std::uint64_t { 1 } << 62, DType::F32));
        QCOMPARE(rowLayout(*findCodec("affine-4-g32"), 0, DType::F16)->total(), std::uint64_t { 0 });
    }

    void error_without_bytes_is_the_error_with_them_data() { addCodecs(); }
    void error_without_bytes_is_the_error_with_them()
    {
        QFETCH(QString, name);
        const auto row = testing::gaussianRow(256 * 11, 0.02, 5);
        std::vector<float> weights = testing::gaussianRow(256 * 11, 1, 6);
        for (float& weight : weights)
            weight *= weight;
        for (const Encoder encoder : { Encoder::round, Encoder::search }) {
            const auto with = encoded(named(name), DType::F16, encoder, row, weights);
            const auto without = encodeError(named(name), DType::F16, encoder, row, weights);
            QVERIFY(with.error.squared == without.squared);
            QVERIFY(with.error.weighted == without.weighted);
            const auto plain = encodeError(named(name), DType::F16, encoder, row, {});
            QVERIFY(plain.weighted == plain.squared);
        }
    }

    void error_is_that_of_the_decoded_row_data() { addCodecs(); }
    void error_is_that_of_the_decoded_row()
    {
        QFETCH(QString, name);
        const auto row = testing::gaussianRow(256 * 3, 0.02, 5);
        for (const DType type : { DType::BF16, DType::F16, DType::F32 }) {
            const auto result = encoded(named(name), type, Encoder::search, row);
            const auto back = decoded(named(name), type, result.bytes, row.size());
            const double error = testing::squaredDistance(row, back);
            QVERIFY(std::fabs(result.error.squared - error) <= 1e-6 * error);
        }
    }

    void decoded_rows_encode_to_nearly_themselves_data() { addCodecs(); }
    void decoded_rows_encode_to_nearly_themselves()
    {
        QFETCH(QString, name);
        const auto row = testing::gaussianRow(256 * 8, 0.02, 5);
        const auto first = encoded(named(name), DType::F32, Encoder::search, row);
        const auto once = decoded(named(name), DType::F32, first.bytes, row.size());
        const auto second = encodeError(named(name), DType::F32, Encoder::search, once, {});
        const double share = named(name).family == CodecFamily::stored ? 0 : 0.1;
        QVERIFY2(second.squared <= share * first.error.squared,
            qPrintable(QString::number(second.squared / first.error.squared)));
    }

    void odd_rows_stay_finite_data() { addCodecs(); }
    void odd_rows_stay_finite()
    {
        QFETCH(QString, name);
        for (const auto& [oddity, group] : testing::oddGroups()) {
            std::vector<float> row = group; // twice: some blocks are as large
            row.insert(row.end(), group.begin(), group.end());
            for (const DType type : { DType::BF16, DType::F16, DType::F32 }) {
                for (const Encoder encoder : { Encoder::round, Encoder::search }) {
                    const auto result = encoded(named(name), type, encoder, row);
                    QVERIFY2(std::isfinite(result.error.squared), oddity.c_str());
                    verifyFinite(named(name), type, result.bytes, oddity);
                }
            }
        }
    }

    void zero_rows_decode_to_zero_data() { addCodecs(); }
    void zero_rows_decode_to_zero()
    {
        QFETCH(QString, name);
        for (const float zero : { 0.0f, -0.0f }) {
            const std::vector<float> row(512, zero);
            for (const Encoder encoder : { Encoder::round, Encoder::search }) {
                const auto result = encoded(named(name), DType::BF16, encoder, row);
                QCOMPARE(result.error.squared, 0.0);
                QVERIFY(decoded(named(name), DType::BF16, result.bytes, 512) == row);
            }
        }
    }

private:
    static void verifyFinite(const Codec& codec, DType type, const testing::RowBytes& bytes,
        const std::string& oddity)
    {
        for (const Decode mode : { Decode::exact, Decode::stored }) {
            for (const float x : decoded(codec, type, bytes, 256, mode))
                QVERIFY2(std::isfinite(x), oddity.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestCodecs)
#include "tst_codecs.moc"
