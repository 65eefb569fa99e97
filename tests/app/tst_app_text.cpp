// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exit_code.h"
#include "app/terminal_progress.h"
#include "app/text_table.h"

#include <QTest>

using namespace bitloupe;

class TstAppText : public QObject {
    Q_OBJECT
private slots:
    void columns_are_as_wide_as_their_widest_cell();
    void width_counts_characters_not_bytes();
    void progress_line_says_rate_and_time_left();
    void progress_line_leaves_out_what_is_unknown();
    void every_failure_has_an_exit_code();
};

void TstAppText::columns_are_as_wide_as_their_widest_cell()
{
    TextTable table;
    table.addColumn("name", TextTable::Align::left);
    table.addColumn("bytes", TextTable::Align::right);
    table.addRow({"a", "1,234,567"});
    table.addRow({"longer", ""});
    QCOMPARE(table.text(),
        std::string("name        bytes\n"
                    "a       1,234,567\n"
                    "longer\n"));
}

void TstAppText::width_counts_characters_not_bytes()
{
    QCOMPARE(textWidth("café"), std::size_t(4));
    QCOMPARE(textWidth(""), std::size_t(0));
}

void TstAppText::progress_line_says_rate_and_time_left()
{
    QCOMPARE(progressLine({"analysing", 2'000'000'000, 8'000'000'000}, 10.0),
        std::string("analysing  25 %  200.0 MB/s  0:30 left"));
    QCOMPARE(progressLine({"writing", 1'000'000, 126'000'000}, 1.0),
        std::string("writing  1 %  1.0 MB/s  2:05 left"));
}

void TstAppText::progress_line_leaves_out_what_is_unknown()
{
    QCOMPARE(progressLine({"checking", 0, 0}, 5.0), std::string("checking"));
    QCOMPARE(progressLine({"checking", 5'000, 0}, 5.0), std::string("checking  1.0 kB/s"));
    QCOMPARE(progressLine({"checking", 10, 1000}, 0.01), std::string("checking  1 %"));
}

void TstAppText::every_failure_has_an_exit_code()
{
    for (const Errc code : allErrcs())
        QVERIFY(exitCodeFor(code) != ExitCode::done);
    QVERIFY(exitCodeFor(Errc::badArgument) == ExitCode::usage);
    QVERIFY(exitCodeFor(Errc::truncated) == ExitCode::badInput);
    QVERIFY(exitCodeFor(Errc::infeasibleBudget) == ExitCode::infeasible);
    QVERIFY(exitCodeFor(Errc::verifyMismatch) == ExitCode::mismatch);
    QVERIFY(exitCodeFor(Errc::cancelled) == ExitCode::interrupted);
    QVERIFY(exitCodeFor(Errc::noSpace) == ExitCode::failed);
}

QTEST_APPLESS_MAIN(TstAppText)
#include "tst_app_text.moc"
