// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_model.h"
#include "model/open.h"
#include "ui/decision_text.h"
#include "ui/encoder_choice.h"
#include "ui/error_bar.h"
#include "ui/export_command.h"
#include "ui/export_dialog.h"
#include "ui/export_result.h"
#include "ui/gap_watch.h"
#include "ui/heatmap_page.h"
#include "ui/main_window.h"
#include "ui/ready_session.h"
#include "ui/views/error_scatter.h"
#include "ui/views/heatmap_view.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::isReady;
using bitloupe::test::patience;

namespace {

const std::filesystem::path sample = BITLOUPE_SOURCE_DIR "/resources/sample";

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void whole_job_from_opening_to_verified_export();
    void selection_is_linked_everywhere();
    void keys_pin_and_undo();
    void filter_narrows_table_and_heatmap();
    void impossible_path_is_said_on_the_start_page();
    void closing_while_analysing_is_safe();
    void closing_while_exporting_leaves_nothing();
    void export_is_off_until_the_plan_is_final();
    void command_line_names_pins_exactly();
    void encoders_that_cannot_be_had_say_why();
    void fits_a_small_screen();
    void headless_command_writes_the_same_bytes();
    void closed_dock_stays_closed_in_the_next_run();
    void probe_choice_is_remembered();
    void gui_never_stalls();

private:
    bool openSample();
    const Plan& plan() { return *m_window->session().planned()->plan; }
    int firstFree(TensorRole role);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("bitloupe-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_main_window"));
    qRegisterMetaType<bitloupe::Error>();
}

void TestMainWindow::init()
{
    QSettings().clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<MainWindow>(sample);
    m_window->session().setCacheDirectory(std::nullopt);
    m_window->session().setProbeDepth(ProbeDepth::none); // as the command that it is compared with
    m_window->show();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_folder.reset();
}

bool TestMainWindow::openSample()
{
    m_window->openPath(sample);
    return QTest::qWaitFor([this] { return isReady(m_window->session()); }, patience);
}

int TestMainWindow::firstFree(TensorRole role)
{
    const auto& decisions = m_window->session().profile()->decisions;
    for (std::size_t d = 0; d < decisions.size(); ++d)
        if (decisions[d].role == role && decisions[d].options.size() > 1)
            return static_cast<int>(d);
    return -1;
}

void TestMainWindow::whole_job_from_opening_to_verified_export()
{
    QVERIFY(openSample());
    Session& session = m_window->session();
    // Move the budget as a slider does, then pin, then take the pin back.
    const std::uint64_t less = plan().fileBytes * 9 / 10;
    session.editor().setBudget({BudgetKind::fileBytes, less + 5}, true);
    session.editor().setBudget({BudgetKind::fileBytes, less}, false);
    QTRY_VERIFY_WITH_TIMEOUT(session.planned()->plan && plan().fileBytes <= less, patience);
    const int query = firstFree(TensorRole::attentionQ);
    m_window->select({query}, query);
    m_window->pinSelection(8);
    QTRY_VERIFY_WITH_TIMEOUT(DecisionView(session, query).bits() == 8, patience);
    session.editor().history().undo();
    QTRY_VERIFY_WITH_TIMEOUT(plan().options.rules.empty(), patience);

    m_window->openExportDialog();
    ExportDialog* dialog = m_window->exportDialog();
    QVERIFY(dialog);
    QVERIFY(!dialog->isModal());
    dialog->setDestination(m_folder->path(), QStringLiteral("out"));
    QSignalSpy exported(dialog, &ExportDialog::exported);
    const std::uint64_t planned = plan().fileBytes;
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
        = verifyExport(m_folder->filePath(QStringLiteral("out")).toStdString(), *source, {});
    QVERIFY(verified.has_value());
    QVERIFY2(verified->problems.empty(),
        verified->problems.empty() ? "" : verified->problems.front().c_str());
    QCOMPARE(verified->weightFileBytes, planned);
}

void TestMainWindow::selection_is_linked_everywhere()
{
    QVERIFY(openSample());
    const int query = firstFree(TensorRole::attentionQ);
    const int down = firstFree(TensorRole::mlpDown);
    m_window->select({query, down}, down);
    HeatmapView& view = m_window->heatmap().view();
    QCOMPARE(view.selectedDecisions().size(), 2);
    QCOMPARE(view.currentDecision(), down);
    QCOMPARE(m_window->currentDecision(), down);
    // And from the heatmap back: a click on a cell.
    const QRect cell = view.cellRect(query);
    QVERIFY(!cell.isEmpty());
    QTest::mouseClick(view.childAt(cell.center()) ? view.childAt(cell.center()) : &view,
        Qt::LeftButton, {},
        view.childAt(cell.center()) ? view.childAt(cell.center())->mapFrom(&view, cell.center())
                                    : cell.center());
    QTRY_COMPARE(m_window->currentDecision(), query);
    QCOMPARE(m_window->selectedDecisions(), QVector<int> {query});
}

void TestMainWindow::keys_pin_and_undo()
{
    QVERIFY(openSample());
    Session& session = m_window->session();
    const int down = firstFree(TensorRole::mlpDown);
    m_window->select({down}, down);
    HeatmapView& view = m_window->heatmap().view();
    QTest::keyClick(&view, Qt::Key_6);
    QTRY_VERIFY_WITH_TIMEOUT(DecisionView(session, down).bits() == 6, patience);
    QVERIFY(DecisionView(session, down).pinned());
    QTest::keyClick(&view, Qt::Key_0);
    QVERIFY(!DecisionView(session, down).pinned());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(DecisionView(session, down).pinned());
}

void TestMainWindow::filter_narrows_table_and_heatmap()
{
    QVERIFY(openSample());
    QLineEdit* line = nullptr;
    const auto lines = m_window->findChildren<QLineEdit*>();
    for (QLineEdit* one : lines)
        if (one->accessibleName() == QLatin1String("Filter tensors"))
            line = one;
    QVERIFY(line);
    auto* table = m_window->findChild<QAbstractItemView*>(QStringLiteral("tensorTable"));
    QVERIFY(table);
    const int all = table->model()->rowCount();
    line->setText(QStringLiteral("role:down"));
    QVERIFY(table->model()->rowCount() > 0 && table->model()->rowCount() < all);
    line->clear();
    QCOMPARE(table->model()->rowCount(), all);
}

void TestMainWindow::impossible_path_is_said_on_the_start_page()
{
    QSignalSpy failed(&m_window->session(), &Session::failed);
    m_window->openPath("/nowhere/at/all");
    QTRY_COMPARE(failed.count(), 1);
    bool said = false;
    const auto bars = m_window->findChildren<ErrorBar*>();
    for (ErrorBar* bar : bars)
        said |= bar->isVisible() && !bar->sentence().isEmpty();
    QVERIFY(said);
    QVERIFY(openSample()); // and the program goes on
}

void TestMainWindow::closing_while_analysing_is_safe()
{
    m_window->openPath(sample);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_window->session().state() == Session::State::analysing, patience);
    QVERIFY(m_window->close());
    m_window.reset();
    QCoreApplication::processEvents();
    m_window = std::make_unique<MainWindow>(sample);
    m_window->session().setCacheDirectory(std::nullopt);
    m_window->openPath(sample);
    m_window.reset(); // in the middle of opening
}

void TestMainWindow::closing_while_exporting_leaves_nothing()
{
    QVERIFY(openSample());
    m_window->openExportDialog();
    ExportDialog* dialog = m_window->exportDialog();
    dialog->setDestination(m_folder->path(), QStringLiteral("out"));
    dialog->start();
    QVERIFY(dialog->running());
    m_window->close();
    QVERIFY(!m_window->exportDialog());
    const QStringList left = QDir(m_folder->path())
                                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QVERIFY2(left.isEmpty() || left == QStringList {QStringLiteral("out")},
        qPrintable(left.join(QLatin1Char(' ')))); // whole, or not at all
}

void TestMainWindow::export_is_off_until_the_plan_is_final()
{
    m_window->openPath(sample);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_window->session().state() == Session::State::analysing, patience);
    m_window->openExportDialog();
    QVERIFY(!m_window->exportDialog());
    QTRY_VERIFY_WITH_TIMEOUT(isReady(m_window->session()), patience);
    m_window->openExportDialog();
    QVERIFY(m_window->exportDialog());
}

void TestMainWindow::command_line_names_pins_exactly()
{
    QVERIFY(openSample());
    const int down = firstFree(TensorRole::mlpDown);
    m_window->select({down}, down);
    m_window->pinSelection(16);
    QTRY_VERIFY_WITH_TIMEOUT(!plan().options.rules.empty(), patience);
    const Session& session = m_window->session();
    const QString line = exportCommand(
        *session.model(), *session.profile(), plan(),
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

void TestMainWindow::encoders_that_cannot_be_had_say_why()
{
    QVERIFY(openSample());
    QVector<EncoderChoice> choices = encoderChoices(m_window->session());
    QCOMPARE(choices.size(), 3);
    QCOMPARE(defaultEncoder(m_window->session()), Encoder::search); // the probe is off
    choices.last().obstacle = QStringLiteral("no such architecture");
    QComboBox box;
    fillEncoders(box, choices, Encoder::search);
    const auto* items = qobject_cast<QStandardItemModel*>(box.model());
    QCOMPARE(box.currentIndex(), 1);
    QVERIFY(items->item(0)->isEnabled() && items->item(1)->isEnabled());
    QVERIFY(!items->item(2)->isEnabled());
    QCOMPARE(items->item(2)->toolTip(), choices.last().obstacle);
}

void TestMainWindow::fits_a_small_screen()
{
    QVERIFY(openSample());
    for (const auto kind : {ColourChoice::damage, ColourChoice::bits}) {
        m_window->heatmap().colourBy(kind);
        // Docks may still be on their way in, and hold the window open until they are.
        QTRY_COMPARE((m_window->resize(1366, 768), m_window->size()), QSize(1366, 768));
    }
}

void TestMainWindow::headless_command_writes_the_same_bytes()
{
    QVERIFY(openSample());
    const int down = firstFree(TensorRole::mlpDown);
    m_window->select({down}, down);
    m_window->pinSelection(6);
    QTRY_VERIFY_WITH_TIMEOUT(!plan().options.rules.empty(), patience);
    m_window->openExportDialog();
    ExportDialog* dialog = m_window->exportDialog();
    dialog->setDestination(m_folder->path(), QStringLiteral("by command's name"));
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

    dialog->setDestination(m_folder->path(), QStringLiteral("by window"));
    QSignalSpy exported(dialog, &ExportDialog::exported);
    dialog->start();
    QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, patience);
    QVERIFY(dialog->report().has_value());
    QVERIFY2(text.contains(QString::fromStdString(dialog->report()->digest)), qPrintable(text));
}

void TestMainWindow::closed_dock_stays_closed_in_the_next_run()
{
    QVERIFY(openSample());
    const auto dock = [this](const char* name) {
        return m_window->findChild<QDockWidget*>(QLatin1String(name));
    };
    QTRY_VERIFY(dock("findings")->isVisible());
    dock("findings")->close(); // as its cross does
    m_window->close();
    m_window = std::make_unique<MainWindow>(sample);
    m_window->session().setCacheDirectory(std::nullopt);
    m_window->session().setProbeDepth(ProbeDepth::none);
    m_window->show();
    QVERIFY(openSample());
    QTRY_VERIFY(dock("model")->isVisible());
    QVERIFY(!dock("findings")->isVisible());
    dock("findings")->toggleViewAction()->trigger();
    QVERIFY(dock("findings")->isVisible());
}

void TestMainWindow::probe_choice_is_remembered()
{
    const auto actions = m_window->findChildren<QAction*>();
    const auto forward = std::find_if(actions.begin(), actions.end(),
        [](const QAction* one) { return one->text() == QLatin1String("&Forward"); });
    QVERIFY(forward != actions.end());
    (*forward)->trigger();
    QCOMPARE(m_window->session().probeDepth(), ProbeDepth::forward);
    MainWindow next(sample);
    QCOMPARE(next.session().probeDepth(), ProbeDepth::forward);
}

void TestMainWindow::gui_never_stalls()
{
    bitloupe::test::GapWatch watch;
    QVERIFY(QTest::qWaitFor([&] { return watch.worstWall() > 0; }, patience));
    watch.restart();
    QVERIFY(openSample());
    const std::uint64_t start = plan().fileBytes;
    Session& session = m_window->session();
    for (std::uint64_t step = 0; step < 40; ++step) {
        session.editor().setBudget({BudgetKind::fileBytes, start - step * start / 200}, true);
        QTest::qWait(5);
    }
    session.editor().setBudget(session.editor().budget(), false);
    QTRY_VERIFY_WITH_TIMEOUT(
        session.planned()->plan && plan().options.budget->bytes < start, patience);
    qInfo("%s", watch.report().constData());
    if (!bitloupe::test::timesCount)
        QSKIP("sanitizers slow everything down");
    // What the thread itself works between two ticks does not depend on who else uses the
    // machine. Waiting for something would show on the wall clock alone; that limit is wide,
    // for a busy machine may take the processor away several times in one tick.
    QVERIFY2(watch.worstCpu() < 50, watch.report().constData());
    QVERIFY2(watch.worstWall() < 200 + 4 * watch.machineDelay(), watch.report().constData());
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestMainWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_main_window.moc"
