// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/ggml/block_decode.h"
#include "numeric/float_types.h"
#include "numeric/random.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace bitloupe;

namespace {

std::vector<std::byte> anyBytes(std::size_t count, std::uint64_t seed)
{
    std::vector<std::byte> bytes(count);
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<std::byte>(int(256 * randomUniform(seed, i)));
    return bytes;
}

bool anyType(DType) { return true; }

void addFormats(bool (*wanted)(DType) = anyType)
{
    QTest::addColumn<int>("type");
    for (const DTypeInfo& info : dtypes()) {
        if (findBlockFormat(info.dtype) != nullptr && wanted(info.dtype))
            QTest::newRow(info.name.data()) << int(info.dtype);
    }
}

// The decode rule by the letter, one value at a time.
float valueAt(const BlockFormat& format, const BlockNumbers& numbers, std::size_t i)
{
    const std::size_t g = i / format.groupSize;
    const int code = numbers.codes[i];
    const auto level = static_cast<float>(
        format.levels != nullptr ? (*format.levels)[std::size_t(code)] : code - format.zeroCode);
    const float d = f16ToFloat(numbers.d);
    const float offset = f16ToFloat(numbers.offset);
    const float scale = format.isSuperblock() ? d * float(numbers.scales[g]) : d;
    if (format.offset == BlockOffset::none)
        return scale * level;
    const float product = scale * level;
    return format.offset == BlockOffset::added ? product + offset
                                               : product - offset * float(numbers.mins[g]);
}

} // namespace

class TestBlocks : public QObject {
    Q_OBJECT

private slots:
    void any_bytes_are_a_block_and_are_written_back_data() { addFormats(); }
    void any_bytes_are_a_block_and_are_written_back()
    {
        QFETCH(int, type);
        const auto dtype = static_cast<DType>(type);
        const std::size_t size = findBlockFormat(dtype)->bytes();
        const auto bytes = anyBytes(200 * size, 3);
        std::vector<std::byte> back(bytes.size());
        BlockNumbers numbers;
        for (std::size_t at = 0; at < bytes.size(); at += size) {
            readBlock(dtype, bytes.data() + at, numbers);
            writeBlock(dtype, numbers, back.data() + at);
        }
        QVERIFY(bytes == back);
    }

    void values_follow_the_rule_data()
    {
        addFormats([](DType dtype) { return dtype != DType::MXFP4; }); // its scale is no f16
    }
    void values_follow_the_rule()
    {
        QFETCH(int, type);
        const auto dtype = static_cast<DType>(type);
        const BlockFormat& format = *findBlockFormat(dtype);
        const auto bytes = anyBytes(format.bytes(), 4);
        std::vector<float> values(format.size);
        decodeBlocks(dtype, bytes.data(), values);
        BlockNumbers numbers;
        readBlock(dtype, bytes.data(), numbers);
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(values[i], valueAt(format, numbers, i));
    }

    void the_scales_of_mxfp4_are_powers_of_two()
    {
        std::vector<std::byte> bytes(17, std::byte { 0x92 }); // 2 and -1 by turns of half a block
        std::vector<float> values(32);
        for (int e = 0; e < 256; ++e) {
            bytes[0] = static_cast<std::byte>(e);
            decodeBlocks(DType::MXFP4, bytes.data(), values);
            if (e == 255) {
                QVERIFY(std::isnan(values[0]) && std::isnan(values[31]));
                continue;
            }
            QCOMPARE(values[0], std::ldexp(2.0f, e - 128));
            QCOMPARE(values[31], std::ldexp(-1.0f, e - 128));
        }
    }

    // What a file holds is shown as it is.
    void scales_that_are_not_finite_give_values_that_are_not_data() { addFormats(); }
    void scales_that_are_not_finite_give_values_that_are_not()
    {
        QFETCH(int, type);
        const auto dtype = static_cast<DType>(type);
        const BlockFormat& format = *findBlockFormat(dtype);
        for (const int bits : { 0x7c00, 0xfc00, 0x7e00, 0x7d01, 0xffff }) {
            BlockNumbers numbers;
            numbers.d = static_cast<std::uint16_t>(dtype == DType::MXFP4 ? 0xff : bits);
            numbers.scales.fill(1);
            numbers.codes.fill(3);
            std::vector<std::byte> bytes(format.bytes());
            writeBlock(dtype, numbers, bytes.data());
            std::vector<float> values(format.size);
            decodeBlocks(dtype, bytes.data(), values);
            QVERIFY(std::ranges::none_of(values, [](float x) { return std::isfinite(x); }));
        }
    }
};

QTEST_APPLESS_MAIN(TestBlocks)
#include "tst_blocks.moc"
