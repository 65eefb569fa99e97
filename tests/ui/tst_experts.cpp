// SPDX-License-Identifier: GPL-3.0-or-later
// Mixtures of experts in heatmap, table, tree, pins and selection.
#include "ui/decision_text.h"
#include "ui/expert_values.h"
#include "ui/heatmap_builder.h"
#include "ui/heatmap_page.h"
#include "ui/main_window.h"
#include "ui/models/tensor_table_model.h"
#include "ui/moe_folder.h"
#include "ui/ready_session.h"
#include "ui/views/heatmap_view.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;

class TestExperts : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void experts_of_a_role_are_one_cell();
    void stack_opens_into_an_expert_a_source();
    void damage_of_experts_averages_to_the_stack();
    void experts_apart_show_the_range_of_their_bits();
    void window_opens_pins_and_selects_experts();

private:
    test::ScratchFolder m_stacked, m_apart;
};

namespace {

const HeatmapCell* firstOf(const Session& session, const HeatmapData& data, TensorRole role)
{
    for (const HeatmapCell& cell : data.cells)
        if (cell.decision >= 0 && DecisionView(session, cell.decision).decision().role == role)
            return &cell;
    return nullptr;
}

ColourChoice choiceOf(ColourChoice::Kind kind)
{
    const auto choices = colourChoices();
    return *std::find_if(choices.begin(), choices.end(),
        [kind](const ColourChoice& one) { return one.kind == kind; });
}

} // namespace

void TestExperts::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("bitloupe-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_experts"));
    test::writeMoe(m_stacked, true);
    test::writeMoe(m_apart, false);
}

void TestExperts::experts_of_a_role_are_one_cell()
{
    for (const test::ScratchFolder* folder : {&m_stacked, &m_apart}) {
        test::ReadySession session;
        QVERIFY(session.openAndWait(folder->path()));
        const HeatmapData data = buildHeatmap(session, choiceOf(ColourChoice::bits));
        QCOMPARE(data.columns.size(), 9); // embed q k v o gate up down head
        QCOMPARE(data.cells.size(), data.columns.size() * 3);
        const HeatmapCell* gate = firstOf(session, data, TensorRole::expertGate);
        QVERIFY(gate);
        QCOMPARE(gate->experts, 4);
        QCOMPARE(gate->members.size(), folder == &m_apart ? 4 : 0);
    }
}

void TestExperts::stack_opens_into_an_expert_a_source()
{
    test::ReadySession session;
    QVERIFY(session.openAndWait(m_stacked.path()));
    const ColourChoice colour = choiceOf(ColourChoice::nrmse);
    const HeatmapData closed = buildHeatmap(session, colour);
    const int decision = firstOf(session, closed, TensorRole::expertDown)->decision;
    const HeatmapData open = buildHeatmap(session, colour, decision);
    QCOMPARE(open.strip.count, 4);
    QCOMPARE(open.rows.size(), closed.rows.size() + 1);
    for (int i = 0; i < 4; ++i) {
        const HeatmapCell& cell = open.cells[open.gridCells() + i];
        QCOMPARE(cell.decision, decision);
        QCOMPARE(cell.expert, i);
        QVERIFY(cell.linked && std::isfinite(cell.value));
        QVERIFY(expertToolTip(session, DecisionView(session, decision), i)
                    .contains(QStringLiteral("experts.%1.down_proj").arg(i)));
    }
    // All differ, so they are not one number shown four times.
    QVERIFY(open.cells[open.gridCells()].value != open.cells[open.gridCells() + 1].value);
}

void TestExperts::damage_of_experts_averages_to_the_stack()
{
    for (const ProbeDepth depth : {ProbeDepth::none, ProbeDepth::full}) {
        test::ReadySession session(depth);
        QVERIFY(session.openAndWait(m_stacked.path()));
        const HeatmapData data = buildHeatmap(session, choiceOf(ColourChoice::damage));
        const HeatmapCell* up = firstOf(session, data, TensorRole::expertUp);
        const DecisionView view(session, up->decision);
        const QVector<double> values
            = expertValues(session, view, choiceOf(ColourChoice::damage));
        double sum = 0;
        for (const double value : values)
            sum += value;
        QVERIFY2(std::abs(sum / 4 - view.damage()) <= 1e-9 * view.damage(),
            qPrintable(QStringLiteral("%1 against %2").arg(sum / 4).arg(view.damage())));
    }
}

void TestExperts::experts_apart_show_the_range_of_their_bits()
{
    test::ReadySession session;
    QVERIFY(session.openAndWait(m_apart.path()));
    const ColourChoice colour = choiceOf(ColourChoice::bits);
    const QVector<int> members
        = firstOf(session, buildHeatmap(session, colour), TensorRole::expertGate)->members;
    session.editor().pin({{members[0], *session.codecForBits(members[0], 3)},
                             {members[3], *session.codecForBits(members[3], 8)}},
        QStringLiteral("pins"));
    QTRY_COMPARE_WITH_TIMEOUT(DecisionView(session, members[3]).bits(), 8, patience);
    const HeatmapData data = buildHeatmap(session, colour, members[0]);
    const HeatmapCell* gate = firstOf(session, data, TensorRole::expertGate);
    QCOMPARE(gate->lowestBits, 3);
    QCOMPARE(gate->highestBits, 8);
    QVERIFY(gate->bits >= 3 && gate->bits < 8);
    QVERIFY(!gate->pinned); // not all of them are
    for (int i = 0; i < 4; ++i)
        QCOMPARE(data.cells[data.gridCells() + i].pinned, i == 0 || i == 3);
}

void TestExperts::window_opens_pins_and_selects_experts()
{
    QSettings().clear();
    MainWindow window;
    window.session().setCacheDirectory(std::nullopt);
    window.session().setProbeDepth(ProbeDepth::none);
    window.show();
    window.openPath(m_apart.path());
    QVERIFY(QTest::qWaitFor([&] { return test::isReady(window.session()); }, patience));
    HeatmapView& view = window.heatmap().view();
    const QVector<int> members
        = firstOf(window.session(), view.data(), TensorRole::expertUp)->members;
    window.select({members[2]}, members[2]); // as from the table, with the strip closed
    QCOMPARE(view.selectedDecisions(), QVector<int> {members[2]});
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(view.data().strip.count, 4);
    QCOMPARE(view.selectedDecisions(), QVector<int> {members[2]});
    QTest::keyClick(&view, Qt::Key_8);
    QTRY_COMPARE_WITH_TIMEOUT(DecisionView(window.session(), members[2]).bits(), 8, patience);
    QVERIFY(!DecisionView(window.session(), members[1]).pinned());
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(view.data().strip.count, 0);
    window.session().close();
    QVERIFY(view.data().cells.isEmpty());
}

QTEST_MAIN(TestExperts)
#include "tst_experts.moc"
