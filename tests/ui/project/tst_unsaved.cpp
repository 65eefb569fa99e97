// SPDX-License-Identifier: GPL-3.0-or-later
// What is not saved is asked about, and only that; projects stand in the recent list.
#include "ui/models/recent_model_list.h"
#include "ui/project/project_keeper.h"
#include "ui/sample_window.h"
#include "ui/settings.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QMessageBox>
#include <QSignalSpy>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

class TestUnsaved : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_unsaved"); }
    void init()
    {
        m_window = std::make_unique<SampleWindow>();
        QVERIFY(m_window->openSample());
    }
    void cleanup() { m_window.reset(); }
    void unchanged_window_closes_without_a_question();
    void changed_plan_is_asked_about_before_closing();
    void discarding_closes_and_cancelling_does_not();
    void undone_and_saved_changes_are_none();
    void saving_goes_on_to_what_was_wanted();
    void another_model_is_asked_about_too();
    void another_target_keeps_the_change();
    void projects_are_remembered_as_such();

private:
    MainWindow& window() { return *m_window->get(); }
    std::filesystem::path file() const
    {
        return m_window->folder().filePath(QStringLiteral("one.bitloupe")).toStdString();
    }
    void pin()
    {
        const int down = m_window->firstFree(TensorRole::mlpDown);
        window().session().editor().pin(
            {{down, findCodec("affine-8-g64")->id}}, QStringLiteral("pin"));
    }
    bool save()
    {
        QSignalSpy saved(&window().project(), &ProjectKeeper::saved);
        window().project().save(file(), {}, true);
        return saved.wait(patience);
    }
    bool answer(QMessageBox::StandardButton button)
    {
        if (!QTest::qWaitFor([this] { return window().unsavedQuestion()
                    && window().unsavedQuestion()->isVisible(); }, patience))
            return false;
        window().unsavedQuestion()->button(button)->click();
        return true;
    }

    std::unique_ptr<SampleWindow> m_window;
};

void TestUnsaved::unchanged_window_closes_without_a_question()
{
    QVERIFY(!window().isWindowModified());
    QVERIFY(window().close());
    QVERIFY(!window().unsavedQuestion());
}

void TestUnsaved::changed_plan_is_asked_about_before_closing()
{
    pin();
    QVERIFY(window().isWindowModified());
    QVERIFY(!window().close());
    QVERIFY(window().unsavedQuestion());
    const auto has = [this](QMessageBox::StandardButton button) {
        return window().unsavedQuestion()->button(button) != nullptr;
    };
    QVERIFY(has(QMessageBox::Save) && has(QMessageBox::Discard) && has(QMessageBox::Cancel));
    QVERIFY(window().isVisible());
    QVERIFY(window().session().model());
}

void TestUnsaved::discarding_closes_and_cancelling_does_not()
{
    pin();
    QVERIFY(!window().close());
    QVERIFY(answer(QMessageBox::Cancel));
    QTRY_VERIFY(!window().unsavedQuestion());
    QVERIFY(window().isVisible());
    QVERIFY(!window().close());
    QVERIFY(answer(QMessageBox::Discard));
    QTRY_VERIFY(!window().isVisible());
}

void TestUnsaved::undone_and_saved_changes_are_none()
{
    pin();
    window().session().editor().history().undo();
    QVERIFY(!window().project().changed());
    window().session().editor().history().redo();
    QVERIFY(window().project().changed());
    QVERIFY(save());
    QVERIFY(!window().project().changed() && !window().isWindowModified());
    window().session().editor().clearPins();
    QVERIFY(window().project().changed());
    ProjectPlan kept = planInForce(window().session());
    QVERIFY(save());
    QVERIFY(window().savedPlans().add(kept));
    QVERIFY(window().project().changed());
}

void TestUnsaved::saving_goes_on_to_what_was_wanted()
{
    QVERIFY(save());
    pin();
    QVERIFY(!window().close());
    QVERIFY(answer(QMessageBox::Save));
    QTRY_VERIFY_WITH_TIMEOUT(!window().isVisible(), patience);
    m_window->reopen();
    window().openPath(file());
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(window().session())
            && window().session().editor().pins().size() == 1; }, patience));
    QVERIFY(!window().project().changed());
}

void TestUnsaved::another_model_is_asked_about_too()
{
    std::filesystem::copy(test::sample, m_window->folder().filePath("other").toStdString());
    pin();
    const std::filesystem::path other = m_window->folder().filePath("other").toStdString();
    window().askAndOpen(other);
    QVERIFY(answer(QMessageBox::Discard));
    QVERIFY(QTest::qWaitFor([&] { return test::isReady(window().session())
            && window().session().model()->path.filename() == "other"; }, patience));
    QVERIFY(!window().project().changed());
    window().askAndOpen(test::sample); // nothing to ask
    QVERIFY(!window().unsavedQuestion());
}

void TestUnsaved::another_target_keeps_the_change()
{
    pin();
    const ExportTarget* gguf = findExportTarget("gguf");
    QVERIFY(gguf);
    window().session().setTarget(*gguf);
    QVERIFY(QTest::qWaitFor([&] { return window().session().target().id == gguf->id; }, patience));
    QVERIFY(window().project().changed());
}

void TestUnsaved::projects_are_remembered_as_such()
{
    QVERIFY(save());
    const QVector<RecentModel> recent = recentModels();
    QCOMPARE(recent.size(), 2);
    QVERIFY(recent[0].isProject() && !recent[1].isProject());
    QCOMPARE(recent[0].name, QStringLiteral("one"));
    RecentModelList list;
    QAbstractItemModelTester tester(&list);
    list.setModels(recent);
    const auto kind = [&](int row) { return list.index(row, RecentModelList::Kind).data().toString(); };
    QVERIFY(kind(0) != kind(1));
    m_window->reopen();
    window().openPath(file());
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(window().session()); }, patience));
    QTRY_COMPARE(recentModels().size(), 2);
}

QTEST_MAIN(TestUnsaved)
#include "tst_unsaved.moc"
