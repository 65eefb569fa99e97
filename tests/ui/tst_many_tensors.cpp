// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"
#include "ui/gap_watch.h"
#include "ui/heatmap_page.h"
#include "ui/main_window.h"
#include "ui/models/tensor_table_model.h"
#include "ui/views/heatmap_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTreeView>

using namespace bitloupe;
using namespace bitloupe::ui;

namespace {

constexpr int layers = 2000;
constexpr int patience = 300'000;

// Seven matrices a layer and two norms: 18,000 tensors, as in the largest mixtures of experts.
std::string manyTensors()
{
    test::SafetensorsBuilder builder;
    for (int layer = 0; layer < layers; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        for (const char* name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj",
                 "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"})
            builder.addFloats(prefix + name + ".weight", {4, 64});
        for (const char* name : {"input_layernorm", "post_attention_layernorm"})
            builder.addFloats(prefix + name + ".weight", {64});
    }
    return builder.bytes();
}

} // namespace

class TestManyTensors : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void window_answers_throughout();
    void table_draws_and_sorts_quickly();

private:
    test::ScratchFolder m_folder;
    std::unique_ptr<MainWindow> m_window;
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
    m_window->openPath(m_folder / "model.safetensors");
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == Session::State::ready && session.planned()
            && session.planned()->plan && !session.planned()->plan->provisional,
        patience);
    const std::uint64_t start = session.planned()->plan->fileBytes;
    for (std::uint64_t step = 1; step < 20; ++step) {
        session.editor().setBudget({BudgetKind::fileBytes, start + step * start / 400}, true);
        QTest::qWait(20);
    }
    QTRY_VERIFY_WITH_TIMEOUT(session.planned()->plan->options.budget->bytes > start, patience);
    const QByteArray found = QStringLiteral("wall %1 ms, own work %2 ms, machine %3 ms")
                                 .arg(watch.worstWall())
                                 .arg(watch.worstCpu())
                                 .arg(watch.machineDelay())
                                 .toUtf8();
    qInfo("%s", found.constData());
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    QSKIP("sanitizers slow everything down");
#else
    QVERIFY2(watch.worstCpu() < 50, found.constData());
#endif
}

void TestManyTensors::table_draws_and_sorts_quickly()
{
    auto* table = m_window->findChild<QTreeView*>(QStringLiteral("tensorTable"));
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), layers * 9);
    QElapsedTimer timer;
    timer.start();
    table->grab();
    qInfo("drawn in %lld ms", static_cast<long long>(timer.elapsed()));
    timer.restart();
    table->sortByColumn(TensorTableModel::damage, Qt::DescendingOrder);
    qInfo("sorted in %lld ms", static_cast<long long>(timer.elapsed()));
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
