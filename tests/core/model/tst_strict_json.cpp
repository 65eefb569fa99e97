// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/strict_json.h"

#include "hostile/json_texts.h"

#ifndef Q_MOC_RUN // moc stumbles over the concepts in it
#include <nlohmann/json.hpp>
#endif

#include <QTest>

#include <clocale>
#include <cmath>

using namespace bitloupe;
using namespace bitloupe::test;

class TestStrictJson : public QObject {
    Q_OBJECT
private slots:
    void documents_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        for (const JsonCase& each : jsonDocuments())
            QTest::newRow(each.name.c_str())
                << QByteArray::fromStdString(each.text) << !each.expected;
    }

    void documents()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, good);
        const auto document = parseStrictJson({text.constData(), size_t(text.size())});
        QCOMPARE(document.has_value(), good);
        if (!good)
            QCOMPARE(document.error().code, Errc::badJson);
    }

    void keeps_64_bit_integers_exact()
    {
        const auto list = parseStrictJson("[18446744073709551615,-9223372036854775808,9007199254740993]");
        QCOMPARE((*list)[0].get<std::uint64_t>(), 18446744073709551615ull);
        QCOMPARE((*list)[1].get<std::int64_t>(), std::numeric_limits<std::int64_t>::min());
        QCOMPARE((*list)[2].get<std::int64_t>(), std::int64_t(9007199254740993));
    }

    void reads_numbers_the_same_in_any_locale()
    {
        std::setlocale(LC_ALL, "de_DE.UTF-8");
        const auto list = parseStrictJson("[1.5,-2.5e-3,1e400,-1e400,1e-400]");
        std::setlocale(LC_ALL, "C");
        QCOMPARE((*list)[0].get<double>(), 1.5);
        QCOMPARE((*list)[1].get<double>(), -2.5e-3);
        QVERIFY(std::isinf((*list)[2].get<double>()));
        QVERIFY((*list)[3].get<double>() < 0);
        QCOMPARE((*list)[4].get<double>(), 0.0);
    }

    void decodes_escapes()
    {
        const auto text = parseStrictJson(
            "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"]");
        QCOMPARE((*text)[0].get<std::string>(), std::string("\"\\/\b\f\n\r\tA\u00e9\u20ac\U0001f600"));
    }

    void limits_are_kept()
    {
        JsonLimits limits;
        limits.maxBytes = 6;
        QVERIFY(parseStrictJson("[1,2] ", limits).has_value());
        QCOMPARE(parseStrictJson("[1,2]  ", limits).error().code, Errc::headerTooLarge);
        limits = {};
        limits.maxValues = 3;
        QVERIFY(parseStrictJson("[1,2]", limits).has_value());
        QVERIFY(!parseStrictJson("[1,2,3]", limits));
        limits = {};
        limits.maxDepth = 2;
        QVERIFY(parseStrictJson("[[]]", limits).has_value());
        QVERIFY(!parseStrictJson("[[[]]]", limits));
    }

    void getters_check_type_and_range()
    {
        const auto document = parseStrictJson(
            R"({"n":4,"f":4.0,"h":4.5,"neg":-1,"s":"x","b":true,"z":null,"big":1e300,"l":["a","b"]})");
        const auto& object = *document;
        QCOMPARE(jsonInteger(object, "n").value(), std::int64_t(4));
        QCOMPARE(jsonInteger(object, "f").value(), std::int64_t(4));
        QVERIFY(!jsonInteger(object, "h"));
        QVERIFY(!jsonInteger(object, "big"));
        QVERIFY(!jsonInteger(object, "s"));
        QVERIFY(!jsonInteger(object, "b"));
        QVERIFY(!jsonInteger(object, "neg", 0));
        QVERIFY(!jsonInteger(object, "n", 0, 3));
        QVERIFY(!jsonUnsigned(object, "neg"));
        QCOMPARE(jsonUnsigned(object, "n").value(), std::uint64_t(4));
        QVERIFY(!jsonString(object, "n"));
        QVERIFY(!jsonBool(object, "n"));
        QVERIFY(!findJson(object, "z"));
        QVERIFY(!findJson(object["l"], "a"));
        QCOMPARE(jsonStrings(object, "l").value(), (std::vector<std::string> {"a", "b"}));
        QVERIFY(!jsonStrings(object, "s"));
    }

    void tells_where_the_damage_is()
    {
        const auto text = parseStrictJson("{\"a\": tru}");
        QVERIFY(text.error().message().find("byte 6") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestStrictJson)
#include "tst_strict_json.moc"
