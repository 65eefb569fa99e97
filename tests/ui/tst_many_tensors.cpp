// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/layered_model.h"
#include "support/scratch_folder.h"
#include "ui/gap_watch.h"
#include "ui/heatmap_page.h"
#include "ui/main_window.h"
#include "ui/models/tensor_table_model.h"
#include "ui/ready_session.h"
#include "ui/views/heatmap_view.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTreeView>

#include <algorithm>

using namespace bitloupe;
using namespace bitloupe::ui;

namespace {

constexpr int layers = 2000;
constexpr int patience = 300'000;

// 18,000 tensors, as in the largest mixtures of experts.
std::string manyTensors()
{
    test::LayerParts parts = test::denseLayer();
    parts.rows = 4;
    return test::layeredModel(layers, parts);
}

std::size_t knownDecisions(const Session& session)
{
    const auto& decisions = session.planned()->evidence->decisions;
    return static_cast<std::size_t>(std::count_if(decisions.begin(), decisions.end(),
        [](const DecisionEvidence& one) { return one.known; }));
}

} // namespace

class TestManyTensors : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void window_answers_throughout();
    void cells_fill_in_while_tensors_finish();
    void table_sorts_without_a_gap();

private:
    test::ScratchFolder m_folder;
    std::unique_ptr<MainWindow> m_window;
    std::size_t m_mostPreviewed = 0; // decisions measured in a plan before the last
};

void TestManyTensors::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings().clear();
    m_folder.write("model.safetensors", manyTensors());
    m_window = std::make_unique<MainWindow>();
    m_window->session().setCacheDirectory(std::nullopt);
    m_window->show();
}

void TestManyTensors::window_answers_throughout()
{
    test::GapWatch watch;
    QTest::qWait(50);
    watch.restart();
    Session& session = m_window->session();
    const auto counting = connect(&session, &Session::planChanged, this, [&] {
        if (session.state() == Session::State::analysing)
            m_mostPreviewed = std::max(m_mostPreviewed, knownDecisions(session));
    });
    m_window->openPath(m_folder / "model.safetensors");
    QTRY_VERIFY_WITH_TIMEOUT(test::isReady(session), patience);
    disconnect(counting);
    const std::uint64_t start = session.planned()->plan->fileBytes;
    for (std::uint64_t step = 1; step < 20; ++step) {
        session.editor().setBudget({BudgetKind::fileBytes, start + step * start / 400}, true);
        QTest::qWait(20);
    }
    QTRY_VERIFY_WITH_TIMEOUT(session.planned()->plan->options.budget->bytes > start, patience);
    qInfo("%s", watch.report().constData());
    QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
}

void TestManyTensors::cells_fill_in_while_tensors_finish()
{
    QVERIFY(m_mostPreviewed > 0);
    QVERIFY(knownDecisions(m_window->session()) >= m_mostPreviewed);
}

void TestManyTensors::table_sorts_without_a_gap()
{
    auto* table = m_window->findChild<QTreeView*>(QStringLiteral("tensorTable"));
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), layers * 9);
    table->grab();
    const double before = test::threadCpuMs();
    table->sortByColumn(TensorTableModel::damage, Qt::DescendingOrder);
    const double took = test::threadCpuMs() - before;
    qInfo("sorted in %.1f ms", took);
    QVERIFY(!test::timesCount || took < 50);
    const auto key = [table](int row) {
        return table->model()
            ->index(row, TensorTableModel::damage)
            .data(TensorTableModel::sortRole)
            .toDouble();
    };
    QVERIFY(key(0) >= key(1));
    QVERIFY(key(0) > key(layers * 9 - 1));
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestManyTensors test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_many_tensors.moc"
