// SPDX-License-Identifier: GPL-3.0-or-later
// The sum of what a device holds, and two memories for models with experts.
#include "plan/pools.h"
#include "ui/budget_panel.h"
#include "ui/device_panel.h"
#include "ui/moe_folder.h"
#include "ui/project/project_keeper.h"
#include "ui/qt_text.h"
#include "ui/sample_window.h"
#include "ui/views/frontier_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

class TestDevicePanel : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        test::useTestSettings("tst_device_panel");
        test::writeMoe(m_moe, true);
        test::writeMoe(m_apart, false);
    }
    void init() { m_window = std::make_unique<SampleWindow>(); }
    void cleanup() { m_window.reset(); }
    void sequences_multiply_the_cache_and_the_lines_add_up();
    void unknown_cache_is_said_and_never_a_number();
    void without_experts_a_second_memory_is_not_offered();
    void experts_in_ram_keep_both_budgets();
    void slider_moves_the_rest_alone();
    void curve_keeps_its_place_beside_two_memories();
    void splitting_is_undone_and_redone();
    void project_keeps_both_budgets_and_the_panel();

private:
    MainWindow& window() { return *m_window->get(); }
    Session& session() { return window().session(); }
    DevicePanel& panel() { return *window().findChild<DevicePanel*>(); }
    template <typename Part> Part& part(const char* name)
    {
        for (Part* one : panel().findChildren<Part*>())
            if (one->accessibleName() == QLatin1String(name))
                return *one;
        qFatal("no %s", name);
    }
    // The value on the line of that name in the first sum: that of the device.
    QString line(const char* name) { return part<QLabel>(name).text(); }
    QCheckBox& inRam()
    {
        for (QCheckBox* box : panel().findChildren<QCheckBox*>())
            if (box->text().contains(QStringLiteral("RAM")))
                return *box;
        qFatal("no box");
    }
    bool open(const std::filesystem::path& path)
    {
        window().openPath(path);
        return QTest::qWaitFor([this] { return test::isReady(session()); }, patience);
    }
    const Plan& plan() { return *session().planned()->plan; }
    // Waits for a plan within the budget in force.
    bool planned()
    {
        return QTest::qWaitFor([this] { return test::isReady(session())
                && plan().options.budget == session().editor().budget(); }, patience);
    }
    bool splitAt(std::uint64_t rest, std::uint64_t experts)
    {
        session().editor().setBudget({BudgetKind::fileBytes, rest, experts}, false);
        return planned();
    }

    test::ScratchFolder m_moe, m_apart;
    std::unique_ptr<SampleWindow> m_window;
};

void TestDevicePanel::sequences_multiply_the_cache_and_the_lines_add_up()
{
    QVERIFY(open(m_moe.path()));
    part<QSpinBox>("Context in tokens").setValue(8192);
    const ConfigFacts& config = session().model()->config;
    QCOMPARE(line("KV cache"), sizeToQt(*kvCacheBytes(config, 8192, 1, KvType::f16)));
    part<QSpinBox>("Sequences").setValue(16);
    const std::uint64_t cache = *kvCacheBytes(config, 8192, 16, KvType::f16);
    QCOMPARE(cache, 16 * *kvCacheBytes(config, 8192, 1, KvType::f16));
    QCOMPARE(line("KV cache"), sizeToQt(cache));
    const Device device = deviceFor(session().target(), devices().front());
    const MemoryUse use = memoryUse(device, config, plan().fileBytes, 8192, 16, KvType::f16);
    QCOMPARE(line("Free"), sizeToQt(use.usable - use.weights - use.compute - use.reserve - cache));
}

void TestDevicePanel::unknown_cache_is_said_and_never_a_number()
{
    QVERIFY(open(m_apart.path())); // of no known type
    QCOMPARE(line("KV cache"), QStringLiteral("unknown"));
    QCOMPARE(line("Free"), QStringLiteral("unknown"));
}

void TestDevicePanel::without_experts_a_second_memory_is_not_offered()
{
    QVERIFY(m_window->openSample());
    QVERIFY(!inRam().isVisible());
    QVERIFY(open(m_moe.path()));
    QVERIFY(inRam().isVisible() && !inRam().isChecked());
}

void TestDevicePanel::experts_in_ram_keep_both_budgets()
{
    QVERIFY(open(m_moe.path()));
    inRam().click();
    QVERIFY(session().editor().budget().expertBytes);
    QVERIFY(splitAt(60000, 50000));
    const PoolBytes pools = poolBytes(*session().profile(), plan(), BudgetKind::fileBytes);
    QVERIFY(pools.experts <= 50000 && pools.rest <= 60000);
    QCOMPARE(line("Weights"), sizeToQt(pools.rest));
    auto& experts = part<QDoubleSpinBox>("Budget of the experts");
    QVERIFY(experts.isVisible());
    experts.setValue(0.06);
    QCOMPARE(*session().editor().budget().expertBytes, 60000U);
    QVERIFY(planned());
    QVERIFY(session().planned()->pools.experts > pools.experts);
    // The files' header is padded as a whole.
    QVERIFY(session().planned()->pools.rest - pools.rest + 8 < 16);
    inRam().click();
    QVERIFY(!session().editor().budget().expertBytes);
    QVERIFY(planned());
    QVERIFY(!experts.isVisible());
}

void TestDevicePanel::slider_moves_the_rest_alone()
{
    QVERIFY(open(m_moe.path()));
    QVERIFY(splitAt(60000, 50000));
    const PoolBytes before = session().planned()->pools;
    auto* slider = window().findChild<BudgetPanel*>()->findChild<QSlider*>();
    slider->setValue(slider->maximum() * 3 / 4);
    QVERIFY(planned());
    QCOMPARE(*session().editor().budget().expertBytes, 50000U);
    QCOMPARE(session().planned()->pools.experts, before.experts);
    QVERIFY(session().planned()->pools.rest > before.rest);
    for (const FrontierPoint& point : session().planned()->frontier.points)
        QVERIFY(point.fileBytes > before.experts);
}

void TestDevicePanel::curve_keeps_its_place_beside_two_memories()
{
    window().resize(1440, 900);
    QVERIFY(open(m_moe.path()));
    QVERIFY(splitAt(60000, 50000));
    QTRY_VERIFY(window().findChild<FrontierView*>()->isVisible());
    QVERIFY(part<QDoubleSpinBox>("Budget of the experts").isVisible());
    QCOMPARE(window().width(), 1440);
}

void TestDevicePanel::splitting_is_undone_and_redone()
{
    QVERIFY(open(m_moe.path()));
    const Budget whole = session().editor().budget();
    inRam().click();
    const Budget two = session().editor().budget();
    session().editor().history().undo();
    QCOMPARE(session().editor().budget(), whole);
    QVERIFY(planned());
    QTRY_VERIFY(!inRam().isChecked());
    session().editor().history().redo();
    QCOMPARE(session().editor().budget(), two);
    QVERIFY(planned());
    QTRY_VERIFY(inRam().isChecked());
}

void TestDevicePanel::project_keeps_both_budgets_and_the_panel()
{
    QVERIFY(open(m_moe.path()));
    QVERIFY(splitAt(60000, 50000));
    part<QSpinBox>("Sequences").setValue(5);
    part<QSpinBox>("RAM of the machine").setValue(24);
    const std::filesystem::path file = m_window->folder().filePath("two.bitloupe").toStdString();
    QSignalSpy saved(&window().project(), &ProjectKeeper::saved);
    window().project().save(file, panel().view(), true);
    QVERIFY(saved.wait(patience));
    m_window->reopen();
    window().openPath(file);
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(session())
            && session().editor().budget().expertBytes; }, patience));
    QCOMPARE(session().editor().budget(), (Budget {BudgetKind::fileBytes, 60000, 50000}));
    QVERIFY(planned());
    QTRY_COMPARE(part<QSpinBox>("Sequences").value(), 5);
    QCOMPARE(part<QSpinBox>("RAM of the machine").value(), 24);
}

QTEST_MAIN(TestDevicePanel)
#include "tst_device_panel.moc"
