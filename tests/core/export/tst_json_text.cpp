// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/json_text.h"

#include <QTest>

using namespace bitloupe;

class tst_JsonText : public QObject {
    Q_OBJECT

private slots:
    void numbers_keep_their_spelling()
    {
        const std::string text = "{\"a\": 1e-06, \"b\": 123456789012345678901234567890, "
                                 "\"c\": 1.0, \"d\": -7, \"e\": 18446744073709551615}";
        const auto json = JsonText::parse(text, "x");
        QVERIFY(json);
        QCOMPARE(json->find("a")->spelling(), std::string("1e-06"));
        QCOMPARE(json->find("b")->spelling(), std::string("123456789012345678901234567890"));
        QCOMPARE(json->find("c")->spelling(), std::string("1.0"));
        QCOMPARE(json->find("d")->spelling(), std::string("-7"));
        QCOMPARE(json->find("e")->spelling(), std::string("18446744073709551615"));
    }

    void members_keep_their_order()
    {
        const auto json = JsonText::parse(R"({"z": 1, "a": [true, null], "m": {"k": "v"}})", "x");
        QVERIFY(json);
        QCOMPARE(json->members()[0].first, std::string("z"));
        QCOMPARE(json->members()[1].first, std::string("a"));
        QCOMPARE(json->members()[2].first, std::string("m"));
    }

    void text_parses_to_the_same_text()
    {
        const auto json = JsonText::parse(
            "{\"a\": {\"b\": [1, {\"c\": \"q\\\"\\\\\\u0007\\u20ac\"}]}, \"d\": []}", "x");
        QVERIFY(json);
        const auto again = JsonText::parse(json->text(), "x");
        QVERIFY(again);
        QCOMPARE(again->text(), json->text());
    }

    void set_replaces_in_place_and_appends()
    {
        auto json = JsonText::parse(R"({"a": 1, "b": 2})", "x");
        QVERIFY(json);
        json->set("a", JsonText::boolean(true));
        json->set("c", JsonText::string("s"));
        json->setIfAbsent("b", JsonText::number(std::uint64_t {9}));
        json->remove("nothing");
        QCOMPARE(json->text(), std::string("{\n  \"a\": true,\n  \"b\": 2,\n  \"c\": \"s\"\n}\n"));
    }

    void a_number_that_is_not_finite_is_null()
    {
        QVERIFY(JsonText::number(std::numeric_limits<double>::quiet_NaN()).isNull());
        QCOMPARE(JsonText::number(0.1).spelling(), std::string("0.1"));
    }

    void refuses_what_is_not_strict_data();
    void refuses_what_is_not_strict()
    {
        QFETCH(QString, text);
        const auto json = JsonText::parse(text.toStdString(), "file.json");
        QVERIFY(!json);
        QCOMPARE(json.error().code, Errc::badJson);
        QCOMPARE(json.error().where, std::string("file.json"));
    }
};

void tst_JsonText::refuses_what_is_not_strict_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("duplicate key") << R"({"a": 1, "a": 2})";
    QTest::newRow("duplicate by escape") << R"({"a": 1, "\u0061": 2})";
    QTest::newRow("trailing comma") << R"({"a": 1,})";
    QTest::newRow("second document") << R"({} {})";
    QTest::newRow("bare NaN") << R"({"a": NaN})";
    QTest::newRow("too deep") << QString(65, '[') + QString(65, ']');
    QTest::newRow("nothing") << QString();
}

QTEST_APPLESS_MAIN(tst_JsonText)
#include "tst_json_text.moc"
