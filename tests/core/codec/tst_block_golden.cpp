// SPDX-License-Identifier: GPL-3.0-or-later
// Against blocks that ggml made and read (tests/golden/make_ggml_blocks.py).
#include "codec/ggml/block_bits.h"
#include "tests/support/codec_buffers.h"
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

std::vector<float> floatsOf(const std::string& name)
{
    const auto bytes = golden().bytes(name);
    std::vector<float> values(bytes.size() / sizeof(float));
    std::ranges::copy(bytes, std::as_writable_bytes(std::span(values)).begin());
    return values;
}

const Codec* codecOf(DType dtype)
{
    for (const Codec& entry : codecs()) {
        if (entry.family != CodecFamily::affine && !isCopied(entry) && entry.storedType == dtype
            && golden().has(keyOf(dtype) + ".packed"))
            return &entry;
    }
    return nullptr;
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

    // On no row: outliers, heavy tails, a shift, uneven groups. Where a superblock has one live
    // group or is a ramp, one of ggml's steps may happen to suit it better; `round` searches less
    // than ggml.
    void our_blocks_are_not_worse_than_ggmls_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("part");
        for (const DTypeInfo& info : dtypes()) {
            for (const char* part : { "", "edge_" }) {
                if (codecOf(info.dtype) != nullptr)
                    QTest::addRow("%s %s", info.name.data(), part) << int(info.dtype) << part;
            }
        }
    }
    void our_blocks_are_not_worse_than_ggmls()
    {
        QFETCH(int, type);
        QFETCH(QString, part);
        const auto dtype = static_cast<DType>(type);
        const std::string input = part.isEmpty() ? "input" : "edge";
        const auto rows = floatsOf(input);
        const auto theirs = floatsOf(keyOf(dtype) + "." + part.toStdString() + "dequant");
        const std::size_t columns = rows.size() / golden().rows(input);
        const std::vector<float> zeros(columns);
        for (std::size_t at = 0; at < rows.size(); at += columns) {
            const auto row = std::span(rows).subspan(at, columns);
            const double ggml
                = testing::squaredDistance(row, std::span(theirs).subspan(at, columns));
            const double unseen = 0x1p-22 * testing::squaredDistance(row, zeros); // half precision
            const auto squared = [&](Encoder encoder) {
                return encodeError(*codecOf(dtype), DType::F16, encoder, row, {}).squared;
            };
            const double luck = part.isEmpty() ? 1 + 1e-6 : 1.2;
            QVERIFY(squared(Encoder::search) <= std::max(ggml * luck, unseen));
            QVERIFY(squared(Encoder::round) <= std::max(ggml * std::max(luck, 1.05), unseen));
        }
    }
};

QTEST_APPLESS_MAIN(TestBlockGolden)
#include "tst_block_golden.moc"
