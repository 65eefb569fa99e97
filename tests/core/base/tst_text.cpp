// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include <QTest>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <vector>

using namespace bitloupe;

class TestText : public QObject {
    Q_OBJECT
private slots:
    void numbers_read_back_as_the_same_double()
    {
        for (const double value : {0.1, 1e-300, -2.5, 1.0 / 3, 123456789.0})
            QCOMPARE(parseDouble(numberText(value)).value(), value);
        QCOMPARE(numberText(std::nan("")), std::string("nan"));
    }

    void rounded_text_keeps_significant_digits()
    {
        QCOMPARE(roundedText(0.093512, 3), std::string("0.0935"));
        QCOMPARE(roundedText(1234.5, 2), std::string("1234"));
        QCOMPARE(roundedText(0, 3), std::string("0.00"));
        QCOMPARE(roundedText(0.00001234, 2), std::string("1.2e-05"));
    }

    void numbers_do_not_follow_the_locale()
    {
        std::setlocale(LC_ALL, "de_DE.UTF-8");
        QCOMPARE(fixedText(4.5, 2), std::string("4.50"));
        QCOMPARE(parseDouble("4.5").value(), 4.5);
        std::setlocale(LC_ALL, "C");
    }

    void sizes_are_decimal_with_unit()
    {
        QCOMPARE(sizeText(999), std::string("999 B"));
        QCOMPARE(sizeText(75'732'544), std::string("75.7 MB"));
        QCOMPARE(sizeText(4'830'000'000), std::string("4.83 GB"));
        QCOMPARE(sizeText(999'999'999), std::string("1.00 GB"));
        QCOMPARE(groupedText(75732544), std::string("75,732,544"));
        QCOMPARE(groupedText(123), std::string("123"));
    }

    void parses_sizes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("bytes"); // -1: refused
        const std::vector<std::pair<const char*, qlonglong>> cases = {{"4.5GB", 4'500'000'000},
            {"4.2GiB", 4'509'715'661}, {"800M", 800'000'000}, {"75715200", 75'715'200},
            {"1k", 1000}, {"2 KiB", 2048}, {"5 B", 5}, {"", -1}, {"GB", -1}, {"-1", -1},
            {"1e3", -1}, {"4,5GB", -1}, {"99999999999T", -1}, {"nan", -1}, {"1.2.3M", -1},
            {"5 GBs", -1}, {"18446744073709551615", -1}};
        for (const auto& [text, bytes] : cases)
            QTest::newRow(text) << QString(text) << bytes;
    }
    void parses_sizes()
    {
        QFETCH(QString, text);
        QFETCH(qlonglong, bytes);
        const auto parsed = parseSize(text.toStdString());
        if (text == "18446744073709551615") // the largest whole number is exact, not a double
            QCOMPARE(parsed.value(), UINT64_MAX);
        else if (bytes < 0)
            QVERIFY(!parsed);
        else
            QCOMPARE(static_cast<qlonglong>(parsed.value()), bytes);
    }

    void whole_numbers_are_the_whole_text()
    {
        QCOMPARE(parseUnsigned("42").value(), 42U);
        for (const char* bad : {"", "-1", "+1", " 1", "1 ", "0x1", "18446744073709551616"})
            QVERIFY2(!parseUnsigned(bad), bad);
    }

    void printable_escapes_what_could_deceive()
    {
        QCOMPARE(printable("a\tb"), std::string("a\\x09b"));
        QCOMPARE(printable("\xE2\x80\xAE"), std::string("\\u{202e}"));
        QCOMPARE(printable("\xff"), std::string("\\xff"));
        QCOMPARE(printable("\xC0\x80"), std::string("\\xc0\\x80"));
        QCOMPARE(printable("größe 漢字"), std::string("größe 漢字"));
    }

    void printable_is_bounded_and_stays_utf8()
    {
        std::string text;
        for (int i = 0; i < 40'000; ++i)
            text += "漢";
        for (const std::size_t limit : {10U, 11U, 12U, 200U}) {
            const std::string shown = printable(text, limit);
            QVERIFY(shown.size() <= limit + 3);
            QVERIFY(isUtf8(shown));
        }
    }

    void utf8_is_strict()
    {
        QVERIFY(isUtf8("abc漢\xF0\x9F\x98\x80"));
        for (const char* bad : {"\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                 "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE2\x82"})
            QVERIFY(!isUtf8(bad));
    }

    void natural_order_counts()
    {
        std::vector<std::string> names = {"l.10.a", "l.2.b", "l.2.a", "l", "l.02.a", "m"};
        std::sort(names.begin(), names.end(), naturalLess);
        const std::vector<std::string> wanted
            = {"l", "l.02.a", "l.2.a", "l.2.b", "l.10.a", "m"};
        QVERIFY(names == wanted);
        QVERIFY(!naturalLess("a", "a"));
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
