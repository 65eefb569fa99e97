// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/score_cache.h"
#include "ui/encoder_choice.h"
#include "ui/export_command.h"
#include "ui/export_dialog.h"
#include "ui/gap_watch.h"
#include "ui/sample_window.h"
#include "ui/stale_partials_bar.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardItemModel>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::isReady;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

class TestExportDialog : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_export_dialog"); }
    void init() { m_window = std::make_unique<SampleWindow>(); }
    void cleanup() { m_window.reset(); }
    void closing_while_exporting_leaves_nothing();
    void nobody_waits_before_a_closed_window_data();
    void nobody_waits_before_a_closed_window();
    void what_an_unfinished_export_left_can_be_deleted();
    void export_is_off_until_the_plan_is_final();
    void command_line_names_pins_exactly();
    void encoders_that_cannot_be_had_say_why();
    void command_line_names_the_importance_file();
    void feedback_takes_its_text_from_the_cache();
    void menu_copies_the_command_of_the_dialog();
    void headless_command_writes_the_same_bytes();

private:
    SampleWindow& window() { return *m_window; }

    std::unique_ptr<SampleWindow> m_window;
};

void TestExportDialog::closing_while_exporting_leaves_nothing()
{
    QVERIFY(window().openSample());
    window()->openExportDialog();
    ExportDialog* dialog = window()->exportDialog();
    dialog->setDestination(window().folder().path(), QStringLiteral("out"));
    dialog->start();
    QVERIFY(dialog->running());
    window()->close();
    QVERIFY(!dialog->isVisible());
    QVERIFY(!dialog->running());
    window().destroy(); // as the program does when its last window is closed
    const QStringList left = QDir(window().folder().path())
                                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QVERIFY2(left.isEmpty() || left == QStringList {QStringLiteral("out")},
        qPrintable(left.join(QLatin1Char(' ')))); // whole, or not at all
}

void TestExportDialog::nobody_waits_before_a_closed_window_data()
{
    QTest::addColumn<int>("encoder");
    QTest::addColumn<QString>("phase");
    QTest::newRow("writing self-text") << int(Encoder::feedback) << "writing self-text";
    QTest::newRow("searching") << int(Encoder::search) << "encoding";
}

void TestExportDialog::nobody_waits_before_a_closed_window()
{
    QFETCH(int, encoder);
    QFETCH(QString, phase);
    QVERIFY(window().openSample());
    window()->openExportDialog();
    ExportDialog* dialog = window()->exportDialog();
    dialog->setDestination(window().folder().path(), QStringLiteral("out"));
    dialog->setEncoder(static_cast<Encoder>(encoder));
    QSignalSpy exported(dialog, &ExportDialog::exported);
    bool begun = false;
    connect(&dialog->runner(), &JobRunner::progressed, this,
        [&](const QString& now) { begun |= now == phase; });
    dialog->start();
    QVERIFY(QTest::qWaitFor([&] { return begun || exported.count() > 0; }, patience));
    const test::QueueTime queue;
    const double queued = queue.ms();
    QElapsedTimer clock;
    clock.start();
    window()->close();
    QVERIFY(!window()->isVisible() && !dialog->isVisible());
    const double took = double(clock.nsecsElapsed()) / 1e6 - (queue.ms() - queued);
    qInfo("closed after %.1f ms", took);
    QVERIFY2(!test::timesCount || took < 200, qPrintable(QString::number(took)));
    const bool whole = exported.count() > 0;
    window().destroy();
    qInfo("ended after %lld ms", static_cast<long long>(clock.elapsed()));
    QCOMPARE(exported.count(), int(whole)); // nothing is said of what nobody sees
    // It may have got its name while the window closed: all of it or nothing.
    const QStringList left = QDir(window().folder().path())
                                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QVERIFY2(left.isEmpty() || left == QStringList {QStringLiteral("out")},
        qPrintable(left.join(QLatin1Char(' '))));
}

void TestExportDialog::what_an_unfinished_export_left_can_be_deleted()
{
    QVERIFY(window().openSample());
    const QDir folder(window().folder().path());
    QVERIFY(folder.mkpath(QStringLiteral(".out.partial-1-2/sub")));
    window()->openExportDialog();
    ExportDialog* dialog = window()->exportDialog();
    dialog->setDestination(folder.path(), QStringLiteral("out"));
    auto* left = dialog->findChild<StalePartialsBar*>();
    QVERIFY(left && left->isVisible());
    QTest::mouseClick(left->findChild<QPushButton*>(), Qt::LeftButton);
    QVERIFY(!folder.exists(QStringLiteral(".out.partial-1-2")));
    QVERIFY(!left->isVisible());
}

void TestExportDialog::export_is_off_until_the_plan_is_final()
{
    window()->openPath(test::sample);
    QTRY_VERIFY_WITH_TIMEOUT(
        window()->session().state() == Session::State::analysing, patience);
    window()->openExportDialog();
    QVERIFY(!window()->exportDialog());
    QTRY_VERIFY_WITH_TIMEOUT(isReady(window()->session()), patience);
    window()->openExportDialog();
    QVERIFY(window()->exportDialog());
}

void TestExportDialog::command_line_names_pins_exactly()
{
    QVERIFY(window().openSample());
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({down}, down);
    window()->pinSelection(16);
    QTRY_VERIFY_WITH_TIMEOUT(!window().plan().options.rules.empty(), patience);
    const Session& session = window()->session();
    const QString line = exportCommand(
        *session.model(), *session.profile(), window().plan(),
        {QStringLiteral("/a b/c"), Encoder::round, ProbeTier::none});
    QVERIFY(line.endsWith(QLatin1String(" --probe none --encoder round")));
    QVERIFY(line.startsWith(QLatin1String("bitloupe export ")));
    QVERIFY(line.contains(QLatin1String("-o '/a b/c' --target mlx --target-")));
    QVERIFY(line.contains(QLatin1String("--set '^model\\.layers\\.0\\.mlp\\.down_proj$=bf16'")));
    const std::uint64_t parameters = session.profile()->parameters;
    for (std::uint64_t bytes = 1'000'000; bytes < 1'000'200; ++bytes) {
        const double bpw = bitsPerWeightFor(bytes, parameters).toDouble();
        QCOMPARE(budgetFromBpw(bpw, parameters)->bytes, bytes);
    }
}

void TestExportDialog::encoders_that_cannot_be_had_say_why()
{
    QVERIFY(window().openSample());
    QVector<EncoderChoice> choices = encoderChoices(window()->session());
    QCOMPARE(choices.size(), 3);
    QCOMPARE(defaultEncoder(window()->session()), Encoder::search); // the probe is off
    choices.last().obstacle = QStringLiteral("no such architecture");
    QComboBox box;
    fillEncoders(box, choices, Encoder::search);
    const auto* items = qobject_cast<QStandardItemModel*>(box.model());
    QCOMPARE(box.currentIndex(), 1);
    QVERIFY(items->item(0)->isEnabled() && items->item(1)->isEnabled());
    QVERIFY(!items->item(2)->isEnabled());
    QCOMPARE(items->item(2)->toolTip(), choices.last().obstacle);
}

void TestExportDialog::command_line_names_the_importance_file()
{
    QVERIFY(window().openSample());
    const Session& session = window()->session();
    const QString line = exportCommand(*session.model(), *session.profile(), window().plan(),
        {QStringLiteral("/out"), Encoder::search, ProbeTier::full, QStringLiteral("/a b.dat")});
    QVERIFY2(line.endsWith(
                 QLatin1String(" --imatrix '/a b.dat' --probe full --encoder search")),
        qPrintable(line));
}

void TestExportDialog::feedback_takes_its_text_from_the_cache()
{
    if (!test::timesCount)
        QSKIP("a text as long as the real one takes sanitized builds many minutes");
    QVERIFY(window().openSample());
    Session& session = window()->session();
    const std::filesystem::path cache = window().folder().filePath("cache").toStdString();
    SelfText made; // of the length that exports learn from, but of these ids
    for (std::uint32_t i = 0; i < made.options.sequences * made.options.length; ++i)
        made.ids.push_back(i % 97);
    QVERIFY(storeCachedSelfText(cache, *session.model(), made).has_value());
    session.setCacheDirectory(cache);
    window()->openExportDialog();
    ExportDialog* dialog = window()->exportDialog();
    dialog->setDestination(window().folder().path(), QStringLiteral("out"));
    dialog->setEncoder(Encoder::feedback);
    QSignalSpy exported(dialog, &ExportDialog::exported);
    dialog->start();
    QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, patience);
    QVERIFY(dialog->report() && dialog->report()->selfText);
    QVERIFY(dialog->report()->selfText->ids == made.ids);
}

void TestExportDialog::menu_copies_the_command_of_the_dialog()
{
    window()->session().setProbeDepth(ProbeDepth::automatic);
    QVERIFY(window().openSample());
    const auto actions = window()->findChildren<QAction*>();
    const auto copy = std::find_if(actions.begin(), actions.end(),
        [](const QAction* one) { return one->text() == QLatin1String("Copy &headless command"); });
    QVERIFY(copy != actions.end());
    QTRY_VERIFY((*copy)->isEnabled());
    (*copy)->trigger();
    QString copied = QApplication::clipboard()->text();
    window()->openExportDialog();
    QString shown = window()->exportDialog()->command();
    static const QRegularExpression place(QStringLiteral(" -o [^ ]*"));
    QCOMPARE(copied.remove(place), shown.remove(place));
    QVERIFY(copied.startsWith(QLatin1String("bitloupe export ")));
}

void TestExportDialog::headless_command_writes_the_same_bytes()
{
    QVERIFY(window().openSample());
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({down}, down);
    window()->pinSelection(6);
    QTRY_VERIFY_WITH_TIMEOUT(!window().plan().options.rules.empty(), patience);
    window()->openExportDialog();
    ExportDialog* dialog = window()->exportDialog();
    dialog->setDestination(window().folder().path(), QStringLiteral("by command's name"));
    QString line = dialog->command();
    QVERIFY(line.startsWith(QLatin1String("bitloupe ")));
    line.replace(0, 8, QStringLiteral(BITLOUPE_PROGRAM));
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), line + QStringLiteral(" --quiet")});
    if (!shell.waitForStarted())
        QSKIP("there is no /bin/sh");
    QVERIFY(shell.waitForFinished(patience));
    QCOMPARE(shell.exitCode(), 0);
    const QString text = QString::fromUtf8(shell.readAllStandardOutput());

    dialog->setDestination(window().folder().path(), QStringLiteral("by window"));
    QSignalSpy exported(dialog, &ExportDialog::exported);
    dialog->start();
    QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, patience);
    QVERIFY(dialog->report().has_value());
    QVERIFY2(text.contains(QString::fromStdString(dialog->report()->digest)), qPrintable(text));
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestExportDialog test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_export_dialog.moc"
