// SPDX-License-Identifier: GPL-3.0-or-later
// A project: saved, opened again with its model, and without it.
#include "ui/compare/saved_plans.h"
#include "ui/compare/saved_plans_panel.h"
#include "ui/project/project_keeper.h"
#include "ui/project/project_page.h"
#include "ui/sample_window.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTreeView>

#include <cmath>
#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

class TestProject : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_project"); }
    void init()
    {
        m_window = std::make_unique<SampleWindow>();
        QVERIFY(window().openSample());
    }
    void cleanup() { m_window.reset(); }
    void wishes_budget_plans_and_view_come_back();
    void project_beside_its_model_names_it_relatively();
    void without_the_model_it_is_read_only_and_says_so();
    void another_model_in_its_place_is_not_taken();
    void damaged_project_is_one_sentence_and_changes_nothing();
    void saving_never_replaces_without_consent();
    void a_save_is_not_dropped_by_what_is_opened_next();
    void a_target_that_cannot_be_had_is_said_and_nothing_waits();
    void recalling_a_plan_is_one_step_of_history();
    void locked_quality_lets_the_size_follow_pins();
    void locking_is_undone_with_the_budget_it_had();
    void quality_that_rules_make_impossible_is_said();

private:
    SampleWindow& window() { return *m_window; }
    Session& session() { return window()->session(); }
    std::filesystem::path folder() const { return m_window->folder().path().toStdString(); }
    std::filesystem::path projectFile() const { return folder() / "one.bitloupe"; }
    bool save()
    {
        QSignalSpy saved(&window()->project(), &ProjectKeeper::saved);
        window()->project().save(projectFile(), {{"filter", "down"}, {"tab", "table"}}, true);
        return saved.wait(patience);
    }
    bool planned(int revision)
    {
        return QTest::qWaitFor([&] { return test::isReady(session())
                && session().planned()->revision == revision; }, patience);
    }
    bool pinDown(const char* codecName)
    {
        const int down = window().firstFree(TensorRole::mlpDown);
        session().editor().pin({{down, findCodec(codecName)->id}}, QStringLiteral("pin"));
        return planned(session().editor().revision());
    }
    bool showsProjectPage()
    {
        return QTest::qWaitFor([this] { return window()->projectPage().isVisible(); }, patience);
    }
    QCheckBox& lock()
    {
        for (QCheckBox* box : window()->findChildren<QCheckBox*>())
            if (box->text().contains(QStringLiteral("quality")))
                return *box;
        qFatal("there is no lock");
    }

    std::unique_ptr<SampleWindow> m_window;
};

void TestProject::wishes_budget_plans_and_view_come_back()
{
    Budget budget = session().editor().budget();
    budget.bytes = budget.bytes * 9 / 8;
    session().editor().setBudget(budget, false);
    QVERIFY(pinDown("affine-8-g64"));
    ProjectPlan kept = planInForce(session());
    kept.name = "kept";
    QVERIFY(window()->savedPlans().add(kept));
    const Plan before = window().plan();
    const Wishes wishes = session().editor().wishes();
    QVERIFY(save());
    window().reopen();
    window()->openPath(projectFile());
    QVERIFY(QTest::qWaitFor([&] { return test::isReady(session())
            && session().editor().pins().size() == 1; }, patience));
    QVERIFY(planned(session().editor().revision()));
    QCOMPARE(session().editor().budget().bytes, budget.bytes);
    QVERIFY(session().editor().wishes() == wishes);
    QCOMPARE(window().plan().damage, before.damage);
    QCOMPARE(window()->savedPlans().rowCount(), 1);
    QVERIFY(!session().editor().history().canUndo());
    QVERIFY(QTest::qWaitFor([&] {
        for (const QLineEdit* field : window()->findChildren<QLineEdit*>())
            if (field->text() == QStringLiteral("down"))
                return true;
        return false;
    }, patience));
}

void TestProject::project_beside_its_model_names_it_relatively()
{
    std::filesystem::copy(test::sample, folder() / "model");
    window()->openPath(folder() / "model");
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(session()); }, patience));
    QVERIFY(save());
    QFile file(QString::fromStdString(projectFile().string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("\"path\": \"model\""));
    QVERIFY(!text.contains(folder().string().c_str()));
}

void TestProject::without_the_model_it_is_read_only_and_says_so()
{
    std::filesystem::copy(test::sample, folder() / "model");
    window()->openPath(folder() / "model");
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(session()); }, patience));
    QVERIFY(pinDown("affine-8-g64"));
    const auto decisions = static_cast<int>(window().plan().choices.size());
    QVERIFY(save());
    std::filesystem::rename(folder() / "model", folder() / "moved");
    window().reopen();
    window()->openPath(projectFile());
    QVERIFY(showsProjectPage());
    QVERIFY(!session().model());
    QVERIFY(window()->projectPage().reason().contains(QStringLiteral("model")));
    QAbstractItemModel& rows = *window()->projectPage().table().model();
    QAbstractItemModelTester tester(&rows);
    QCOMPARE(rows.rowCount(), decisions);
    window()->openModel(folder() / "moved"); // found by hand
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(session()); }, patience));
    QCOMPARE(session().editor().pins().size(), 1);
}

void TestProject::another_model_in_its_place_is_not_taken()
{
    std::filesystem::copy(test::sample, folder() / "model");
    window()->openPath(folder() / "model");
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(session()); }, patience));
    QVERIFY(save());
    QFile file(QString::fromStdString(projectFile().string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    text.replace(QByteArray::fromStdString(session().analysis()->modelDigest), QByteArray(64, '0'));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    window()->openPath(projectFile());
    QVERIFY(showsProjectPage());
    QVERIFY(!session().model());
    QVERIFY(window()->projectPage().reason().contains(QStringLiteral("000000000000")));
}

void TestProject::damaged_project_is_one_sentence_and_changes_nothing()
{
    QFile file(QString::fromStdString(projectFile().string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"schema\": \"bitloupe-project/1\", \"model\": [[[");
    file.close();
    QSignalSpy failed(&window()->project(), &ProjectKeeper::failed);
    window()->openPath(projectFile());
    QVERIFY(failed.wait(patience));
    QCOMPARE(failed.first().first().value<Error>().code, Errc::badJson);
    QVERIFY(session().model());
    QVERIFY(!window()->project().waiting());
}

void TestProject::saving_never_replaces_without_consent()
{
    QVERIFY(save());
    QSignalSpy failed(&window()->project(), &ProjectKeeper::failed);
    window()->project().save(projectFile(), {}, false);
    QVERIFY(failed.wait(patience));
    QCOMPARE(failed.first().first().value<Error>().code, Errc::targetExists);
}

void TestProject::a_save_is_not_dropped_by_what_is_opened_next()
{
    QVERIFY(save());
    std::filesystem::copy(projectFile(), folder() / "other.bitloupe");
    ProjectKeeper& keeper = window()->project();
    QSignalSpy saved(&keeper, &ProjectKeeper::saved);
    keeper.save(folder() / "second.bitloupe", {}, true);
    keeper.save(folder() / "third.bitloupe", {}, true);
    window()->openPath(folder() / "other.bitloupe");
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, patience);
    QVERIFY(std::filesystem::exists(folder() / "second.bitloupe"));
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(session()); }, patience));
    QCOMPARE(keeper.file(), folder() / "other.bitloupe");
    keeper.save(folder() / "last.bitloupe", {}, true);
    const auto last = folder() / "last.bitloupe";
    window().destroy();
    QVERIFY(std::filesystem::exists(last));
}

void TestProject::a_target_that_cannot_be_had_is_said_and_nothing_waits()
{
    // A model that no GGUF file can hold, and a project that wants one all the same.
    const auto model = folder() / "model";
    std::filesystem::copy(test::sample, model);
    std::filesystem::remove(model / "tokenizer.json");
    window()->openPath(model);
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(session()); }, patience));
    QVERIFY(QTest::qWaitFor([this] {
        return std::none_of(session().offers().begin(), session().offers().end(),
            [](const TargetOffer& offer) { return offer.pending(); });
    }, patience));
    const auto refused = std::find_if(session().offers().begin(), session().offers().end(),
        [](const TargetOffer& offer) { return !offer.profile; });
    QVERIFY(refused != session().offers().end());
    QVERIFY(save());
    QFile file(QString::fromStdString(projectFile().string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    const auto member = [](const ExportTarget& target) {
        return QByteArray::fromStdString("\"target\": \"" + std::string(target.id) + '"');
    };
    const QByteArray wanted = member(session().target());
    QVERIFY(text.contains(wanted));
    text.replace(wanted, member(*refused->target));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QSignalSpy failed(&window()->project(), &ProjectKeeper::failed);
    window()->openPath(projectFile());
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
    const Error said = failed.first().first().value<Error>();
    QVERIFY(said.detail.find("cannot be had") != std::string::npos);
    QVERIFY(said.message().find('\n') == std::string::npos);
    QVERIFY(!window()->project().waiting());
    QVERIFY(window()->project().file().empty()); // nothing is saved over it
    QVERIFY(session().model());
}

void TestProject::recalling_a_plan_is_one_step_of_history()
{
    auto* panel = window()->findChild<SavedPlansPanel*>();
    QVERIFY(panel);
    QVERIFY(pinDown("affine-8-g64"));
    const double damage = window().plan().damage;
    panel->saveCurrent();
    session().editor().clearPins();
    Budget budget = session().editor().budget();
    const std::uint64_t kept = budget.bytes;
    budget.bytes = budget.bytes * 5 / 4;
    session().editor().setBudget(budget, false);
    const int steps = session().editor().history().count();
    panel->recall();
    QCOMPARE(session().editor().history().count(), steps + 1);
    QCOMPARE(session().editor().budget().bytes, kept);
    QVERIFY(planned(session().editor().revision()));
    QCOMPARE(window().plan().damage, damage);
    session().editor().history().undo();
    QVERIFY(session().editor().pins().isEmpty());
    QCOMPARE(session().editor().budget().bytes, budget.bytes);
}

void TestProject::locked_quality_lets_the_size_follow_pins()
{
    const double damage = window().plan().damage;
    const std::uint64_t bytes = window().plan().fileBytes;
    lock().click();
    QVERIFY(planned(session().editor().revision()));
    QVERIFY(pinDown("affine-2-g64")); // costs quality, so others need more
    QVERIFY(window().plan().damage <= damage * (1 + 1e-6));
    QVERIFY(window().plan().fileBytes > bytes);
    QVERIFY(window().plan().fileBytes <= session().editor().budget().bytes);
    const Budget found = session().editor().budget();
    Budget less = found;
    less.bytes -= less.bytes / 200;
    PlanOptions options = session().editor().options();
    options.budget = less;
    const auto smaller = solve(*session().profile(), *session().planned()->evidence, options);
    QVERIFY(!smaller || smaller->damage > damage);
    for (const QSlider* slider : window()->findChildren<QSlider*>())
        if (slider->accessibleName().contains(QStringLiteral("weight files")))
            QVERIFY(!slider->isEnabled() && !slider->toolTip().isEmpty());
}

void TestProject::locking_is_undone_with_the_budget_it_had()
{
    const std::uint64_t budget = session().editor().budget().bytes;
    lock().click();
    QVERIFY(session().editor().heldDamage());
    QVERIFY(pinDown("affine-2-g64"));
    QVERIFY(session().editor().budget().bytes != budget);
    session().editor().history().undo(); // the pin
    session().editor().history().undo(); // the lock
    QVERIFY(!session().editor().heldDamage());
    QCOMPARE(session().editor().budget().bytes, budget);
    QVERIFY(planned(session().editor().revision()));
    QVERIFY(!lock().isChecked());
}

void TestProject::quality_that_rules_make_impossible_is_said()
{
    lock().click();
    Wish everything;
    everything.pattern = QStringLiteral(".");
    everything.codec = findCodec("affine-2-g64")->id;
    session().editor().setWishes({everything}, QStringLiteral("two bits"));
    QVERIFY(QTest::qWaitFor([this] { return session().planned()
            && session().planned()->revision == session().editor().revision(); }, patience));
    QVERIFY(session().planned()->problem);
    QCOMPARE(session().planned()->problem->code, Errc::infeasibleBudget);
    session().editor().history().undo();
    QVERIFY(planned(session().editor().revision()));
}

QTEST_MAIN(TestProject)
#include "tst_project.moc"
