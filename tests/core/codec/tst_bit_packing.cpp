// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/bit_packing.h"
#include "numeric/random.h"

#include <QTest>

#include <vector>

using namespace bitloupe;

namespace {

// One bit after the other, as the format is described.
std::vector<std::byte> packedBitByBit(int bits, const std::vector<std::uint8_t>& codes)
{
    const auto width = static_cast<std::size_t>(bits);
    std::vector<std::byte> bytes(codes.size() * width / 8);
    for (std::size_t i = 0; i < codes.size() * width; ++i) {
        const int bit = codes[i / width] >> (i % width) & 1;
        bytes[i / 8] |= static_cast<std::byte>(bit << (i % 8));
    }
    return bytes;
}

} // namespace

class TestBitPacking : public QObject {
    Q_OBJECT

private slots:
    void bytes_of_rising_codes_match_the_format_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<QByteArray>("expected");
        const auto add = [](const char* bits, const char* hex) {
            QTest::newRow(bits) << QByteArray(bits).toInt() << QByteArray::fromHex(hex);
        };
        add("2", "e4e4e4e4");
        add("3", "88c6fa88c6fa88c6fa88c6fa");
        add("4", "1032547698badcfe");
        add("5", "2088418a3928a9c59a7b30ca49abbd38ebcdbbff");
        add("6", "40200c44611c48a22c4ce33c");
        add("8", "0001020304050607");
    }

    void bytes_of_rising_codes_match_the_format()
    {
        QFETCH(int, bits);
        QFETCH(QByteArray, expected);
        std::vector<std::uint8_t> codes(static_cast<std::size_t>(expected.size() * 8 / bits));
        for (std::size_t i = 0; i < codes.size(); ++i)
            codes[i] = static_cast<std::uint8_t>(i & ((1u << bits) - 1));
        QByteArray packed(expected.size(), '\0');
        packCodes(bits, codes.data(), codes.size(), reinterpret_cast<std::byte*>(packed.data()));
        QCOMPARE(packed.toHex(), expected.toHex());
    }

    void every_length_packs_as_bit_by_bit_and_comes_back()
    {
        for (const int bits : { 2, 3, 4, 5, 6, 8 }) {
            for (std::size_t count = 0; count <= 264; count += 8)
                packAndUnpack(bits, count);
        }
    }

private:
    static void packAndUnpack(int bits, std::size_t count)
    {
        std::vector<std::uint8_t> codes(count);
        for (std::size_t i = 0; i < count; ++i)
            codes[i] = static_cast<std::uint8_t>(randomBelow(9, i, 1u << bits));
        std::vector<std::byte> packed(count * std::size_t(bits) / 8 + 1, std::byte { 0x77 });
        packCodes(bits, codes.data(), count, packed.data());
        QVERIFY(packed.back() == std::byte { 0x77 });
        std::vector<std::uint8_t> back(count + 1, 0x77);
        unpackCodes(bits, packed.data(), count, back.data());
        QCOMPARE(back.back(), std::uint8_t { 0x77 });
        packed.pop_back();
        back.pop_back();
        QVERIFY(packed == packedBitByBit(bits, codes));
        QVERIFY(back == codes);
    }
};

QTEST_APPLESS_MAIN(TestBitPacking)
#include "tst_bit_packing.moc"
