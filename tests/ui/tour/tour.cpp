// SPDX-License-Identifier: GPL-3.0-or-later
// Walks through the window on the sample and takes a picture at every stop.
#include "ui/budget_panel.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/saved_plans.h"
#include "ui/cut_texts.h"
#include "ui/device_panel.h"
#include "ui/error_bar.h"
#include "ui/error_text.h"
#include "ui/export_dialog.h"
#include "ui/field_outlines.h"
#include "ui/guide.h"
#include "ui/heatmap_page.h"
#include "ui/moe_folder.h"
#include "ui/plain_palette.h"
#include "ui/project/project_keeper.h"
#include "ui/rules/rule_form.h"
#include "ui/rules/rules_panel.h"
#include "ui/sample_window.h"
#include "ui/shortcut_sheet.h"
#include "ui/tensor_panel.h"
#include "ui/views/frontier_view.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/legend.h"
#include "ui/views/plot_picture.h"

#include <QDir>
#include <QDockWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyleFactory>
#include <QTabBar>
#include <QTabWidget>
#include <QTextBrowser>
#include <QToolButton>

#include <memory>
#include <set>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

class Tour : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void start_page();
    void while_it_analyses();
    void heatmap_by_damage_and_by_bits();
    void table();
    void error_map();
    void scale_editor();
    void rules();
    void export_dialog();
    void shortcuts_and_guide();
    void small_screen();
    void error_bar();
    void right_to_left();
    void gguf_at_1100_pixels();
    void export_dialog_for_gguf();
    void comparison();
    void beside_a_plan_that_was_kept();
    void experts_in_ram();
    void two_memories_one_behind_the_other();
    void budget_that_holds_nothing();
    void unsaved_changes();
    void start_page_with_a_project();
    void cleanupTestCase() { m_window.reset(); }

private:
    void take(QWidget& widget, const char* name);
    void settle() { QTest::qWait(400); }
    bool setTarget(const char* id);
    void raiseDock(const char* name);

    test::ScratchFolder m_moe;
    std::unique_ptr<SampleWindow> m_window;
    QString m_folder;
    QSize m_whole; // of the window where nothing else is said
};

void Tour::initTestCase()
{
    m_folder = qEnvironmentVariable("TOUR_FOLDER", QStringLiteral("tour"));
    QVERIFY(QDir().mkpath(m_folder));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    outlineFields();
    QApplication::setPalette(plainPalette(qEnvironmentVariable("TOUR_THEME") == QLatin1String("dark")));
    test::useTestSettings("tour");
    m_window = std::make_unique<SampleWindow>();
    m_whole = QSize(1440, 900).boundedTo(m_window->get()->screen()->availableSize());
    (*m_window)->resize(m_whole);
}

// An empty or one-coloured picture is none, and in one of a window everything can be read.
void Tour::take(QWidget& widget, const char* name)
{
    settle();
    const QStringList cut = test::cutTexts(widget);
    QVERIFY2(cut.isEmpty(),
        qPrintable(QLatin1String(name) + QStringLiteral(" cuts ") + cut.join(QLatin1Char('|'))));
    if (widget.isWindow())
        QCOMPARE(widget.size(), widget.size().boundedTo(widget.screen()->availableSize()));
    const QImage picture = widget.grab().toImage();
    std::set<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 3)
        for (int x = 0; x < picture.width(); x += 3)
            colours.insert(picture.pixel(x, y));
    QVERIFY2(colours.size() > 8, name);
    QVERIFY(picture.save(m_folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png")));
}

void Tour::raiseDock(const char* name)
{
    auto* dock = (*m_window)->findChild<QDockWidget*>(QLatin1String(name));
    QVERIFY(dock);
    dock->raise();
}

bool Tour::setTarget(const char* id)
{
    Session& session = (*m_window)->session();
    session.setTarget(*findExportTarget(id));
    return QTest::qWaitFor(
        [&] { return session.target().id == id && test::isReady(session); }, patience);
}

void Tour::start_page() { take(*m_window->get(), "01-start"); }

void Tour::while_it_analyses()
{
    Session& session = (*m_window)->session();
    const auto filling = connect(&session, &Session::scoresChanged, this,
        [&session](const QVector<int>& tensors) { session.setPaused(!tensors.isEmpty()); });
    (*m_window)->openPath(test::sample);
    QVERIFY(QTest::qWaitFor([&] { return session.paused(); }, patience));
    disconnect(filling);
    take(*m_window->get(), "00-analysing");
    session.setPaused(false);
    QVERIFY(QTest::qWaitFor([&] { return test::isReady(session); }, patience));
}

void Tour::heatmap_by_damage_and_by_bits()
{
    MainWindow& window = *m_window->get();
    window.session().setProbeDepth(ProbeDepth::automatic);
    QVERIFY(m_window->openSample());
    settle();
    window.resetLayout();
    const int down = m_window->firstFree(TensorRole::mlpDown);
    window.select({down}, down);
    window.heatmap().colourBy(ColourChoice::damage);
    take(window, "02-damage");
    window.heatmap().colourBy(ColourChoice::bits);
    take(window, "03-bits");
}

void Tour::table()
{
    MainWindow& window = *m_window->get();
    auto* tabs = window.centralWidget()->findChild<QTabWidget*>();
    tabs->setCurrentIndex(1);
    take(window, "04-table");
    tabs->setCurrentIndex(0);
}

void Tour::error_map()
{
    auto* panel = (*m_window)->findChild<TensorPanel*>();
    auto* tabs = panel->findChild<QTabWidget*>();
    tabs->setCurrentIndex(3);
    take(*m_window->get(), "05-error-map");
    tabs->setCurrentIndex(0);
}

void Tour::scale_editor()
{
    HeatmapPage& page = (*m_window)->heatmap();
    page.colourBy(ColourChoice::damage);
    page.setColourRange({1e-5, 1e-3, true});
    QTest::keyClick(&page.legend(), Qt::Key_Space);
    take(page.scaleEditor(), "06-scale-editor");
    page.scaleEditor().close();
    take(page, "07-scale-of-ones-own");
}

void Tour::rules()
{
    auto* panel = (*m_window)->findChild<RulesPanel*>();
    raiseDock("rules");
    take(*m_window->get(), "08-no-rules");
    panel->form().setPattern(QStringLiteral("layers.0."));
    for (auto* button : panel->form().findChildren<QPushButton*>())
        QVERIFY(QTest::qWaitFor([button] { return button->isEnabled(); }, patience)
            && (button->click(), true));
    QVERIFY(QTest::qWaitFor([&] { return !m_window->plan().options.rules.empty(); }, patience));
    take(*m_window->get(), "09-rules");
    (*m_window)->session().editor().history().undo();
    raiseDock("tensor");
}

void Tour::export_dialog()
{
    QVERIFY(QTest::qWaitFor([&] { return m_window->plan().options.rules.empty(); }, patience));
    (*m_window)->openExportDialog();
    ExportDialog* dialog = (*m_window)->exportDialog();
    QVERIFY(dialog);
    dialog->setDestination(m_window->folder().path(), QStringLiteral("sample-mlx-4.5bpw"));
    take(*dialog, "10-export");
    dialog->setEncoder(Encoder::search); // the others take minutes
    dialog->start();
    QTest::qWait(60);
    QVERIFY(dialog->grab().save(m_folder + QStringLiteral("/11-exporting.png")));
    QVERIFY(QTest::qWaitFor([&] { return dialog->report().has_value(); }, patience));
    take(*dialog, "12-exported");
    delete dialog;
}

void Tour::shortcuts_and_guide()
{
    (*m_window)->showShortcuts();
    auto* sheet = (*m_window)->findChild<ShortcutSheet*>();
    take(*sheet, "13-shortcuts");
    delete sheet;
    (*m_window)->showGuide();
    auto* guide = (*m_window)->findChild<Guide*>();
    take(*guide, "14-guide");
    QVERIFY(!guide->findChild<QTextBrowser*>()->horizontalScrollBar()->isVisible());
    delete guide;
}

void Tour::small_screen()
{
    (*m_window)->resize(1366, 768);
    take(*m_window->get(), "15-1366x768");
    QCOMPARE((*m_window)->size(), QSize(1366, 768));
    (*m_window)->resize(m_whole);
}

void Tour::error_bar()
{
    auto bars = (*m_window)->centralWidget()->findChildren<ErrorBar*>();
    for (ErrorBar* bar : bars)
        bar->showError({Errc::truncated, "model-00002-of-00004.safetensors",
            "found 4,993,024 bytes, expected 4,993,028,096"});
    for (ErrorBar* bar : bars)
        for (auto* button : bar->findChildren<QPushButton*>())
            button->setChecked(true);
    take(*m_window->get(), "16-error");
    for (ErrorBar* bar : bars)
        bar->hide();
}

void Tour::right_to_left()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    take(*m_window->get(), "17-right-to-left");
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void Tour::gguf_at_1100_pixels()
{
    QVERIFY(setTarget("gguf"));
    take(*m_window->get(), "18-gguf");
    (*m_window)->resize(1100, 700);
    take(*m_window->get(), "19-gguf-1100");
}

void Tour::export_dialog_for_gguf()
{
    (*m_window)->openExportDialog();
    ExportDialog* dialog = (*m_window)->exportDialog();
    QVERIFY(dialog);
    dialog->setDestination(m_window->folder().path(), QStringLiteral("sample.gguf"));
    take(*dialog, "20-export-gguf");
    dialog->setEncoder(Encoder::search); // the others take minutes
    dialog->start();
    QVERIFY(QTest::qWaitFor([&] { return dialog->report().has_value(); }, patience));
    take(*dialog, "21-exported-gguf");
    delete dialog;
}

void Tour::comparison()
{
    MainWindow& window = *m_window->get();
    QVERIFY(setTarget("mlx"));
    window.resize(m_whole);
    window.showCompare();
    ComparePage& page = window.comparePage();
    page.compare(QStringLiteral("plan"), QStringLiteral("uniform"));
    QVERIFY(QTest::qWaitFor([&] { return page.pair() && !page.computing(); }, patience));
    take(window, "27-compare");
    window.centralWidget()->findChild<QTabWidget*>()->setCurrentIndex(0);
    for (const char* ending : {"pdf", "svg", "png"}) { // as people take them away
        QWidget* view = window.findChild<FrontierView*>();
        const QString file = m_folder + QStringLiteral("/28-frontier.") + QLatin1String(ending);
        QVERIFY(savePicture(*view, file, *pictureFormatOf(file), 2).has_value());
        const QString map = m_folder + QStringLiteral("/29-heatmap.") + QLatin1String(ending);
        QVERIFY(savePicture(window.heatmap().view(), map, *pictureFormatOf(map), 1).has_value());
    }
}

void Tour::beside_a_plan_that_was_kept()
{
    MainWindow& window = *m_window->get();
    ProjectPlan kept = planInForce(window.session());
    kept.name = "Smaller";
    QVERIFY(window.savedPlans().add(kept));
    Budget budget = window.session().editor().budget();
    const double before = m_window->plan().damage;
    budget.bytes = budget.bytes * 6 / 5;
    window.session().editor().setBudget(budget, false);
    QVERIFY(QTest::qWaitFor([&] { return m_window->plan().damage < before; }, patience));
    raiseDock("savedPlans");
    window.heatmap().colourBy(ColourChoice::bitsOverPlan);
    take(window, "32-beside-a-saved-plan");
    const QString map = m_folder + QStringLiteral("/33-beside-a-saved-plan.png");
    QVERIFY(savePicture(window.heatmap().view(), map, PictureFormat::png, 1).has_value());
    window.showCompare();
    QVERIFY(QTest::qWaitFor([&] { return !window.comparePage().computing(); }, patience));
    const QString compared = m_folder + QStringLiteral("/34-compared.png");
    QVERIFY(savePicture(window.comparePage().view(), compared, PictureFormat::png, 1).has_value());
    window.centralWidget()->findChild<QTabWidget*>()->setCurrentIndex(0);
    window.heatmap().colourBy(ColourChoice::bits);
    const QString bits = m_folder + QStringLiteral("/35-bits.png");
    QVERIFY(savePicture(window.heatmap().view(), bits, PictureFormat::png, 1).has_value());
    window.heatmap().colourBy(ColourChoice::damage);
}

void Tour::experts_in_ram()
{
    test::writeMoe(m_moe, true);
    MainWindow& window = *m_window->get();
    window.resize(m_whole);
    window.openPath(m_moe.path());
    QVERIFY(QTest::qWaitFor([&] { return test::isReady(window.session()); }, patience));
    const Budget two {BudgetKind::fileBytes, 70000, 55000};
    window.session().editor().setBudget(two, false);
    QVERIFY(QTest::qWaitFor([&] { return m_window->plan().options.budget == two; }, patience));
    take(window, "22-experts-in-ram");
    auto* panel = window.findChild<BudgetPanel*>();
    take(*panel, "23-two-memories");
}

void Tour::two_memories_one_behind_the_other()
{
    MainWindow& window = *m_window->get();
    for (auto* box : window.findChildren<QSpinBox*>())
        if (box->accessibleName() == QLatin1String("Sequences"))
            box->setValue(16);
    auto* tabs = window.findChild<DevicePanel*>()->findChild<QTabBar*>();
    window.resize(1366, 768);
    take(window, "30-two-memories-1366");
    window.resize(1100, 700);
    QTRY_VERIFY(tabs->isVisible());
    tabs->setCurrentIndex(1);
    take(window, "31-two-memories-1100");
    tabs->setCurrentIndex(0);
    window.resize(m_whole);
}

void Tour::budget_that_holds_nothing()
{
    MainWindow& window = *m_window->get();
    window.session().editor().setBudget({BudgetKind::fileBytes, 70000, 1000}, false);
    QVERIFY(QTest::qWaitFor([&] { return window.session().planned()->problem.has_value(); }, patience));
    auto* panel = window.findChild<BudgetPanel*>();
    for (auto* more : panel->findChild<ErrorLabel*>()->findChildren<QToolButton*>())
        more->setChecked(true);
    take(*panel, "24-infeasible");
    window.session().editor().history().undo();
}

void Tour::unsaved_changes()
{
    MainWindow& window = *m_window->get();
    QVERIFY(!window.close());
    take(*window.unsavedQuestion(), "25-unsaved");
    delete window.unsavedQuestion();
}

void Tour::start_page_with_a_project()
{
    QSignalSpy saved(&(*m_window)->project(), &ProjectKeeper::saved);
    (*m_window)->project().save(
        m_window->folder().filePath(QStringLiteral("moe.bitloupe")).toStdString(), {}, true);
    QVERIFY(saved.wait(patience));
    m_window->reopen();
    (*m_window)->resize(m_whole);
    take(*m_window->get(), "26-start-again");
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    Tour tour;
    return QTest::qExec(&tour, argc, argv);
}
#include "tour.moc"
