// SPDX-License-Identifier: GPL-3.0-or-later
// The round encoder, and what both encoders promise about every group.
#include "codec/bit_packing.h"
#include "codec/codec.h"
#include "tests/support/affine_reference.h"
#include "tests/support/codec_buffers.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;
using testing::ReferenceGroup;

namespace {

// One codec with one scale type.
struct Format {
    const Codec& codec;
    DType type;
    std::size_t size() const { return static_cast<std::size_t>(codec.groupSize); }
    int top() const { return (1 << codec.bits) - 1; }
};

ReferenceGroup groupOf(const testing::RowBytes& bytes, const Format& format, std::size_t g)
{
    const auto width = static_cast<std::size_t>(dtypeInfo(format.type).bits / 8);
    const std::size_t groupBytes = format.size() * std::size_t(format.codec.bits) / 8;
    std::vector<std::uint8_t> codes(format.size());
    unpackCodes(format.codec.bits, bytes.codes.data() + g * groupBytes, codes.size(), codes.data());
    ReferenceGroup group;
    widen(format.type, bytes.scales.data() + g * width, std::span(&group.scale, 1));
    widen(format.type, bytes.biases.data() + g * width, std::span(&group.bias, 1));
    group.codes.assign(codes.begin(), codes.end());
    return group;
}

// All odd groups, one after another.
std::vector<float> oddRow()
{
    std::vector<float> row;
    for (const auto& group : testing::oddGroups())
        row.insert(row.end(), group.values.begin(), group.values.end());
    return row;
}

// Gaussian groups of eight magnitudes, one with an outlier.
std::vector<float> gaussianMixture()
{
    std::vector<float> row;
    for (std::uint64_t seed = 0; seed < 24; ++seed) {
        const auto part = testing::gaussianRow(1024, std::pow(10.0, double(seed % 8) - 4), seed);
        row.insert(row.end(), part.begin(), part.end());
    }
    row[1000] = 9;
    return row;
}

// Groups a few bits wide around numbers that are large against the width.
std::vector<float> nearlyConstantGroups()
{
    std::vector<float> row;
    for (std::uint64_t g = 0; g < 64; ++g) {
        const double centre = randomNormal(21, g);
        const auto part = testing::gaussianRow(128, std::fabs(centre) * 0x1p-21 * double(g + 1), g);
        for (const float x : part)
            row.push_back(static_cast<float>(centre + double(x)));
    }
    return row;
}

} // namespace

class TestAffine : public QObject {
    Q_OBJECT

private:
    static void addFormats()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("scaleType");
        for (const Codec& entry : codecs()) {
            if (entry.family != CodecFamily::affine)
                continue;
            for (const DType type : { DType::BF16, DType::F16, DType::F32 }) {
                const auto tag = QString::fromLatin1(entry.name) + ' '
                    + QString::fromLatin1(dtypeInfo(type).name);
                QTest::newRow(qPrintable(tag)) << QString::fromLatin1(entry.name) << int(type);
            }
        }
    }
    static Format format(const QString& name, int scaleType)
    {
        return { *findCodec(name.toStdString()), static_cast<DType>(scaleType) };
    }

    // Not worse than what the client stores, on any group; measured in double.
    static void compareWithClient(
        const Format& format, Encoder encoder, const std::vector<float>& row)
    {
        const auto ours = testing::encoded(format.codec, format.type, encoder, row);
        for (std::size_t g = 0; g < row.size() / format.size(); ++g) {
            const auto group = std::span(row).subspan(g * format.size(), format.size());
            const auto theirs = testing::clientGroup(group, format.codec.bits, format.type);
            if (!theirs.finite(format.top(), format.type))
                continue; // the client overflows here
            const double mine = testing::errorOf(groupOf(ours.bytes, format, g), group);
            const double other = testing::errorOf(theirs, group);
            const auto where = QString("group %1 of %2: %3 > %4").arg(g).arg(row.size());
            QVERIFY2(mine <= other,
                qPrintable(where.arg(mine, 0, 'g', 17).arg(other, 0, 'g', 17)));
        }
    }

private slots:
    void every_code_is_the_nearest_data() { addFormats(); }
    void every_code_is_the_nearest()
    {
        QFETCH(QString, name);
        QFETCH(int, scaleType);
        const Format f = format(name, scaleType);
        const auto row = gaussianMixture();
        const auto ours = testing::encoded(f.codec, f.type, Encoder::round, row);
        for (std::size_t i = 0; i < row.size(); i += f.size()) {
            const ReferenceGroup group = groupOf(ours.bytes, f, i / f.size());
            for (std::size_t j = 0; j < f.size(); ++j) {
                float nearest = std::fabs(row[i + j] - group.bias);
                for (int code = 1; code <= f.top(); ++code)
                    nearest = std::min(nearest, std::fabs(row[i + j] - group.value(code)));
                QCOMPARE(std::fabs(row[i + j] - group.value(group.codes[j])), nearest);
            }
        }
    }

    void no_group_is_worse_than_the_clients_data() { addFormats(); }
    void no_group_is_worse_than_the_clients()
    {
        QFETCH(QString, name);
        QFETCH(int, scaleType);
        for (const Encoder encoder : { Encoder::round, Encoder::search }) {
            compareWithClient(format(name, scaleType), encoder, gaussianMixture());
            compareWithClient(format(name, scaleType), encoder, oddRow());
            compareWithClient(format(name, scaleType), encoder, nearlyConstantGroups());
        }
    }

    void the_formats_example_encodes_as_described()
    {
        std::vector<float> row(32);
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = static_cast<float>(-1 + 0.1 * double(i));
        const Format f { *findCodec("affine-4-g32"), DType::F32 };
        const auto ours = testing::encoded(f.codec, f.type, Encoder::round, row);
        const auto group = groupOf(ours.bytes, f, 0);
        QCOMPARE(group.scale, row[31] / -10);
        QCOMPARE(group.bias, row[31]);
        const QByteArray words(reinterpret_cast<const char*>(ours.bytes.codes.data()), 16);
        QCOMPARE(words.toHex(), QByteArray("efdecdbcabaa99887766554433221100"));
    }

    void constant_groups_keep_their_constant_data() { addFormats(); }
    void constant_groups_keep_their_constant()
    {
        QFETCH(QString, name);
        QFETCH(int, scaleType);
        const Format f = format(name, scaleType);
        for (const float constant : { 0.7f, -1234.567f, 1e-3f, -3.14159e-5f }) {
            const std::vector<float> row(128, constant);
            const float allowed = std::fabs(testing::rounded(f.type, constant) - constant);
            for (const Encoder encoder : { Encoder::round, Encoder::search }) {
                const auto ours = testing::encoded(f.codec, f.type, encoder, row);
                for (const float x : testing::decoded(f.codec, f.type, ours.bytes, row.size()))
                    QVERIFY(std::fabs(x - constant) <= allowed);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestAffine)
#include "tst_affine.moc"
