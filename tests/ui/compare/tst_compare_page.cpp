// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing in the window: two plans, a plan and somebody's model, two checkpoints.
#include "export/export_model.h"
#include "support/safetensors_bytes.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/saved_plans.h"
#include "ui/heatmap_page.h"
#include "ui/sample_window.h"
#include "ui/views/heatmap_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QSignalSpy>
#include <QTreeView>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

class TestComparePage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_compare_page"); }
    void init()
    {
        m_window = std::make_unique<SampleWindow>();
        QVERIFY(window().openSample());
        window()->showCompare();
        QVERIFY(QTest::qWaitFor([this] { return page().pair() != nullptr; }, patience));
    }
    void cleanup() { m_window.reset(); }
    void this_plan_stands_beside_the_uniform_one();
    void cells_print_the_difference_of_bits_with_its_sign();
    void the_difference_follows_the_slider();
    void table_sorts_by_difference_and_shows_only_what_differs();
    void table_is_saved_in_the_order_shown();
    void selection_is_linked_with_the_other_views();
    void taking_the_other_side_pins_and_undoes();
    void an_exported_folder_equals_the_plan_it_was_made_from();
    void another_checkpoint_shows_which_weights_changed();
    void a_model_of_other_tensors_is_refused_and_nothing_is_added();
    void a_folder_that_is_not_there_is_said();
    void a_model_being_read_is_there_for_the_target_chosen_meanwhile();
    void a_saved_plan_is_offered_and_goes_when_it_is_deleted();
    void closing_the_model_empties_the_page();

private:
    SampleWindow& window() { return *m_window; }
    ComparePage& page() { return window()->comparePage(); }
    Session& session() { return window()->session(); }
    bool addAndWait(const std::filesystem::path& path)
    {
        QSignalSpy added(&page().sides(), &CompareSides::added);
        page().sides().addModel(path);
        return added.wait(patience) && computed();
    }
    bool computed()
    {
        return QTest::qWaitFor([this] { return !page().computing(); }, patience);
    }
    bool compare(const char* a, const char* b)
    {
        page().compare(QLatin1String(a), QLatin1String(b));
        return computed() && page().pair();
    }
    std::filesystem::path folder() const { return m_window->folder().path().toStdString(); }

    std::unique_ptr<SampleWindow> m_window;
};

void TestComparePage::this_plan_stands_beside_the_uniform_one()
{
    const ComparedPair& pair = *page().pair();
    const Planned& planned = *session().planned();
    QCOMPARE(pair.a.side.damage, planned.plan->damage);
    QCOMPARE(pair.a.side.dataBytes, planned.plan->dataBytes);
    QVERIFY(std::abs(pair.b.side.damage - planned.uniform->damage) < 1e-12);
    QVERIFY(pair.b.title.startsWith(QStringLiteral("Uniform")));
}

void TestComparePage::cells_print_the_difference_of_bits_with_its_sign()
{
    QVERIFY(compare("source", "plan"));
    const ComparedPair& pair = *page().pair();
    int checked = 0;
    for (const HeatmapCell& cell : page().view().data().cells) {
        if (cell.decision < 0 || !cell.members.isEmpty())
            continue;
        const auto d = static_cast<std::size_t>(cell.decision);
        const int bits = 16 - pair.b.side.cells[d].bits;
        QCOMPARE(cell.label, bits == 0 ? QStringLiteral("=") : QStringLiteral("+%1").arg(bits));
        QVERIFY(std::abs(cell.value * cell.value - bits) < 1e-9);
        ++checked;
    }
    QVERIFY(checked > 20);
    QVERIFY(compare("plan", "source"));
    for (const HeatmapCell& cell : page().view().data().cells)
        QVERIFY(cell.decision < 0 || cell.value <= 0);
    QVERIFY(page().view().style().lowest == -page().view().style().highest);
}

void TestComparePage::the_difference_follows_the_slider()
{
    const double before = page().pair()->a.side.damage;
    Budget budget = session().editor().budget();
    budget.bytes = budget.bytes * 5 / 4;
    session().editor().setBudget(budget, false);
    QVERIFY(QTest::qWaitFor([&] { return page().pair()->a.side.damage < before; }, patience));
    QTRY_COMPARE_WITH_TIMEOUT(
        page().pair()->a.side.damage, session().planned()->plan->damage, patience);
}

void TestComparePage::table_sorts_by_difference_and_shows_only_what_differs()
{
    QAbstractItemModelTester tester(page().table().model());
    QVERIFY(compare("plan", "source"));
    QAbstractItemModel& rows = *page().table().model();
    const int all = rows.rowCount();
    QCOMPARE(all, int(session().profile()->decisions.size()));
    page().table().sortByColumn(CompareTableModel::bytes, Qt::AscendingOrder);
    double last = -std::numeric_limits<double>::infinity();
    for (int row = 0; row < all; ++row) {
        const double key = rows.index(row, CompareTableModel::bytes)
                               .data(CompareTableModel::sortRole).toDouble();
        QVERIFY(key >= last);
        last = key;
    }
    static_cast<CompareProxy&>(rows).setDifferencesOnly(true);
    QVERIFY(rows.rowCount() > 0 && rows.rowCount() < all);
    for (int row = 0; row < rows.rowCount(); ++row)
        QVERIFY(rows.index(row, CompareTableModel::aCodec).data()
            != rows.index(row, CompareTableModel::bCodec).data());
}

void TestComparePage::table_is_saved_in_the_order_shown()
{
    page().table().sortByColumn(CompareTableModel::aBytes, Qt::DescendingOrder);
    QSignalSpy said(&page(), &ComparePage::message);
    const QString name = QString::fromStdString((folder() / "a.csv").string());
    page().saveTableTo(name);
    QCOMPARE(said.count(), 0); // writing is not the window's work
    QVERIFY(said.wait(patience));
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList lines
        = QString::fromUtf8(file.readAll()).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), page().table().model()->rowCount() + 1);
    for (int row = 0; row + 1 < lines.size(); ++row)
        QVERIFY(lines[row + 1].startsWith(
            page().table().model()->index(row, CompareTableModel::name).data().toString()));
}

void TestComparePage::selection_is_linked_with_the_other_views()
{
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({down}, down);
    QCOMPARE(page().view().selectedDecisions(), QVector<int> {down});
    page().table().selectionModel()->select(page().table().model()->index(0, 0),
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    QVERIFY(!window()->selectedDecisions().contains(down));
    QCOMPARE(page().view().selectedDecisions(), window()->selectedDecisions());
}

void TestComparePage::taking_the_other_side_pins_and_undoes()
{
    const int down = window().firstFree(TensorRole::mlpDown);
    QVERIFY(compare("plan", "source"));
    window()->select({down}, down);
    page().take(false);
    QCOMPARE(session().editor().pins().size(), 1);
    QCOMPARE(codec(session().editor().pins().value(down)).bits, 16);
    session().editor().history().undo();
    QVERIFY(session().editor().pins().isEmpty());
}

void TestComparePage::an_exported_folder_equals_the_plan_it_was_made_from()
{
    const auto to = folder() / "mixed";
    ExportOptions options;
    options.verify = false;
    QVERIFY(exportModel(session().model(), *session().profile(), *session().planned()->evidence,
        window().plan(), to, options, {}));
    QVERIFY(addAndWait(to));
    const ComparedPair& pair = *page().pair();
    QCOMPARE(pair.b.title, QStringLiteral("mixed"));
    QCOMPARE(pair.b.side.damage, pair.a.side.damage);
    for (std::size_t d = 0; d < pair.a.side.cells.size(); ++d)
        QVERIFY(!pair.differs(d));
}

void TestComparePage::another_checkpoint_shows_which_weights_changed()
{
    const auto to = folder() / "tuned";
    std::filesystem::copy(test::sample, to);
    const TensorInfo* changed = nullptr;
    for (const TensorInfo& info : session().model()->tensors)
        if (info.role == TensorRole::mlpDown)
            changed = &info;
    QVERIFY(changed);
    QFile file(QString::fromStdString((to / "model.safetensors").string()));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(qint64(changed->byteOffset)));
    QByteArray zeros(qint64(changed->byteSize), '\0');
    QCOMPARE(file.write(zeros), zeros.size());
    file.close();
    QVERIFY(addAndWait(to));
    const ComparedPair& pair = *page().pair();
    int moved = 0;
    for (std::size_t d = 0; d < pair.profile->decisions.size(); ++d)
        if (pair.change(d) > 0) {
            QCOMPARE(pair.change(d), 1.0);
            ++moved;
        }
    QCOMPARE(moved, 1);
    page().setKind(DifferenceKind::change);
    QVERIFY(computed());
    QCOMPARE(page().view().style().highest, 1.0);
}

void TestComparePage::a_model_of_other_tensors_is_refused_and_nothing_is_added()
{
    const qsizetype before = page().sides().names().size();
    QSignalSpy refused(&page(), &ComparePage::failed);
    test::SafetensorsBuilder other;
    other.addFloats("other.weight", {4, 64});
    const std::string bytes = other.bytes();
    std::ofstream(folder() / "other.safetensors", std::ios::binary) << bytes;
    page().sides().addModel(folder() / "other.safetensors");
    QVERIFY(refused.wait(patience));
    QCOMPARE(refused.first().first().value<Error>().code, Errc::badPlan);
    QCOMPARE(page().sides().names().size(), before);
    QVERIFY(page().pair());
}

void TestComparePage::a_folder_that_is_not_there_is_said()
{
    QSignalSpy refused(&page(), &ComparePage::failed);
    page().sides().addModel(folder() / "nothing-here");
    QVERIFY(refused.wait(patience));
    QVERIFY(!page().sides().reading());
}

void TestComparePage::a_model_being_read_is_there_for_the_target_chosen_meanwhile()
{
    std::filesystem::copy(test::sample, folder() / "first");
    std::filesystem::copy(test::sample, folder() / "second");
    const ExportTarget* other = findExportTarget("gguf");
    QVERIFY(other && other != &session().target());
    QVERIFY(QTest::qWaitFor([&] {
        return std::any_of(session().offers().begin(), session().offers().end(),
            [&](const TargetOffer& offer) { return offer.target == other && offer.profile; });
    }, patience));
    QSignalSpy added(&page().sides(), &CompareSides::added);
    page().sides().addModel(folder() / "first");
    page().sides().addModel(folder() / "second");
    session().setTarget(*other);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 2, patience);
    QVERIFY(QTest::qWaitFor([this] { return test::isReady(session()); }, patience));
    QTRY_VERIFY_WITH_TIMEOUT(page().pair() && page().pair()->b.title == QStringLiteral("second"),
        patience);
    QCOMPARE(page().pair()->profile, session().profile());
    QCOMPARE(page().pair()->b.side.absent, std::size_t(0));
}

void TestComparePage::a_saved_plan_is_offered_and_goes_when_it_is_deleted()
{
    QAbstractItemModelTester tester(&window()->savedPlans());
    ProjectPlan kept = planInForce(session());
    kept.name = "first";
    QVERIFY(window()->savedPlans().add(kept));
    Budget budget = session().editor().budget();
    budget.bytes = budget.bytes * 5 / 4;
    const double before = window().plan().damage;
    session().editor().setBudget(budget, false);
    QVERIFY(QTest::qWaitFor([&] { return window().plan().damage < before; }, patience));
    QVERIFY(compare("plan", "saved/first"));
    QVERIFY(page().pair());
    QCOMPARE(page().pair()->b.side.damage, before);
    HeatmapPage& heatmap = window()->heatmap();
    heatmap.colourBy(ColourChoice::bitsOverPlan);
    QVERIFY(heatmap.view().dataRange().second > 0); // more bytes: more bits somewhere
    window()->savedPlans().remove(0);
    QVERIFY(!page().pair());
    auto* colour = heatmap.findChild<QComboBox*>();
    QCOMPARE(colour->currentText(), QStringLiteral("Bits beside the uniform plan"));
    heatmap.colourBy(ColourChoice::damage);
}

void TestComparePage::closing_the_model_empties_the_page()
{
    session().close();
    QVERIFY(!page().pair());
    QCOMPARE(page().table().model()->rowCount(), 0);
}

QTEST_MAIN(TestComparePage)
#include "tst_compare_page.moc"
