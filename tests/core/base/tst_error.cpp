// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"

#include <QTest>

#include <set>

using namespace bitloupe;

class TestError : public QObject {
    Q_OBJECT
private slots:
    void every_code_has_its_own_name_and_sentence()
    {
        std::set<std::string_view> names;
        int expected = 0;
        for (const Errc code : allErrcs()) {
            QCOMPARE(static_cast<int>(code), expected++);
            QVERIFY(!errcSentence(code).empty());
            QVERIFY(names.insert(errcName(code)).second);
        }
    }

    void message_is_one_line_whatever_the_file_says()
    {
        const Error error {Errc::badOffset, "a\nb", "found \x1b[31m"};
        QCOMPARE(error.message(),
            std::string("a\\x0ab: the tensor offsets are wrong: found \\x1b[31m"));
    }

    void message_is_bounded()
    {
        const Error error {Errc::badShape, std::string(100'000, 'n'), std::string(100'000, 'd')};
        QVERIFY(error.message().size() <= 1000);
    }

    void result_holds_a_value_or_an_error()
    {
        const Result<int> good = 3;
        const Result<int> bad = Error {Errc::cancelled, {}, {}};
        const Result<void> done;
        QVERIFY(good && *good == 3);
        QVERIFY(!bad && bad.error().code == Errc::cancelled);
        QVERIFY(done.has_value());
    }
};

QTEST_APPLESS_MAIN(TestError)
#include "tst_error.moc"
