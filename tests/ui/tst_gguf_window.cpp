// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window with GGUF as the target: choose it, plan, pin, undo, export, open what was made.
#include "export/recipe_text.h"
#include "ui/export_dialog.h"
#include "ui/gap_watch.h"
#include "ui/rivals_table.h"
#include "ui/recipe_buttons.h"
#include "ui/sample_window.h"
#include "ui/target_choice.h"
#include "ui/tensor_panel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QMessageBox>
#include <QProcess>
#include <QSignalSpy>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::isReady;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

class TestGgufWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_gguf_window"); }
    void init() { m_window = std::make_unique<SampleWindow>(); }
    void cleanup() { m_window.reset(); }
    void choosing_gguf_plans_with_measured_blocks();
    void budget_pin_and_undo_work_as_for_mlx();
    void exports_a_file_that_reads_back();
    void headless_command_writes_the_same_bytes();
    void split_set_is_planned_with_its_headers();
    void recipes_are_those_of_the_plan();
    void target_chosen_while_measuring_is_planned_in_the_end();
    void stopping_the_block_curves_leaves_a_preview();
    void going_back_to_mlx_finds_the_old_wishes_and_plan();
    void importance_file_weighs_the_block_curves_as_well();
    void mix_of_a_file_is_taken_over_and_compared_with();
    void quantized_file_is_to_look_at_until_a_person_allows_more();
    void choosing_a_target_never_stalls();

private:
    SampleWindow& window() { return *m_window; }
    Session& session() { return window()->session(); }
    static const ExportTarget& gguf() { return *findExportTarget("gguf"); }
    bool planned(const char* target)
    {
        return QTest::qWaitFor(
            [&] { return session().target().id == target && isReady(session()); }, patience);
    }
    bool openForGguf()
    {
        if (!window().openSample())
            return false;
        session().setTarget(gguf());
        return planned("gguf");
    }
    const Codec& chosen(int decision)
    {
        const auto d = static_cast<std::size_t>(decision);
        return codec(session()
                         .profile()
                         ->decisions[d]
                         .options[window().plan().choices[d].option]
                         .codec);
    }
    ExportDialog& dialogFor(const QString& name)
    {
        window()->openExportDialog();
        ExportDialog* dialog = window()->exportDialog();
        dialog->setDestination(window().folder().path(), name);
        return *dialog;
    }
    bool exportAs(ExportDialog& dialog)
    {
        QSignalSpy exported(&dialog, &ExportDialog::exported);
        dialog.start();
        return QTest::qWaitFor([&] { return exported.count() == 1; }, patience)
            && dialog.report().has_value();
    }

    std::unique_ptr<SampleWindow> m_window;
};

void TestGgufWindow::choosing_gguf_plans_with_measured_blocks()
{
    QVERIFY(openForGguf());
    QVERIFY(session().analysis()->blockCurves);
    const Planned& planned = *session().planned();
    for (const DecisionEvidence& one : planned.evidence->decisions)
        QVERIFY(one.known || one.options.size() == 1);
    QVERIFY(planned.mixes.size() > 8);
    QVERIFY(planned.uniformPoints.empty());
    QVERIFY(planned.uniform && planned.uniform->name.find('_') != std::string::npos);
    const auto* rivals = window()->findChild<RivalsTable*>();
    const QStringList mix = rivals->rowTexts(2);
    QVERIFY2(mix.first().startsWith(QLatin1String("llama.cpp ")),
        qPrintable(mix.join(QLatin1Char(' '))));
    // At a client's own size ours is to be better by our own count.
    const PlanPoint* nearest = nearestMix(planned);
    session().editor().setBudget({BudgetKind::fileBytes, nearest->fileBytes}, false);
    const std::uint64_t bytes = nearest->fileBytes;
    const double theirs = nearest->damage;
    QTRY_VERIFY_WITH_TIMEOUT(
        session().planned()->plan && window().plan().options.budget->bytes == bytes, patience);
    QVERIFY(window().plan().damage < theirs);
}

void TestGgufWindow::budget_pin_and_undo_work_as_for_mlx()
{
    QVERIFY(openForGguf());
    const std::uint64_t less = window().plan().fileBytes * 9 / 10;
    session().editor().setBudget({BudgetKind::fileBytes, less}, false);
    QTRY_VERIFY_WITH_TIMEOUT(
        session().planned()->plan && window().plan().fileBytes <= less, patience);
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({down}, down);
    window()->pinSelection(6);
    QTRY_VERIFY_WITH_TIMEOUT(chosen(down).storedType == DType::Q6_K, patience);
    QVERIFY(window().plan().fileBytes <= less);
    window()->pinSelection(4);
    QTRY_VERIFY_WITH_TIMEOUT(chosen(down).storedType == DType::Q4_K, patience);
    emit window()->findChild<TensorPanel*>()->codecRequested(findCodec("q4_1")->id);
    QTRY_VERIFY_WITH_TIMEOUT(chosen(down).storedType == DType::Q4_1, patience);
    session().editor().history().undo();
    session().editor().history().undo();
    session().editor().history().undo();
    QTRY_VERIFY_WITH_TIMEOUT(window().plan().options.rules.empty(), patience);
    session().editor().history().undo();
    QTRY_VERIFY_WITH_TIMEOUT(session().planned()->plan && window().plan().fileBytes > less, patience);
}

void TestGgufWindow::exports_a_file_that_reads_back()
{
    QVERIFY(openForGguf());
    window()->openExportDialog();
    const QString proposed = QFileInfo(window()->exportDialog()->destination()).fileName();
    QVERIFY2(proposed.contains(QLatin1String("-BL-")) && proposed.endsWith(QLatin1String(".gguf")),
        qPrintable(proposed));
    ExportDialog& dialog = dialogFor(QStringLiteral("out.gguf"));
    const std::uint64_t planned = window().plan().fileBytes;
    QVERIFY(exportAs(dialog));
    QCOMPARE(dialog.report()->weightFileBytes, planned);
    QCOMPARE(std::uint64_t(QFileInfo(dialog.destination()).size()), planned);
    QCOMPARE(dialog.report()->outsideBound, 0U);
    QVERIFY(dialog.report()->checks.size() > 20);
}

void TestGgufWindow::headless_command_writes_the_same_bytes()
{
    QVERIFY(openForGguf());
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({down}, down);
    window()->pinSelection(5);
    QTRY_VERIFY_WITH_TIMEOUT(!window().plan().options.rules.empty(), patience);
    ExportDialog& dialog = dialogFor(QStringLiteral("by command.gguf"));
    dialog.setSplitBytes(2'000'000);
    QTRY_VERIFY_WITH_TIMEOUT(dialog.isPlanned(), patience);
    QString line = dialog.command();
    QVERIFY2(line.contains(QLatin1String(" --target gguf "))
            && line.contains(QLatin1String(" --split-size 2000000 ")),
        qPrintable(line));
    line.replace(0, 8, QStringLiteral(BITLOUPE_PROGRAM));
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), line + QStringLiteral(" --quiet --no-cache")});
    if (!shell.waitForStarted())
        QSKIP("there is no /bin/sh");
    QVERIFY(shell.waitForFinished(patience));
    QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());
    const QString text = QString::fromUtf8(shell.readAllStandardOutput());
    dialog.setDestination(window().folder().path(), QStringLiteral("by window.gguf"));
    QVERIFY(exportAs(dialog));
    QVERIFY2(text.contains(QString::fromStdString(dialog.report()->digest)), qPrintable(text));
}

void TestGgufWindow::split_set_is_planned_with_its_headers()
{
    QVERIFY(openForGguf());
    ExportDialog& dialog = dialogFor(QStringLiteral("set.gguf"));
    const std::uint64_t whole = window().plan().fileBytes;
    dialog.setSplitBytes(1'000'000);
    QVERIFY(!dialog.isPlanned());
    dialog.start(); // there is nothing to write yet
    QVERIFY(!dialog.running());
    QTRY_VERIFY_WITH_TIMEOUT(dialog.isPlanned(), patience);
    QVERIFY(exportAs(dialog));
    const ExportReport& report = *dialog.report();
    QVERIFY(report.files.size() > 1);
    QCOMPARE(report.weightFileBytes, report.plannedBytes);
    QVERIFY(report.weightFileBytes != whole);
    QVERIFY(std::any_of(report.files.begin(), report.files.end(), [](const WrittenFile& file) {
        return file.name.find("-00001-of-0000") != std::string::npos;
    }));
}

void TestGgufWindow::recipes_are_those_of_the_plan()
{
    QVERIFY(openForGguf());
    ExportDialog& dialog = dialogFor(QStringLiteral("out.gguf"));
    const QString file = window().folder().filePath(QStringLiteral("types.txt"));
    QSignalSpy saved(&dialog.recipes(), &RecipeButtons::saved);
    dialog.recipes().save(RecipeButtons::Recipe::tensorTypes, file);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);
    QFile made(file);
    QVERIFY(made.open(QIODevice::ReadOnly));
    const std::string expected = llamaTensorTypes(*session().profile(), window().plan());
    QVERIFY(expected.find("^blk\\.0\\.ffn_down\\.weight$=") != std::string::npos);
    QCOMPARE(made.readAll().toStdString(), expected);
}

void TestGgufWindow::target_chosen_while_measuring_is_planned_in_the_end()
{
    window()->openPath(test::sample);
    QTRY_VERIFY_WITH_TIMEOUT(session().state() == Session::State::analysing, patience);
    session().setTarget(gguf());
    QVERIFY(planned("gguf"));
    QVERIFY(session().analysis()->blockCurves);
    // The next model is planned for it at once.
    QVERIFY(window().openSample());
    QCOMPARE(session().target().id, std::string_view("gguf"));
}

void TestGgufWindow::stopping_the_block_curves_leaves_a_preview()
{
    QVERIFY(window().openSample());
    session().setTarget(gguf());
    QTRY_VERIFY_WITH_TIMEOUT(session().measuringBlocks(), patience);
    session().cancel();
    QTRY_VERIFY_WITH_TIMEOUT(session().state() == Session::State::partial, patience);
    QTRY_VERIFY_WITH_TIMEOUT(session().planned() && session().planned()->plan, patience);
    QVERIFY(window().plan().provisional);
    window()->openExportDialog();
    QVERIFY(!window()->exportDialog());
    session().setTarget(exportTargets().front());
    QVERIFY(planned("mlx"));
    session().setTarget(gguf());
    QVERIFY(planned("gguf"));
}

void TestGgufWindow::going_back_to_mlx_finds_the_old_wishes_and_plan()
{
    QVERIFY(window().openSample());
    const std::uint64_t bytes = window().plan().fileBytes;
    const double damage = window().plan().damage;
    const int last = static_cast<int>(session().profile()->decisions.size()) - 1;
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({down, last}, down);
    window()->pinSelection(8);
    session().setTarget(gguf());
    QVERIFY(session().editor().pins().isEmpty()); // they are of the other target's tensors
    QVERIFY(planned("gguf"));
    QVERIFY(session().planned()->evidence->decisions.size() == session().profile()->decisions.size());
    session().setTarget(exportTargets().front());
    QVERIFY(planned("mlx"));
    QVERIFY(session().editor().pins().contains(down));
    session().editor().clearPins();
    QTRY_VERIFY_WITH_TIMEOUT(window().plan().options.rules.empty(), patience);
    QCOMPARE(window().plan().fileBytes, bytes);
    QCOMPARE(window().plan().damage, damage);
}

void TestGgufWindow::importance_file_weighs_the_block_curves_as_well()
{
    session().setProbeDepth(ProbeDepth::forward);
    QVERIFY(openForGguf());
    const QString file = window().folder().filePath(QStringLiteral("inputs.dat"));
    QSignalSpy saved(&session(), &Session::imatrixSaved);
    session().saveImatrix(file.toStdString());
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);
    session().setProbeDepth(ProbeDepth::none);
    QVERIFY(planned("gguf"));
    QCOMPARE(session().tier(), 1);
    session().importImatrix(file.toStdString());
    QVERIFY(planned("gguf"));
    QCOMPARE(session().tier(), 2);
    const int down = window().firstFree(TensorRole::mlpDown);
    const auto d = static_cast<std::size_t>(down);
    const Evidence& evidence = *session().planned()->evidence;
    for (std::size_t o = 0; o + 1 < evidence.decisions[d].options.size(); ++o)
        QVERIFY(evidence.decisions[d].details[o].probed.inputError > 0);
    QVERIFY(dialogFor(QStringLiteral("out.gguf")).command().contains(QLatin1String("--imatrix ")));
}

void TestGgufWindow::mix_of_a_file_is_taken_over_and_compared_with()
{
    QVERIFY(openForGguf());
    ExportDialog& dialog = dialogFor(QStringLiteral("theirs.gguf"));
    QVERIFY(exportAs(dialog));
    const std::string theirs = dialog.destination().toStdString();
    const auto choices = window().plan().choices;
    const std::uint64_t bytes = window().plan().fileBytes;
    dialog.close();
    session().editor().setBudget({BudgetKind::fileBytes, bytes * 9 / 10}, false);
    session().readMix(theirs, Session::Mix::comparison);
    QTRY_VERIFY_WITH_TIMEOUT(session().planned()->comparisons.size() == 1, patience);
    QCOMPARE(session().planned()->comparisons.front().fileBytes, bytes);
    QVERIFY(session().editor().pins().isEmpty());
    session().readMix(theirs, Session::Mix::pins);
    QTRY_VERIFY_WITH_TIMEOUT(
        session().planned()->plan && window().plan().fileBytes == bytes, patience);
    for (std::size_t d = 0; d < choices.size(); ++d)
        QCOMPARE(window().plan().choices[d].option, choices[d].option);
    session().editor().history().undo(); // all of it is one step
    QVERIFY(session().editor().pins().isEmpty());
    QCOMPARE(session().editor().budget().bytes, bytes * 9 / 10);
}

void TestGgufWindow::quantized_file_is_to_look_at_until_a_person_allows_more()
{
    QVERIFY(openForGguf());
    ExportDialog& dialog = dialogFor(QStringLiteral("first.gguf"));
    QVERIFY(exportAs(dialog));
    const QString first = dialog.destination();
    dialog.close();
    session().setTarget(exportTargets().front());
    window()->openPath(first.toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(
        session().model() && session().model()->format == ModelFormat::gguf, patience);
    QVERIFY(planned("gguf"));
    QCOMPARE(session().exportProblem()->code, Errc::alreadyQuantized);
    QVERIFY(session().offers().front().problem.has_value());
    auto* choice = window()->findChild<TargetChoice*>();
    const auto* list = choice->findChild<QComboBox*>();
    QVERIFY(!(list->model()->flags(list->model()->index(0, 0)) & Qt::ItemIsEnabled));
    QVERIFY(!list->itemData(0, Qt::ToolTipRole).toString().isEmpty());
    choice->askToRequantize();
    auto* box = choice->findChild<QMessageBox*>();
    QVERIFY(box && !box->text().isEmpty());
    const auto buttons = box->buttons();
    for (QAbstractButton* button : buttons)
        if (box->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    QVERIFY(!session().exportProblem());
    ExportDialog& again = dialogFor(QStringLiteral("again.gguf"));
    QVERIFY(again.command().contains(QLatin1String(" --allow-requantize")));
    QVERIFY(exportAs(again));
}

void TestGgufWindow::choosing_a_target_never_stalls()
{
    QVERIFY(window().openSample());
    bitloupe::test::GapWatch watch;
    QVERIFY(QTest::qWaitFor([&] { return watch.worstWall() > 0; }, patience));
    watch.restart();
    session().setTarget(gguf());
    QVERIFY(planned("gguf"));
    session().setTarget(exportTargets().front());
    QVERIFY(planned("mlx"));
    qInfo("%s", watch.report().constData());
    QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestGgufWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_gguf_window.moc"
