// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/float_types.h"
#include "numeric/random.h"
#include "tests/support/highway_targets.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

using namespace bitloupe;

namespace {

// By the definition of the format, in double.
double byDefinition(unsigned magnitude, int mantissaBits, int bias)
{
    const int exponent = static_cast<int>(magnitude >> mantissaBits);
    const double fraction = magnitude & ((1u << mantissaBits) - 1u);
    const double unit = std::ldexp(1.0, -mantissaBits);
    return exponent == 0 ? std::ldexp(fraction * unit, 1 - bias)
                         : std::ldexp(1 + fraction * unit, exponent - bias);
}

std::vector<std::byte> allHalves()
{
    std::vector<std::byte> bytes(2 * 65536 + 1); // one spare, to start at an odd address
    for (unsigned code = 0; code < 65536; ++code) {
        const auto half = static_cast<std::uint16_t>(code);
        std::memcpy(bytes.data() + 1 + 2 * code, &half, sizeof half);
    }
    return bytes;
}

// Bit patterns of every exponent with the fractions that round in every way, and random ones.
std::vector<float> awkwardFloats()
{
    std::vector<float> values;
    const std::uint32_t fractions[] { 0, 1, 0xfff, 0x1000, 0x1001, 0x1fff, 0x2000, 0x3000, 0x7fff,
        0x8000, 0x8001, 0x18000, 0x7f'f000, 0x7f'ffff, 0x7f'8000, 0x40'0000 };
    for (std::uint32_t exponent = 0; exponent < 512; ++exponent) {
        for (const std::uint32_t fraction : fractions)
            values.push_back(std::bit_cast<float>(exponent << 23 | fraction));
    }
    for (std::uint64_t i = 0; i < 100000; ++i)
        values.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(randomBits(1, i))));
    return values;
}

bool sameBits(float a, float b)
{
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

} // namespace

class TestFloatTypes : public QObject {
    Q_OBJECT

private slots:
    void every_f16_has_its_value()
    {
        for (unsigned code = 0; code < 0x7c00; ++code) {
            const auto half = static_cast<std::uint16_t>(code);
            QCOMPARE(static_cast<double>(f16ToFloat(half)), byDefinition(code, 10, 15));
            QVERIFY(sameBits(f16ToFloat(half | 0x8000), -f16ToFloat(half)));
        }
        QCOMPARE(f16ToFloat(0x7c00), std::numeric_limits<float>::infinity());
        QCOMPARE(f16ToFloat(0xfc00), -std::numeric_limits<float>::infinity());
        QVERIFY(std::isnan(f16ToFloat(0x7c01)));
        QVERIFY(std::isnan(f16ToFloat(0xffff)));
    }

    void every_f8_has_its_value()
    {
        for (unsigned code = 0; code < 0x7f; ++code) {
            const auto byte = static_cast<std::uint8_t>(code);
            QCOMPARE(static_cast<double>(f8E4m3ToFloat(byte)), byDefinition(code, 3, 7));
            QVERIFY(sameBits(f8E4m3ToFloat(byte | 0x80), -f8E4m3ToFloat(byte)));
            if (code < 0x7c)
                QCOMPARE(static_cast<double>(f8E5m2ToFloat(byte)), byDefinition(code, 2, 15));
        }
        QCOMPARE(f8E4m3ToFloat(0x7e), 448.0f);
        QVERIFY(std::isnan(f8E4m3ToFloat(0x7f)) && std::isnan(f8E4m3ToFloat(0xff)));
        QCOMPARE(f8E5m2ToFloat(0xfc), -std::numeric_limits<float>::infinity());
    }

    void every_finite_half_comes_back()
    {
        for (unsigned code = 0; code < 65536; ++code) {
            const auto half = static_cast<std::uint16_t>(code);
            if ((code & 0x7fff) <= 0x7c00)
                QCOMPARE(floatToF16(f16ToFloat(half)), half);
            if ((code & 0x7fff) <= 0x7f80)
                QCOMPARE(floatToBf16(bf16ToFloat(half)), half);
        }
    }

    // Between neighbours a < b: nearest, and at the middle the even code.
    void halves_round_to_nearest_even()
    {
        for (unsigned code = 0; code + 1 < 0x7c00; ++code) {
            const auto half = static_cast<std::uint16_t>(code);
            const auto next = static_cast<std::uint16_t>(code + 1);
            const float middle = 0.5f * (f16ToFloat(half) + f16ToFloat(next));
            QCOMPARE(floatToF16(middle), code % 2 == 0 ? half : next);
            QCOMPARE(floatToF16(std::nextafter(middle, 0.0f)), half);
            QCOMPARE(floatToF16(std::nextafter(middle, 1e9f)), next);
        }
    }

    void overflow_becomes_infinity_and_nan_stays_quiet()
    {
        QCOMPARE(floatToF16(65519.996f), std::uint16_t { 0x7bff });
        QCOMPARE(floatToF16(65520.0f), std::uint16_t { 0x7c00 });
        QCOMPARE(floatToF16(-1e30f), std::uint16_t { 0xfc00 });
        QCOMPARE(floatToBf16(std::numeric_limits<float>::max()), std::uint16_t { 0x7f80 });
        QCOMPARE(floatToF16(std::bit_cast<float>(0x7f80'0001u)), std::uint16_t { 0x7e00 });
        QCOMPARE(floatToBf16(std::bit_cast<float>(0xff80'0001u)), std::uint16_t { 0xffc0 });
    }

    void all_halves_widen_alike_on_every_target()
    {
        const std::vector<std::byte> bytes = allHalves();
        testing::forEachHighwayTarget([&](const char* target) {
            std::vector<float> f16(65536), bf16(65536);
            widenF16(bytes.data() + 1, f16);
            widenBf16(bytes.data() + 1, bf16);
            for (unsigned code = 0; code < 65536; ++code) {
                const auto half = static_cast<std::uint16_t>(code);
                QVERIFY2(sameBits(f16[code], f16ToFloat(half)), target);
                QVERIFY2(sameBits(bf16[code], bf16ToFloat(half)), target);
            }
        });
    }

    void floats_narrow_alike_on_every_target()
    {
        const std::vector<float> values = awkwardFloats();
        testing::forEachHighwayTarget([&](const char* target) {
            std::vector<std::byte> f16(2 * values.size() + 1), bf16(2 * values.size() + 1);
            narrowToF16(values, f16.data() + 1);
            narrowToBf16(values, bf16.data() + 1);
            for (std::size_t i = 0; i < values.size(); ++i) {
                std::uint16_t half = 0;
                std::memcpy(&half, f16.data() + 1 + 2 * i, sizeof half);
                QVERIFY2(half == floatToF16(values[i]), target);
                std::memcpy(&half, bf16.data() + 1 + 2 * i, sizeof half);
                QVERIFY2(half == floatToBf16(values[i]), target);
            }
        });
    }

    void every_length_and_start_is_converted_and_nothing_else()
    {
        const std::vector<std::byte> bytes = allHalves();
        testing::forEachHighwayTarget([&](const char* target) {
            for (std::size_t length = 0; length <= 70; ++length) {
                for (std::size_t start = 0; start < 3; ++start) {
                    std::vector<float> out(length + 2, 7.0f);
                    const std::byte* in = bytes.data() + 1 + 2 * (1000 * start + 17);
                    widenF16(in, std::span(out).subspan(1, length));
                    std::vector<std::byte> back(2 * length + 2, std::byte { 0x5a });
                    narrowToF16(std::span<const float>(out).subspan(1, length), back.data() + 1);
                    QVERIFY2(out.front() == 7.0f && out.back() == 7.0f, target);
                    QVERIFY2(back.front() == std::byte { 0x5a }, target);
                    QVERIFY2(back.back() == std::byte { 0x5a }, target);
                    QVERIFY2(std::memcmp(back.data() + 1, in, 2 * length) == 0, target);
                }
            }
        });
    }

    void wide_floats_are_read_at_any_address()
    {
        const double doubles[] { 1.5, -2.25, 1e-310, 1e300, 0.1 };
        std::vector<std::byte> bytes(sizeof doubles + 1);
        std::memcpy(bytes.data() + 1, doubles, sizeof doubles);
        std::vector<float> out(5);
        widenF64(bytes.data() + 1, out);
        const std::vector<float> expected { 1.5f, -2.25f, 0.0f,
            std::numeric_limits<float>::infinity(), 0.1f };
        QCOMPARE(out, expected);
        std::memcpy(bytes.data() + 1, expected.data(), 5 * sizeof(float));
        widenF32(bytes.data() + 1, out);
        QCOMPARE(out, expected);
    }

    void bytes_widen_by_their_own_format()
    {
        std::vector<std::byte> bytes(256);
        for (unsigned i = 0; i < 256; ++i)
            bytes[i] = static_cast<std::byte>(i);
        std::vector<float> e4m3(256), e5m2(256);
        widenF8E4m3(bytes.data(), e4m3);
        widenF8E5m2(bytes.data(), e5m2);
        for (unsigned i = 0; i < 256; ++i) {
            QVERIFY(sameBits(e4m3[i], f8E4m3ToFloat(static_cast<std::uint8_t>(i))));
            QVERIFY(sameBits(e5m2[i], f8E5m2ToFloat(static_cast<std::uint8_t>(i))));
        }
    }
};

QTEST_APPLESS_MAIN(TestFloatTypes)
#include "tst_float_types.moc"
