// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/safetensors_header.h"

#include "hostile/headers.h"
#include "hostile/mutation.h"
#include "support/safetensors_bytes.h"

#include <QTest>

#include <cstring>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

Result<SafetensorsHeader> parse(std::string_view json, std::uint64_t dataBytes)
{
    return parseSafetensorsHeader(std::as_bytes(std::span(json)), dataBytes);
}

Result<std::uint64_t> sizeOf(std::uint64_t stated, std::uint64_t fileSize)
{
    return safetensorsHeaderSize(std::as_bytes(std::span(&stated, 1)), fileSize);
}

/// Tensors of a header that was accepted must cover the data exactly.
bool covers(const SafetensorsHeader& header, std::uint64_t dataBytes)
{
    std::uint64_t at = 0;
    for (const TensorInfo& tensor : header.tensors) {
        if (tensor.byteOffset != at || dtypeBytes(tensor.dtype, tensor.elements()) != tensor.byteSize)
            return false;
        at += tensor.byteSize;
    }
    return at == dataBytes;
}

std::string manyTensors(std::uint64_t count)
{
    std::string json = "{";
    for (std::uint64_t i = 0; i < count; ++i)
        json += (i > 0 ? "," : "")
            + headerEntry("model.layers." + std::to_string(i / 400) + ".mlp.experts."
                    + std::to_string(i % 400) + ".down_proj.weight",
                "BF16", {1, 2}, 4 * i, 4 * i + 4);
    return json + "}";
}

} // namespace

class TestSafetensorsHeader : public QObject {
    Q_OBJECT
private slots:
    void refuses_hostile_headers_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<quint64>("dataBytes");
        QTest::addColumn<QString>("code");
        for (const HostileHeader& each : hostileHeaders())
            QTest::newRow(each.name.c_str())
                << QByteArray::fromStdString(each.json) << quint64(each.dataBytes)
                << QString::fromUtf8(errcName(each.expected).data());
    }

    void refuses_hostile_headers()
    {
        QFETCH(QByteArray, json);
        QFETCH(quint64, dataBytes);
        QFETCH(QString, code);
        const auto header = parse({json.constData(), size_t(json.size())}, dataBytes);
        QVERIFY(!header);
        QCOMPARE(QString::fromUtf8(errcName(header.error().code).data()), code);
        QVERIFY(header.error().message().size() <= 1000);
    }

    void accepts_odd_headers_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<quint64>("dataBytes");
        for (const HeaderCase& each : oddHeaders())
            QTest::newRow(each.name.c_str())
                << QByteArray::fromStdString(each.json) << quint64(each.dataBytes);
    }

    void accepts_odd_headers()
    {
        QFETCH(QByteArray, json);
        QFETCH(quint64, dataBytes);
        const auto header = parse({json.constData(), size_t(json.size())}, dataBytes);
        QVERIFY2(header.has_value(), header ? "" : header.error().message().c_str());
        QVERIFY(covers(*header, dataBytes));
    }

    void reads_name_dtype_shape_and_range()
    {
        const auto header = parse("{" + headerEntry("w\\u002ew", "BF16", {3, 5}, 0, 30) + "}", 30);
        QVERIFY(header.has_value());
        QCOMPARE(header->tensors.size(), size_t(1));
        const TensorInfo& tensor = header->tensors[0];
        QCOMPARE(tensor.name, std::string("w.w"));
        QCOMPARE(tensor.dtype, DType::BF16);
        QCOMPARE(tensor.shape, (Shape {3, 5}));
        QCOMPARE(tensor.byteSize, std::uint64_t(30));
    }

    void names_both_tensors_of_an_overlap()
    {
        const auto header = parse("{" + headerEntry("first", "U8", {3}, 0, 3) + ","
                + headerEntry("second", "U8", {2}, 2, 4) + "}", 4);
        QVERIFY(!header);
        const std::string message = header.error().message();
        QVERIFY(message.find("first") != std::string::npos);
        QVERIFY(message.find("second") != std::string::npos);
    }

    void says_how_much_of_a_cut_file_is_there()
    {
        const auto header = parse("{" + headerEntry("a", "U8", {9}, 0, 9) + "}", 4);
        QVERIFY(header.error().message().find("has 4 of 9 bytes") != std::string::npos);
    }

    void keeps_terminal_codes_out_of_messages()
    {
        const auto header
            = parse("{" + headerEntry("\\u001b[31m\\n", "U8", {9}, 0, 4) + "}", 4);
        const std::string message = header.error().message();
        QVERIFY(message.find('\x1b') == std::string::npos);
        QVERIFY(message.find('\n') == std::string::npos);
    }

    void checks_the_header_size_before_reading()
    {
        QCOMPARE(sizeOf(8, 16).value(), std::uint64_t(8));
        QCOMPARE(sizeOf(8, 7).error().code, Errc::truncated);
        QCOMPARE(sizeOf(0, 100).error().code, Errc::badHeader);
        QCOMPARE(sizeOf(9, 16).error().code, Errc::headerTooLarge);
        QCOMPARE(sizeOf(maxSafetensorsHeader, 1ull << 40).value(), maxSafetensorsHeader);
        QCOMPARE(sizeOf(maxSafetensorsHeader + 1, 1ull << 40).error().code, Errc::headerTooLarge);
        for (const std::uint64_t wraps : {~0ull, ~0ull - 7, 1ull << 63})
            QCOMPARE(sizeOf(wraps, 100).error().code, Errc::headerTooLarge);
    }

    void accepts_depth_64_and_refuses_65()
    {
        for (const std::size_t lists : {62, 63}) {
            const std::string json = R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":)"
                + std::string(lists, '[') + std::string(lists, ']') + "}}";
            QCOMPARE(parse(json, 4).has_value(), lists == 62);
        }
    }

    void reads_sixty_thousand_tensors()
    {
        const std::string json = manyTensors(60'000);
        const auto header = parse(json, 240'000);
        QVERIFY(header.has_value());
        QCOMPARE(header->tensors.size(), size_t(60'000));
    }

    void keys_chosen_to_collide_cost_no_more()
    {
        // Long common prefixes and one duplicate at the very end.
        std::string json = "{";
        for (int i = 0; i < 20'000; ++i)
            json += headerEntry(std::string(50, 'k') + std::to_string(i), "U8", {}, 0, 0) + ",";
        json += headerEntry(std::string(50, 'k') + "0", "U8", {}, 0, 0) + "}";
        QCOMPARE(parse(json, 0).error().code, Errc::duplicateName);
    }

    void every_prefix_of_a_valid_header_is_refused()
    {
        const std::string json = "{" + headerEntry("a\\u00e9", "U8", {1, 4}, 0, 4)
            + R"(,"__metadata__":{"x":"y"}})";
        for (std::size_t size = 0; size < json.size(); ++size)
            QVERIFY(!parse(json.substr(0, size), 4));
        QVERIFY(parse(json, 4).has_value());
    }

    void random_mutations_are_refused_or_cover_the_data()
    {
        const std::string valid = R"({"__metadata__":{"format":"pt"},)"
            + headerEntry("model.embed.weight", "F32", {2, 3}, 0, 24) + ","
            + headerEntry("b\\u00e9\\ud83d\\ude00", "BF16", {4}, 24, 32) + "}";
        int accepted = 0;
        for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
            const auto header = parse(mutated(valid, seed), 32);
            if (!header)
                continue;
            ++accepted;
            QVERIFY(covers(*header, 32));
        }
        QVERIFY(accepted > 0); // some edits only change a name
        QVERIFY(accepted < 15'000);
    }
};

QTEST_APPLESS_MAIN(TestSafetensorsHeader)
#include "tst_safetensors_header.moc"
