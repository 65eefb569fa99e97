// SPDX-License-Identifier: GPL-3.0-or-later
// 500 layers of a mixture of experts, and 5,000 layers of a dense model, 60,000 tensors each: the
// window answers throughout.
#include "support/layered_model.h"
#include "support/scratch_folder.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/saved_plans.h"
#include "ui/gap_watch.h"
#include "ui/heatmap_page.h"
#include "ui/main_window.h"
#include "ui/project/project_keeper.h"
#include "ui/ready_session.h"
#include "ui/views/heatmap_view.h"

#include <QApplication>
#include <QComboBox>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace bitloupe;
using namespace bitloupe::ui;

namespace {

constexpr int layers = 500;
constexpr int experts = 36;
constexpr int tensorsOfLayer = 120;
constexpr int denseLayers = 5000;
constexpr int patience = 400'000;

std::string denseModel()
{
    test::LayerParts parts = test::denseLayer();
    for (const char* name : {"self_attn.q_norm", "self_attn.k_norm", "pre_feedforward_layernorm"})
        parts.norms.emplace_back(name);
    return test::layeredModel(denseLayers, parts);
}

} // namespace

class TestLargeWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void opening_the_table_takes_less_than_200_ms();
    void a_slider_moves_without_a_gap_data();
    void a_slider_moves_without_a_gap();
    void comparing_leaves_no_gap();
    void bits_beside_a_saved_plan_leave_no_gap();
    void saving_leaves_no_gap();

private:
    /// Drags the budget and waits for the plan; the worst time without an answer.
    void drag();
    bool open(const std::filesystem::path& model);
    Session& session() { return m_window->session(); }
    QTabWidget& tabs() { return *m_window->centralWidget()->findChild<QTabWidget*>(); }

    test::ScratchFolder m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void TestLargeWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings().clear();
    m_folder.write("model.safetensors", test::layeredModel(layers, test::expertLayer(experts)));
    m_folder.write("dense.safetensors", denseModel());
    m_window = std::make_unique<MainWindow>();
    session().setCacheDirectory(std::nullopt);
    session().setProbeDepth(ProbeDepth::none);
    m_window->show();
    test::GapWatch watch;
    QTest::qWait(50);
    watch.restart();
    m_window->openPath(m_folder / "model.safetensors");
    QTRY_VERIFY_WITH_TIMEOUT(test::isReady(session()), patience);
    QTest::qWait(500);
    QCOMPARE(session().model()->tensors.size(), std::size_t {layers * tensorsOfLayer});
    qInfo("opening: %s", watch.report().constData());
}

void TestLargeWindow::opening_the_table_takes_less_than_200_ms()
{
    const double before = test::threadCpuMs();
    tabs().setCurrentIndex(1);
    QCoreApplication::processEvents();
    tabs().currentWidget()->grab();
    const double took = test::threadCpuMs() - before;
    qInfo("opened in %.1f ms", took);
    const auto* table = m_window->findChild<QTreeView*>(QStringLiteral("tensorTable"));
    QVERIFY(table->model()->rowCount() >= layers * 12);
    QVERIFY2(!test::timesCount || took < 200, qPrintable(QString::number(took)));
}

bool TestLargeWindow::open(const std::filesystem::path& model)
{
    if (session().model() && session().model()->path == model)
        return true;
    tabs().setCurrentIndex(0);
    m_window->openPath(model);
    return QTest::qWaitFor([&] {
        return session().model() && session().model()->path == model && test::isReady(session());
    }, patience);
}

void TestLargeWindow::drag()
{
    const std::uint64_t start = session().planned()->plan->fileBytes;
    for (std::uint64_t step = 1; step < 20; ++step) {
        session().editor().setBudget({BudgetKind::fileBytes, start + step * start / 400}, true);
        QTest::qWait(20);
    }
    session().editor().setBudget({BudgetKind::fileBytes, start}, false);
    QTRY_VERIFY_WITH_TIMEOUT(session().planned()->plan->options.budget->bytes == start, patience);
    QTest::qWait(400);
}

void TestLargeWindow::a_slider_moves_without_a_gap_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("tab");
    for (const char* model : {"model", "dense"})
        for (const auto& [tab, name] : {std::pair(0, "heatmap"), {1, "table"}, {2, "comparison"}})
            QTest::addRow("%s, %s", model, name) << QString::fromLatin1(model) << tab;
}

void TestLargeWindow::a_slider_moves_without_a_gap()
{
    QFETCH(QString, model);
    QFETCH(int, tab);
    test::GapWatch watch;
    QTest::qWait(50);
    watch.restart();
    QVERIFY(open(m_folder / (model + QStringLiteral(".safetensors")).toStdString()));
    QTest::qWait(500);
    qInfo("opening: %s", watch.report().constData());
    const bool opened = watch.alwaysAnswered();
    const QByteArray opening = watch.report();
    watch.restart();
    tabs().setCurrentIndex(tab);
    QTest::qWait(500);
    qInfo("tab: %s", watch.report().constData());
    watch.restart();
    drag();
    qInfo("slider: %s", watch.report().constData());
    QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
    QVERIFY2(opened, opening.constData());
}

void TestLargeWindow::comparing_leaves_no_gap()
{
    QVERIFY(open(m_folder / "dense.safetensors"));
    m_window->showCompare();
    ComparePage& page = m_window->comparePage();
    QVERIFY(QTest::qWaitFor([&] { return page.pair() && !page.computing(); }, patience));
    QVERIFY(m_window->savedPlans().add(planInForce(session())));
    test::GapWatch watch;
    QTest::qWait(50);
    for (const char* other : {"source", "saved/Plan 1", "uniform"}) {
        watch.restart();
        page.compare(QStringLiteral("plan"), QLatin1String(other));
        QVERIFY(QTest::qWaitFor([&] { return page.pair() && !page.computing(); }, patience));
        QTest::qWait(100);
        qInfo("%s: %s", other, watch.report().constData());
        QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
    }
    watch.restart();
    page.table().sortByColumn(CompareTableModel::damage, Qt::DescendingOrder);
    QTest::qWait(100);
    qInfo("sorting: %s", watch.report().constData());
    QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
}

void TestLargeWindow::bits_beside_a_saved_plan_leave_no_gap()
{
    QVERIFY(open(m_folder / "dense.safetensors"));
    tabs().setCurrentIndex(0);
    while (m_window->savedPlans().rowCount() > 0)
        m_window->savedPlans().remove(0);
    for (int i = 0; i < 2; ++i)
        QVERIFY(m_window->savedPlans().add(planInForce(session())));
    HeatmapPage& page = m_window->heatmap();
    auto* colour = page.findChild<QComboBox*>();
    page.colourBy(ColourChoice::bitsOverPlan);
    const int first = colour->currentIndex();
    page.colourBy(ColourChoice::damage);
    test::GapWatch watch;
    QTest::qWait(50);
    watch.restart();
    colour->setCurrentIndex(first);
    colour->setCurrentIndex(first + 1); // before the first is found
    colour->setCurrentIndex(first);
    QVERIFY(QTest::qWaitFor([&] { return page.view().dataRange().second == 0; }, patience));
    QTest::qWait(100);
    qInfo("beside a saved plan: %s", watch.report().constData());
    QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
    page.colourBy(ColourChoice::damage);
}

void TestLargeWindow::saving_leaves_no_gap()
{
    test::GapWatch watch;
    QTest::qWait(50);
    watch.restart();
    const std::filesystem::path table = m_folder / "comparison.csv", project = m_folder / "a.bitloupe";
    m_window->comparePage().saveTableTo(QString::fromStdString(table.string()));
    m_window->project().save(project, {}, true);
    QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(table) && std::filesystem::exists(project), patience);
    QTest::qWait(100);
    qInfo("saving: %s", watch.report().constData());
    QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestLargeWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_large_window.moc"
