// SPDX-License-Identifier: GPL-3.0-or-later
// Every vector width gives the same bits, down to plain scalars.
#include "codec/codec.h"
#include "tests/support/affine_reference.h"
#include "tests/support/codec_buffers.h"
#include "tests/support/highway_targets.h"

#include <QTest>

#include <algorithm>
#include <optional>

using namespace bitloupe;

namespace {

bool sameBits(std::span<const float> a, std::span<const float> b)
{
    return std::ranges::equal(std::as_bytes(a), std::as_bytes(b));
}

struct Outcome {
    testing::Encoded encoded;
    std::vector<float> exact, stored;

    bool sameAs(const Outcome& other) const
    {
        return encoded.bytes == other.encoded.bytes
            && encoded.error.squared == other.encoded.error.squared
            && encoded.error.weighted == other.encoded.error.weighted
            && sameBits(exact, other.exact) && sameBits(stored, other.stored);
    }
};

Outcome outcome(const Codec& codec, DType type, Encoder encoder, std::span<const float> row,
    std::span<const float> weights)
{
    auto encoded = testing::encoded(codec, type, encoder, row, weights);
    auto exact = testing::decoded(codec, type, encoded.bytes, row.size(), Decode::exact);
    auto stored = testing::decoded(codec, type, encoded.bytes, row.size(), Decode::stored);
    return { std::move(encoded), std::move(exact), std::move(stored) };
}

constexpr std::size_t columns = 128 * 40;

// Ordinary and odd groups; one value longer, so that a row may start at any float.
std::vector<float> mixedRow()
{
    std::vector<float> row = testing::gaussianRow(columns + 1, 0.02, 17);
    auto at = row.begin() + 128 * 3;
    for (const auto& group : testing::oddGroups()) {
        std::copy(group.values.begin(), group.values.end(), at);
        at += 128;
    }
    return row;
}

void compareTargets(const Codec& codec, DType type, Encoder encoder, std::span<const float> row,
    std::span<const float> weights)
{
    std::optional<Outcome> first;
    testing::forEachHighwayTarget([&](const char* target) {
        Outcome now = outcome(codec, type, encoder, row, weights);
        if (!first)
            first = std::move(now);
        else
            QVERIFY2(now.sameAs(*first), target);
    });
}

} // namespace

class TestAffineTargets : public QObject {
    Q_OBJECT

private slots:
    void more_than_one_target_is_compared()
    {
        int targets = 0;
        testing::forEachHighwayTarget([&](const char*) { ++targets; });
        if (targets < 2)
            QSKIP("this machine has one Highway target only");
        QVERIFY(targets >= 2);
    }

    void all_targets_give_the_same_bits_data()
    {
        QTest::addColumn<QString>("name");
        for (const Codec& entry : codecs())
            if (!isCopied(entry))
                QTest::newRow(entry.name.data()) << QString::fromLatin1(entry.name);
    }

    void all_targets_give_the_same_bits()
    {
        QFETCH(QString, name);
        const Codec& codec = *findCodec(name.toStdString());
        const auto row = mixedRow();
        std::vector<float> weights = testing::gaussianRow(columns, 1, 18);
        for (float& weight : weights)
            weight *= weight;
        for (const DType type : { DType::BF16, DType::F16, DType::F32 }) {
            for (const Encoder encoder : { Encoder::round, Encoder::search }) {
                compareTargets(codec, type, encoder, std::span(row).first(columns), {});
                compareTargets(codec, type, encoder, std::span(row).last(columns), weights);
            }
        }
    }

    void all_targets_agree_for_every_number_of_groups()
    {
        const auto row = testing::gaussianRow(columns, 0.02, 19);
        for (const char* name : { "affine-3-g32", "affine-4-g64", "affine-8-g128" }) {
            const Codec& codec = *findCodec(name);
            for (std::size_t groups = 0; groups <= 35; ++groups) {
                const auto part = std::span(row).first(groups * std::size_t(codec.groupSize));
                compareTargets(codec, DType::BF16, Encoder::search, part, {});
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestAffineTargets)
#include "tst_affine_targets.moc"
