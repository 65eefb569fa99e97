// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_model.h"
#include "model/open.h"
#include "ui/decision_text.h"
#include "ui/error_bar.h"
#include "ui/export_dialog.h"
#include "ui/export_result.h"
#include "ui/gap_watch.h"
#include "ui/heatmap_page.h"
#include "ui/sample_window.h"
#include "ui/views/error_scatter.h"

#include <QAction>
#include <QDockWidget>
#include <QSignalSpy>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;
using bitloupe::test::sample;
using bitloupe::test::SampleWindow;

class TestMainWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_main_window"); }
    void init() { m_window = std::make_unique<SampleWindow>(); }
    void cleanup() { m_window.reset(); }
    void whole_job_from_opening_to_verified_export();
    void impossible_path_is_said_on_the_start_page();
    void closing_while_analysing_is_safe();
    void fits_a_small_screen();
    void closed_dock_stays_closed_in_the_next_run();
    void probe_choice_is_remembered();
    void gui_never_stalls();

private:
    SampleWindow& window() { return *m_window; }

    std::unique_ptr<SampleWindow> m_window;
};

void TestMainWindow::whole_job_from_opening_to_verified_export()
{
    QVERIFY(window().openSample());
    Session& session = window()->session();
    // Move the budget as a slider does, then pin, then take the pin back.
    const std::uint64_t less = window().plan().fileBytes * 9 / 10;
    session.editor().setBudget({BudgetKind::fileBytes, less + 5}, true);
    session.editor().setBudget({BudgetKind::fileBytes, less}, false);
    QTRY_VERIFY_WITH_TIMEOUT(session.planned()->plan && window().plan().fileBytes <= less, patience);
    const int query = window().firstFree(TensorRole::attentionQ);
    window()->select({query}, query);
    window()->pinSelection(8);
    QTRY_VERIFY_WITH_TIMEOUT(DecisionView(session, query).bits() == 8, patience);
    session.editor().history().undo();
    QTRY_VERIFY_WITH_TIMEOUT(window().plan().options.rules.empty(), patience);

    window()->openExportDialog();
    ExportDialog* dialog = window()->exportDialog();
    QVERIFY(dialog);
    QVERIFY(!dialog->isModal());
    dialog->setDestination(window().folder().path(), QStringLiteral("out"));
    QSignalSpy exported(dialog, &ExportDialog::exported);
    const std::uint64_t planned = window().plan().fileBytes;
    dialog->start();
    QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, patience);
    if (const QString pictures = qEnvironmentVariable("BITLOUPE_PICTURES"); !pictures.isEmpty())
        dialog->grab().save(pictures + QStringLiteral("/export.png"));
    QVERIFY(dialog->report().has_value());
    QCOMPARE(dialog->report()->weightFileBytes, planned);
    QVERIFY(!dialog->report()->digest.empty());
    QCOMPARE(dialog->result().scatter().shown(), int(dialog->report()->checks.size()));

    const auto source = openModel(sample, {});
    QVERIFY(source.has_value());
    const auto verified
        = verifyExport(window().folder().filePath(QStringLiteral("out")).toStdString(), *source, {});
    QVERIFY(verified.has_value());
    QVERIFY2(verified->problems.empty(),
        verified->problems.empty() ? "" : verified->problems.front().c_str());
    QCOMPARE(verified->weightFileBytes, planned);
}

void TestMainWindow::impossible_path_is_said_on_the_start_page()
{
    QSignalSpy failed(&window()->session(), &Session::failed);
    window()->openPath("/nowhere/at/all");
    QTRY_COMPARE(failed.count(), 1);
    bool said = false;
    const auto bars = window()->findChildren<ErrorBar*>();
    for (ErrorBar* bar : bars)
        said |= bar->isVisible() && !bar->sentence().isEmpty();
    QVERIFY(said);
    QVERIFY(window().openSample()); // and the program goes on
}

void TestMainWindow::closing_while_analysing_is_safe()
{
    window()->openPath(sample);
    QTRY_VERIFY_WITH_TIMEOUT(
        window()->session().state() == Session::State::analysing, patience);
    QVERIFY(window()->close());
    window().destroy();
    QCoreApplication::processEvents();
    window().reopen();
    window()->openPath(sample);
    window().destroy(); // in the middle of opening
}

void TestMainWindow::fits_a_small_screen()
{
    QVERIFY(window().openSample());
    for (const auto kind : {ColourChoice::damage, ColourChoice::bits}) {
        window()->heatmap().colourBy(kind);
        // Docks may still be on their way in, and hold the window open until they are.
        QTRY_COMPARE((window()->resize(1366, 768), window()->size()), QSize(1366, 768));
        QTRY_COMPARE((window()->resize(1100, 700), window()->size()), QSize(1100, 700));
    }
}

void TestMainWindow::closed_dock_stays_closed_in_the_next_run()
{
    QVERIFY(window().openSample());
    const auto dock = [this](const char* name) {
        return window()->findChild<QDockWidget*>(QLatin1String(name));
    };
    QTRY_VERIFY(dock("findings")->isVisible());
    dock("findings")->close(); // as its cross does
    window()->close();
    window().reopen();
    QVERIFY(window().openSample());
    QTRY_VERIFY(dock("model")->isVisible());
    QVERIFY(!dock("findings")->isVisible());
    dock("findings")->toggleViewAction()->trigger();
    QVERIFY(dock("findings")->isVisible());
}

void TestMainWindow::probe_choice_is_remembered()
{
    const auto actions = window()->findChildren<QAction*>();
    const auto forward = std::find_if(actions.begin(), actions.end(),
        [](const QAction* one) { return one->text() == QLatin1String("&Forward"); });
    QVERIFY(forward != actions.end());
    (*forward)->trigger();
    QCOMPARE(window()->session().probeDepth(), ProbeDepth::forward);
    MainWindow next(sample);
    QCOMPARE(next.session().probeDepth(), ProbeDepth::forward);
}

void TestMainWindow::gui_never_stalls()
{
    bitloupe::test::GapWatch watch;
    QVERIFY(QTest::qWaitFor([&] { return watch.worstWall() > 0; }, patience));
    watch.restart();
    QVERIFY(window().openSample());
    const std::uint64_t start = window().plan().fileBytes;
    Session& session = window()->session();
    for (std::uint64_t step = 0; step < 40; ++step) {
        session.editor().setBudget({BudgetKind::fileBytes, start - step * start / 200}, true);
        QTest::qWait(5);
    }
    session.editor().setBudget(session.editor().budget(), false);
    QTRY_VERIFY_WITH_TIMEOUT(
        session.planned()->plan && window().plan().options.budget->bytes < start, patience);
    qInfo("%s", watch.report().constData());
    QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestMainWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_main_window.moc"
