// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qt_text.h"

#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QTest>

#include <cmath>

using namespace bitloupe;
using namespace bitloupe::ui;

class TestQtText : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void hostile_names_are_escaped_and_elided();
    void paths_that_are_not_utf8_survive();
    void every_error_has_a_sentence_on_one_line();
    void numbers_say_unknown_instead_of_nan();
    void scores_have_three_digits_data();
    void scores_have_three_digits();
    void shell_words_come_back_unchanged_data();
    void shell_words_come_back_unchanged();
};

void TestQtText::hostile_names_are_escaped_and_elided()
{
    const QString name = nameToQt("a\x1b[31m\nb\xE2\x80\xAE"
                                  "c");
    QVERIFY(!name.contains(QChar(0x1b)));
    QVERIFY(!name.contains(QLatin1Char('\n')));
    QVERIFY(!name.contains(QChar(0x202e)));
    QVERIFY(nameToQt(std::string(100'000, 'x')).size() <= 210);
}

void TestQtText::paths_that_are_not_utf8_survive()
{
    const std::filesystem::path path("/tmp/na\xefve \xff");
    QCOMPARE(toPath(pathToQt("/tmp/ünï")).string(), std::string("/tmp/ünï"));
    // A path from the command line never passes through QString; one that does must at least not
    // become another valid one.
    QVERIFY(toPath(pathToQt(path)).string() != "/tmp/naive ");
}

void TestQtText::every_error_has_a_sentence_on_one_line()
{
    for (const Errc code : allErrcs()) {
        const QString sentence = errorSentence({code, "evil\nname", "found\x1b[0m x"});
        QVERIFY2(!sentence.isEmpty(), errcName(code).data());
        QVERIFY(!sentence.contains(QLatin1Char('\n')));
        QVERIFY(!sentence.contains(QChar(0x1b)));
        QVERIFY(!errorHint(code).contains(QLatin1Char('\n')));
    }
}

void TestQtText::numbers_say_unknown_instead_of_nan()
{
    QCOMPARE(scoreToQt(std::nan("")), QStringLiteral("unknown"));
    QVERIFY(!sizeToQt(0).isEmpty());
    QCOMPARE(parametersToQt(134'515'008), QStringLiteral("134.5 M"));
    QCOMPARE(parametersToQt(8'030'000'000), QStringLiteral("8.03 B"));
}

void TestQtText::scores_have_three_digits_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << "0.00";
    QTest::newRow("half") << 0.5 << "0.500";
    QTest::newRow("small") << 0.00044 << "0.000440";
    QTest::newRow("tiny") << 0.0000044 << "4.40e-06";
    QTest::newRow("large") << 31.62 << "31.6";
    QTest::newRow("thousands") << 12345.0 << "12345";
}

void TestQtText::scores_have_three_digits()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(scoreToQt(value).remove(QLatin1Char(',')), text);
}

void TestQtText::shell_words_come_back_unchanged_data()
{
    QTest::addColumn<QString>("word");
    for (const char* word : {"plain", "/a/b.c", "with space", "it's", "$HOME `id` \"x\"", "-dash",
             "", "a\nb", "^model\\.layers\\.0$=bf16", "~user", "*?[x]", "ünï", "=x", "#x", "!x"})
        QTest::newRow(word) << QString::fromUtf8(word);
}

void TestQtText::shell_words_come_back_unchanged()
{
    QFETCH(QString, word);
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("printf '%s' ") + shellWord(word)});
    if (!shell.waitForStarted())
        QSKIP("there is no /bin/sh");
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), word);
}

QTEST_GUILESS_MAIN(TestQtText)
#include "tst_qt_text.moc"
