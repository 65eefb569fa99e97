// SPDX-License-Identifier: GPL-3.0-or-later
// Against blocks that ggml made and read (tests/golden/make_ggml_blocks.py).
#include "codec/ggml/block_bits.h"
#include "tests/support/golden_file.h"

#include <QTest>

#include <algorithm>

using namespace bitloupe;

namespace {

const testing::GoldenFile& golden()
{
    static const testing::GoldenFile file(
        BITLOUPE_SOURCE_DIR "/tests/golden/ggml_blocks.safetensors");
    return file;
}

std::string keyOf(DType dtype)
{
    std::string key(dtypeInfo(dtype).name);
    std::ranges::transform(key, key.begin(), [](char c) { return char(std::tolower(c)); });
    return key;
}

bool isBlock(DType dtype) { return findBlockFormat(dtype) != nullptr; }

// The dtype comes as a number, because Qt knows no other column type here.
void addTypes(const auto& wanted)
{
    QTest::addColumn<int>("type");
    for (const DTypeInfo& info : dtypes()) {
        if (wanted(info.dtype))
            QTest::newRow(info.name.data()) << int(info.dtype);
    }
}

} // namespace

class TestBlockGolden : public QObject {
    Q_OBJECT

private slots:
    void the_file_has_every_type_that_is_read()
    {
        int types = 0;
        for (const DTypeInfo& info : dtypes())
            types += golden().has(keyOf(info.dtype) + ".packed") ? 1 : 0;
        QCOMPARE(types, 15);
        for (const DTypeInfo& info : dtypes())
            QVERIFY(!isBlock(info.dtype) || golden().has(keyOf(info.dtype) + ".packed"));
    }

    void widened_blocks_are_ggmls_values_data()
    {
        addTypes([](DType dtype) { return golden().has(keyOf(dtype) + ".packed"); });
    }
    void widened_blocks_are_ggmls_values()
    {
        QFETCH(int, type);
        const auto dtype = static_cast<DType>(type);
        QVERIFY(dtypeInfo(dtype).analysed);
        for (const std::string part : { ".", ".edge_" }) {
            const auto packed = golden().bytes(keyOf(dtype) + part + "packed");
            const auto expected = golden().bytes(keyOf(dtype) + part + "dequant");
            std::vector<float> values(expected.size() / sizeof(float));
            QVERIFY(dtypeBytes(dtype, values.size()) == packed.size());
            widen(dtype, packed.data(), values);
            QVERIFY(std::ranges::equal(std::as_bytes(std::span(values)), expected));
        }
    }

    void blocks_that_were_read_are_written_bit_for_bit_data() { addTypes(isBlock); }
    void blocks_that_were_read_are_written_bit_for_bit()
    {
        QFETCH(int, type);
        const auto dtype = static_cast<DType>(type);
        const std::size_t bytes = findBlockFormat(dtype)->bytes();
        std::vector<std::byte> back(bytes);
        BlockNumbers numbers;
        for (const std::string part : { ".packed", ".edge_packed" }) {
            auto packed = golden().bytes(keyOf(dtype) + part);
            QVERIFY(!packed.empty());
            for (; !packed.empty(); packed = packed.subspan(bytes)) {
                readBlock(dtype, packed.data(), numbers);
                writeBlock(dtype, numbers, back.data());
                QVERIFY(std::ranges::equal(back, packed.first(bytes)));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestBlockGolden)
#include "tst_block_golden.moc"
