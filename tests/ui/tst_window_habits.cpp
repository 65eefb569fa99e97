// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/column_memory.h"
#include "ui/gap_watch.h"
#include "ui/job_notices.h"
#include "ui/models/layer_tree_model.h"
#include "ui/models/shortcut_model.h"
#include "ui/models/tensor_table_model.h"
#include "ui/sample_window.h"
#include "ui/shortcut_sheet.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDockWidget>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenuBar>
#include <QTreeView>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::SampleWindow;

class TestWindowHabits : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_window_habits"); }
    void init() { m_window = std::make_unique<SampleWindow>(); }
    void cleanup() { m_window.reset(); }
    void every_key_of_an_action_is_on_the_sheet();
    void sheet_is_searched_and_does_what_is_found();
    void columns_are_as_they_were_left();
    void reset_layout_brings_everything_back();
    void end_of_a_long_job_is_told_when_nobody_looks();
    void short_jobs_and_looked_at_ones_are_not_told();

private:
    SampleWindow& window() { return *m_window; }
    QTreeView* table() { return window()->findChild<QTreeView*>(QStringLiteral("tensorTable")); }
    QAction* actionTitled(const QString& title)
    {
        for (QAction* action : window()->findChildren<QAction*>())
            if (action->text() == title)
                return action;
        return nullptr;
    }
    ShortcutSheet* sheet()
    {
        window()->showShortcuts();
        return window()->findChild<ShortcutSheet*>();
    }

    std::unique_ptr<SampleWindow> m_window;
};

void TestWindowHabits::every_key_of_an_action_is_on_the_sheet()
{
    ShortcutModel model(*window().get(), {{QStringLiteral("0"), QStringLiteral("x"), {}}});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSet<QAction*> listed;
    for (int row = 0; row < model.rowCount(); ++row) {
        listed.insert(model.action(row));
        QVERIFY(!model.index(row, ShortcutModel::titleColumn).data().toString().contains(u'&'));
        QVERIFY(!model.index(row, ShortcutModel::keysColumn).data().toString().isEmpty());
    }
    QVERIFY(listed.contains(nullptr)); // keys of views
    for (QAction* action : window()->findChildren<QAction*>())
        if (!action->shortcut().isEmpty() && !action->text().isEmpty())
            QVERIFY2(listed.contains(action), qPrintable(action->text()));
    QCOMPARE(listed.size(), qsizetype(model.rowCount())); // each once
}

void TestWindowHabits::sheet_is_searched_and_does_what_is_found()
{
    QVERIFY(window().openSample());
    ShortcutSheet* const keys = sheet();
    QVERIFY(keys && keys->isVisible() && !keys->isModal());
    const int all = keys->shown();
    QVERIFY(all > 25);
    if (const QString pictures = qEnvironmentVariable("BITLOUPE_PICTURES"); !pictures.isEmpty())
        keys->grab().save(pictures + QStringLiteral("/shortcuts.png"));
    keys->searchField()->setText(QStringLiteral("ctrl+2"));
    QCOMPARE(keys->shown(), 1);
    keys->activateWindow();
    keys->searchField()->setFocus();
    QVERIFY(!table()->isVisible());
    QTest::keyClick(keys->searchField(), Qt::Key_Return);
    QTRY_VERIFY(table()->isVisible());
}

void TestWindowHabits::columns_are_as_they_were_left()
{
    const auto columns = [this] { return table()->findChild<ColumnMemory*>(); };
    columns()->setShown(TensorTableModel::shape, false);
    columns()->setShown(TensorTableModel::name, false); // stays: rows would have no title
    table()->setColumnWidth(TensorTableModel::bits, 77);
    table()->header()->moveSection(TensorTableModel::damage, 1);
    window()->close();
    window().reopen();
    QVERIFY(table()->isColumnHidden(TensorTableModel::shape));
    QVERIFY(!table()->isColumnHidden(TensorTableModel::name));
    QCOMPARE(table()->columnWidth(TensorTableModel::bits), 77);
    QCOMPARE(table()->header()->visualIndex(TensorTableModel::damage), 1);
}

void TestWindowHabits::reset_layout_brings_everything_back()
{
    QVERIFY(window().openSample());
    auto* findings = window()->findChild<QDockWidget*>(QStringLiteral("findings"));
    QTRY_VERIFY(findings->isVisible());
    findings->close();
    auto* model = window()->findChild<QDockWidget*>(QStringLiteral("model"));
    model->setFloating(true);
    table()->findChild<ColumnMemory*>()->setShown(TensorTableModel::bits, false);
    actionTitled(QStringLiteral("&Reset layout"))->trigger();
    QVERIFY(findings->isVisible());
    QVERIFY(!model->isFloating());
    QVERIFY(!table()->isColumnHidden(TensorTableModel::bits));
}

void TestWindowHabits::end_of_a_long_job_is_told_when_nobody_looks()
{
    QStringList told;
    JobNotices& notices = window()->notices();
    notices.setSend([&](const QString&, const QString& text) { told.append(text); });
    notices.setInBackground([] { return true; });
    notices.setLongSeconds(0);
    QVERIFY(window().openSample());
    QCOMPARE(told, QStringList({QStringLiteral("sample is analysed.")}));
    notices.exported(true, 1);
    QCOMPARE(told.size(), 2);
}

void TestWindowHabits::short_jobs_and_looked_at_ones_are_not_told()
{
    int told = 0;
    JobNotices& notices = window()->notices();
    notices.setSend([&](const QString&, const QString&) { ++told; });
    notices.setInBackground([] { return true; });
    QVERIFY(window().openSample()); // within ten seconds
    notices.exported(true, 9.9);
    QVERIFY(told == 0 || !test::timesCount);
    told = 0;
    notices.setInBackground([] { return false; });
    notices.exported(true, 1000);
    QCOMPARE(told, 0);
    sendDesktopNotice(QStringLiteral("a"), QStringLiteral("b")); // with or without a bus: silent
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestWindowHabits test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_habits.moc"
