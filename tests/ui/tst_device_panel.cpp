// SPDX-License-Identifier: GPL-3.0-or-later
// The sum of what a device holds, and two memories for models with experts.
#include "plan/pools.h"
#include "ui/budget_panel.h"
#include "ui/device_panel.h"
#include "ui/language.h"
#include "ui/heatmap_page.h"
#include "ui/moe_folder.h"
#include "ui/plain_palette.h"
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
#include <QStatusBar>

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
    void two_memories_fit_a_small_screen_data();
    void two_memories_fit_a_small_screen();
    void reserve_of_the_ram_can_be_edited();
    void uniform_points_keep_the_experts_ceiling();
    void splitting_is_undone_and_redone();
    void project_keeps_both_budgets_and_the_panel();
    void unknown_device_of_a_project_is_said();

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

void TestDevicePanel::two_memories_fit_a_small_screen_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    for (const char* language : {"en", "de", "zh_CN"})
        for (const bool dark : {false, true})
            QTest::addRow("%s, %s", language, dark ? "dark" : "light")
                << QString::fromLatin1(language) << dark;
}

void TestDevicePanel::two_memories_fit_a_small_screen()
{
    QFETCH(QString, language);
    QFETCH(bool, dark);
    useLanguage(language);
    QApplication::setPalette(plainPalette(dark));
    m_window->reopen();
    QVERIFY(open(m_moe.path()));
    QVERIFY(splitAt(60000, 50000));
    auto& budget = *window().findChild<BudgetPanel*>();
    auto& curve = *window().findChild<FrontierView*>();
    QTRY_VERIFY(panel().isVisible());
    qInfo("at least %d x %d, the panel %d", window().minimumSizeHint().width(),
        window().minimumSizeHint().height(), budget.minimumSizeHint().width());
    // Docks may still be on their way in, and hold the window open until they are.
    QTRY_VERIFY(window().minimumSizeHint().width() <= 1100);
    QVERIFY(window().minimumSizeHint().height() <= 700);
    for (const QSize size : {QSize(1366, 768), QSize(1100, 700)}) {
        window().heatmap().colourBy(size.width() == 1366 ? ColourChoice::damage : ColourChoice::bits);
        QTRY_COMPARE((window().resize(size), window().size()), size);
        QTest::qWait(100);
        for (const QLabel* label : budget.findChildren<QLabel*>())
            QVERIFY2(!label->isVisible() || label->wordWrap()
                    || label->width() + 1 >= label->sizeHint().width(), qPrintable(label->text()));
        QVERIFY(budget.rect().contains(QRect(panel().pos(), panel().size())));
        if (size.width() == 1366)
            QVERIFY(curve.isVisible());
    }
    useLanguage(QStringLiteral("en"));
}

void TestDevicePanel::reserve_of_the_ram_can_be_edited()
{
    QVERIFY(open(m_moe.path()));
    QVERIFY(splitAt(60000, 50000));
    auto& reserve = part<QDoubleSpinBox>("Reserve of the RAM");
    QCOMPARE(reserve.value(), 2.0);
    part<QSpinBox>("RAM of the machine").setValue(16);
    const std::uint64_t gibibyte = std::uint64_t(1) << 30;
    QCOMPARE(*panel().largestBudget(true)->expertBytes, 14 * gibibyte);
    reserve.setValue(6.5);
    QCOMPARE(*panel().largestBudget(true)->expertBytes, 19 * gibibyte / 2);
    part<QSpinBox>("RAM of the machine").setValue(4); // never more than there is
    QVERIFY(*panel().largestBudget(true)->expertBytes > 0);
    QVERIFY(*panel().largestBudget(true)->expertBytes < gibibyte);
}

void TestDevicePanel::uniform_points_keep_the_experts_ceiling()
{
    QVERIFY(open(m_moe.path()));
    const std::size_t all = session().planned()->uniformPoints.size();
    QVERIFY(splitAt(90000, 50000));
    const auto& points = session().planned()->uniformPoints;
    QVERIFY(!points.empty() && points.size() < all);
    for (const PlanPoint& point : points)
        QVERIFY(point.files.experts <= 50000 && point.files.experts > 0);
    QVERIFY(session().planned()->uniform->files.experts <= 50000);
    session().editor().setBudget({BudgetKind::fileBytes, 140000, {}}, false);
    QVERIFY(planned());
    QCOMPARE(session().planned()->uniformPoints.size(), all);
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
    part<QDoubleSpinBox>("Reserve of the RAM").setValue(3.5);
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
    QCOMPARE(part<QDoubleSpinBox>("Reserve of the RAM").value(), 3.5);
}

void TestDevicePanel::unknown_device_of_a_project_is_said()
{
    QVERIFY(open(m_moe.path()));
    const std::filesystem::path file = m_window->folder().filePath("other.bitloupe").toStdString();
    auto view = panel().view();
    view["device"] = "own/<b>Workshop</b>";
    QSignalSpy saved(&window().project(), &ProjectKeeper::saved);
    window().project().save(file, view, true);
    QVERIFY(saved.wait(patience));
    m_window->reopen();
    window().openPath(file);
    QTRY_VERIFY_WITH_TIMEOUT(
        window().statusBar()->currentMessage().contains(QStringLiteral("<b>Workshop</b>")), patience);
    QVERIFY(!window().statusBar()->currentMessage().contains(QStringLiteral("own/")));
    QVERIFY(!window().statusBar()->currentMessage().contains(u'\n'));
}

QTEST_MAIN(TestDevicePanel)
#include "tst_device_panel.moc"
