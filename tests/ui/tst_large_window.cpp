// SPDX-License-Identifier: GPL-3.0-or-later
// 500 layers of a mixture of experts, 60,000 tensors: the table opens at once.
#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"
#include "ui/gap_watch.h"
#include "ui/main_window.h"
#include "ui/ready_session.h"

#include <QApplication>
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
constexpr int patience = 400'000;

std::string largeModel()
{
    test::SafetensorsBuilder builder;
    for (int layer = 0; layer < layers; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        for (const char* name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj",
                 "self_attn.o_proj", "mlp.gate", "mlp.shared_experts.gate_proj",
                 "mlp.shared_experts.up_proj", "mlp.shared_experts.down_proj"})
            builder.addFloats(prefix + name + ".weight", {2, 64});
        for (int expert = 0; expert < experts; ++expert)
            for (const char* name : {"gate_proj", "up_proj", "down_proj"})
                builder.addFloats(prefix + "mlp.experts." + std::to_string(expert) + '.' + name
                        + ".weight", {2, 64});
        for (const char* name : {"input_layernorm", "post_attention_layernorm",
                 "self_attn.q_norm", "self_attn.k_norm"})
            builder.addFloats(prefix + name + ".weight", {64});
    }
    return builder.bytes();
}

} // namespace

class TestLargeWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void opening_the_table_takes_less_than_200_ms();

private:
    Session& session() { return m_window->session(); }
    QTabWidget& tabs() { return *m_window->centralWidget()->findChild<QTabWidget*>(); }

    test::ScratchFolder m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void TestLargeWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings().clear();
    m_folder.write("model.safetensors", largeModel());
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

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestLargeWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_large_window.moc"
