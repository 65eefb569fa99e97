// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/progress_pace.h"
#include "ui/status_line.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTest>

using namespace bitloupe;
using namespace bitloupe::ui;

namespace {

constexpr quint64 megabyte = 1'000'000;

} // namespace

class TestStatusLine : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void rate_and_time_left_data();
    void rate_and_time_left();
    void what_was_done_before_is_no_part_of_the_rate();
    void numbers_follow_the_locale();
    void the_line_says_phase_percent_rate_and_time_left();
    void a_phase_without_an_end_says_no_numbers();
};

void TestStatusLine::rate_and_time_left_data()
{
    QTest::addColumn<quint64>("done");
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("rest");
    const auto row = [](const char* name, quint64 done, double seconds, const char* rest) {
        QTest::newRow(name) << done << seconds << QString::fromUtf8(rest);
    };
    row("nothing yet", 0, 0, "");
    row("too early to say", 10 * megabyte, 0.2, "");
    row("nothing after a while", 0, 5, "");
    row("a tenth", 100 * megabyte, 1, ", 100.0 MB/s, 0:09 left");
    row("slow", megabyte, 10, ", 100.0 kB/s, 2:46:30 left");
    row("half", 500 * megabyte, 100, ", 5.0 MB/s, 1:40 left");
    row("all", 1000 * megabyte, 100, ", 10.0 MB/s, 0:00 left");
    row("more than there was", 1001 * megabyte, 100, "");
}

void TestStatusLine::rate_and_time_left()
{
    QFETCH(quint64, done);
    QFETCH(double, seconds);
    QFETCH(QString, rest);
    ProgressPace pace;
    pace.restart(0, 0);
    const QString text = pace.text(done, 1000 * megabyte, seconds);
    QVERIFY2(text.endsWith(QStringLiteral(" of 1.00 GB") + rest), qPrintable(text));
}

void TestStatusLine::what_was_done_before_is_no_part_of_the_rate()
{
    ProgressPace pace;
    pace.restart(900 * megabyte, 1000); // as after a pause
    QVERIFY(pace.text(950 * megabyte, 1000 * megabyte, 1010)
                .endsWith(QStringLiteral(", 5.0 MB/s, 0:10 left")));
    // Bytes that are counted again are no rate below zero.
    QVERIFY(pace.text(800 * megabyte, 1000 * megabyte, 1010).endsWith(QStringLiteral("1.00 GB")));
}

void TestStatusLine::numbers_follow_the_locale()
{
    QLocale::setDefault(QLocale(QLocale::German));
    ProgressPace pace;
    pace.restart(0, 0);
    const QString text = pace.text(1500 * megabyte, 3000 * megabyte, 1);
    QLocale::setDefault(QLocale::c());
    QVERIFY2(text.contains(QStringLiteral(", 1,50 GB/s")), qPrintable(text));
}

void TestStatusLine::the_line_says_phase_percent_rate_and_time_left()
{
    Session session;
    StatusLine line(session);
    const auto said = [&line] {
        QStringList texts;
        for (const QLabel* label : line.findChildren<QLabel*>())
            texts.append(label->text());
        return texts.join(QLatin1Char('|'));
    };
    const QString phase = QStringLiteral("measuring");
    line.showProgress(phase, 0, 100 * megabyte);
    QVERIFY2(!said().contains(QStringLiteral("/s")), qPrintable(said()));
    QTest::qWait(400);
    line.showProgress(phase, 50 * megabyte, 100 * megabyte);
    QVERIFY2(said().contains(QStringLiteral("50 %")), qPrintable(said()));
    QVERIFY2(said().contains(QStringLiteral("50.0 MB of 100.0 MB, ")), qPrintable(said()));
    QVERIFY2(said().contains(QStringLiteral("MB/s, 0:0")), qPrintable(said()));
    QVERIFY(said().endsWith(QStringLiteral(" left")));
    QCOMPARE(line.findChild<QProgressBar*>()->value(), 500);
    line.showProgress(QStringLiteral("probing"), 10 * megabyte, 100 * megabyte); // begins anew
    QVERIFY2(!said().contains(QStringLiteral("/s")), qPrintable(said()));
    line.refresh(); // nothing is open
    QCOMPARE(said(), QStringLiteral("Ready|"));
}

void TestStatusLine::a_phase_without_an_end_says_no_numbers()
{
    Session session;
    StatusLine line(session);
    line.showProgress(QStringLiteral("measuring"), 7, 0);
    for (const QLabel* label : line.findChildren<QLabel*>())
        QVERIFY(!label->text().contains(QLatin1Char('7')));
    QCOMPARE(line.findChild<QProgressBar*>()->maximum(), 0);
}

QTEST_MAIN(TestStatusLine)
#include "tst_status_line.moc"
