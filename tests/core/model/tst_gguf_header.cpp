// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_header.h"

#include "base/checked.h"
#include "hostile/gguf_files.h"
#include "hostile/mutation.h"
#include "support/gguf_bytes.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

GgufRead readFrom(const std::string& bytes)
{
    return [&bytes](std::uint64_t offset, std::span<std::byte> out) -> Result<void> {
        if (!rangeInside(offset, out.size(), bytes.size()))
            return Error {Errc::ioRead, "test", "read beyond the end"};
        copyBytes(out.data(), bytes.data() + offset, out.size());
        return {};
    };
}

Result<GgufHeader> parse(const std::string& bytes)
{
    return parseGgufHeader(readFrom(bytes), bytes.size());
}

std::string twoTensors()
{
    GgufBuilder builder;
    builder.addText("general.architecture", "llama");
    builder.addU32("llama.block_count", 7);
    builder.addTexts("tokens", {"a", "", "ccc"});
    builder.addFloats("w", {3, 2, 5});
    builder.add("q", {64, 2}, 8, std::string(4 * 34, 'q'));
    return builder.bytes();
}

} // namespace

class TestGgufHeader : public QObject {
    Q_OBJECT
private slots:
    void reads_sizes_turned_round_and_places()
    {
        const std::string bytes = twoTensors();
        const auto header = parse(bytes).value();
        QCOMPARE(header.tensors.size(), size_t(2));
        const TensorInfo& w = header.tensors[0];
        QCOMPARE(w.name, std::string("w"));
        QVERIFY(w.shape == Shape({5, 2, 3}));
        QVERIFY(w.dtype == DType::F32);
        QCOMPARE(w.byteOffset, header.dataOffset);
        QCOMPARE(w.byteSize, std::uint64_t(120));
        const TensorInfo& q = header.tensors[1];
        QVERIFY(q.shape == Shape({2, 64}));
        QVERIFY(q.dtype == DType::Q8_0);
        QCOMPARE(q.byteOffset, header.dataOffset + 128);
        QCOMPARE(bytes.substr(q.byteOffset, q.byteSize), std::string(136, 'q'));
        QCOMPARE(header.trailingBytes, std::uint64_t(0));
        QCOMPARE(header.digest.size(), size_t(64));
    }

    void pairs_know_their_bytes()
    {
        const std::string bytes = twoTensors();
        const auto header = parse(bytes).value();
        const std::string elements = ggufText("a") + ggufText("") + ggufText("ccc");
        const std::string value = ggufArray(8, 3, elements);
        const GgufPair& pair = *header.metadata.find("tokens");
        QCOMPARE(&pair, &header.metadata.pairs()[2]);
        QCOMPARE(bytes.substr(pair.whole.offset, pair.whole.size), ggufPair("tokens", 9, value));
        QCOMPARE(bytes.substr(pair.value.offset, pair.value.size), value);
        QCOMPARE(bytes.substr(pair.content.offset, pair.content.size), elements);
        QCOMPARE(pair.held, elements);
        const GgufPair& text = header.metadata.pairs()[0];
        QCOMPARE(bytes.substr(text.value.offset, text.value.size), ggufText("llama"));
        QCOMPARE(bytes.substr(text.content.offset, text.content.size), std::string("llama"));
    }

    void hostile_files_are_refused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        for (const HostileGguf& each : hostileGgufs())
            QTest::newRow(each.name.c_str()) << QByteArray::fromStdString(each.bytes)
                                             << static_cast<int>(each.expected)
                                             << QString::fromStdString(each.words);
    }

    void hostile_files_are_refused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        QFETCH(QString, words);
        const auto header = parse(bytes.toStdString());
        QVERIFY(!header);
        const std::string line = header.error().message();
        QVERIFY2(static_cast<int>(header.error().code) == code, line.c_str());
        QVERIFY2(line.find(words.toStdString()) != std::string::npos, line.c_str());
        QVERIFY(line.size() <= 1000 && line.find('\n') == std::string::npos);
    }

    void odd_files_are_read_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const GgufCase& each : oddGgufs())
            QTest::newRow(each.name.c_str()) << QByteArray::fromStdString(each.bytes);
    }

    void odd_files_are_read()
    {
        QFETCH(QByteArray, bytes);
        const auto header = parse(bytes.toStdString());
        QVERIFY2(header.has_value(), header ? "" : header.error().message().c_str());
    }

    void every_cut_is_refused()
    {
        const std::string whole = twoTensors();
        const std::size_t end = whole.size() - 24; // the last tensor's padding may be missing
        for (std::size_t size = 0; size < end; ++size)
            QVERIFY2(!parse(whole.substr(0, size)), std::to_string(size).c_str());
        QVERIFY(parse(whole.substr(0, end)).has_value());
    }

    void says_how_many_bytes_follow()
    {
        QCOMPARE(parse(twoTensors() + "more").value().trailingBytes, std::uint64_t(4));
    }

    void mutated_files_never_leave_the_file()
    {
        for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
            const std::string bytes = mutated(twoTensors(), seed);
            const auto header = parse(bytes);
            if (!header) {
                QVERIFY(header.error().message().size() <= 1000);
                continue;
            }
            for (const TensorInfo& tensor : header->tensors)
                QVERIFY(rangeInside(tensor.byteOffset, tensor.byteSize, bytes.size()));
            for (const GgufPair& pair : header->metadata.pairs())
                QVERIFY(rangeInside(pair.whole.offset, pair.whole.size, bytes.size()));
        }
    }

    void many_keys_and_tensors_are_read_in_time()
    {
        constexpr std::uint32_t count = 50'000;
        std::string bytes = ggufStart(count, count);
        for (std::uint32_t i = 0; i < count; ++i)
            bytes += ggufPair("key." + std::to_string(i), 4, raw(i));
        for (std::uint32_t i = 0; i < count; ++i)
            bytes += ggufTensor("t" + std::to_string(i), {8}, 0, i * 32);
        bytes.resize(bytes.size() + 32 + std::size_t(count) * 32);
        QElapsedTimer timer;
        timer.start();
        const auto header = parse(bytes);
        QVERIFY(header.has_value());
        QVERIFY(timer.elapsed() < 5'000);
        QCOMPARE(header->metadata.integer("key.49999").value_or(0), std::int64_t(49'999));
    }
};

QTEST_APPLESS_MAIN(TestGgufHeader)
#include "tst_gguf_header.moc"
