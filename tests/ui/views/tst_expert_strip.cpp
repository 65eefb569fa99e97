// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of experts, and the strip that one of them opens into.
#include "ui/views/heatmap_view.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace bitloupe::ui;

namespace {

constexpr int stackDecision = 2; // of layer 0, four experts that share it
constexpr int firstMember = 10; // of layer 1, twenty decisions of their own
constexpr int members = 20;

HeatmapCell plain(int decision)
{
    HeatmapCell cell;
    cell.decision = decision;
    cell.bits = cell.lowestBits = cell.highestBits = 4;
    cell.value = 1;
    return cell;
}

// Two layers: a plain column on either side of a column of experts.
HeatmapData mixture()
{
    HeatmapData data;
    data.columns.resize(3);
    data.rows.resize(2);
    HeatmapCell stack = plain(stackDecision);
    stack.experts = 4;
    HeatmapCell many = plain(firstMember);
    many.experts = members;
    many.highestBits = 5;
    for (int i = 0; i < members; ++i)
        many.members.append(firstMember + i);
    data.cells = {plain(1), stack, plain(3), plain(4), many, plain(5)};
    return data;
}

HeatmapData opened(int cell)
{
    HeatmapData data = mixture();
    QVector<HeatmapCell> experts;
    for (int i = 0; i < data.cells[cell].experts; ++i) {
        const bool apart = !data.cells[cell].members.isEmpty();
        experts.append(plain(apart ? firstMember + i : stackDecision));
        experts.last().expert = i;
    }
    data.openStrip(cell, experts);
    return data;
}

} // namespace

class TestExpertStrip : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<HeatmapView> m_view;

    void click(const QPoint& at, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseClick(m_view->childAt(at), Qt::LeftButton, keys, at);
    }
    QPoint expert(int number) const { return m_view->expertRect(number).center(); }

private slots:
    void init()
    {
        m_view = std::make_unique<HeatmapView>();
        m_view->resize(600, 400);
        m_view->setData(mixture());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void enter_and_triangle_ask_to_open_and_plain_cells_do_not()
    {
        QSignalSpy opens(m_view.get(), &HeatmapView::openRequested);
        click(m_view->cellRect(1).center());
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(opens.size(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        const QRect cell = m_view->cellRect(stackDecision);
        click({cell.right() - 6, cell.center().y()});
        QCOMPARE(opens.size(), 2);
        QCOMPARE(opens.at(1).at(0).toInt(), stackDecision);
        click(cell.center());
        QCOMPARE(opens.size(), 2);
    }

    void double_click_opens()
    {
        QSignalSpy opens(m_view.get(), &HeatmapView::openRequested);
        const QPoint at = m_view->cellRect(stackDecision).center();
        QTest::mouseDClick(m_view->childAt(at), Qt::LeftButton, {}, at);
        QCOMPARE(opens.size(), 1);
    }

    void a_cell_of_many_selects_them_all()
    {
        click(m_view->cellRect(firstMember + 3).center());
        QCOMPARE(m_view->selectedDecisions().size(), members);
        click(m_view->cellRect(firstMember).center(), Qt::ControlModifier);
        QVERIFY(m_view->selectedDecisions().isEmpty());
    }

    void every_expert_is_found_at_its_centre()
    {
        m_view->setData(opened(4));
        for (int i = 0; i < members; ++i)
            QCOMPARE(m_view->decisionAt(expert(i)), firstMember + i);
        QVERIFY(m_view->expertRect(members).isEmpty());
    }

    void rows_below_an_open_strip_keep_their_cells()
    {
        m_view->setData(opened(1));
        for (const int decision : {1, 3, 4, 5, stackDecision})
            QCOMPARE(m_view->decisionAt(m_view->cellRect(decision).center()), decision);
    }

    void an_expert_of_its_own_is_selected_alone()
    {
        m_view->setData(opened(4));
        click(expert(7));
        QCOMPARE(m_view->selectedDecisions(), QVector<int> {firstMember + 7});
        click(expert(9), Qt::ShiftModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 3);
        QCOMPARE(m_view->currentDecision(), firstMember + 9);
    }

    void an_expert_of_a_stack_selects_the_stack()
    {
        m_view->setData(opened(1));
        click(expert(2));
        QCOMPARE(m_view->selectedDecisions(), QVector<int> {stackDecision});
        m_view->select({stackDecision}, stackDecision); // as the window answers
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->currentDecision(), stackDecision); // at the last expert, no further
    }

    void arrows_walk_through_the_strip()
    {
        m_view->setData(opened(4));
        m_view->select({stackDecision}, stackDecision);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->selectedDecisions().size(), members);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->selectedDecisions(), QVector<int> {firstMember});
        QTest::keyClick(m_view.get(), Qt::Key_Down); // the second line has four
        QCOMPARE(m_view->currentDecision(), firstMember + 16);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_view->selectedDecisions().size(), members);
    }

    void opening_and_closing_keep_the_selection()
    {
        m_view->select({firstMember + 5}, firstMember + 5);
        m_view->setData(opened(4));
        QCOMPARE(m_view->selectedDecisions(), QVector<int> {firstMember + 5});
        m_view->setData(mixture());
        QCOMPARE(m_view->selectedDecisions(), QVector<int> {firstMember + 5});
        QCOMPARE(m_view->currentDecision(), firstMember + 5);
    }

    void a_range_of_bits_looks_unlike_one_width()
    {
        const QImage range = m_view->toImage({600, 400}, 1);
        HeatmapData same = mixture();
        same.cells[4].highestBits = 4;
        m_view->setData(same);
        QVERIFY(m_view->toImage({600, 400}, 1) != range);
    }
};

QTEST_MAIN(TestExpertStrip)
#include "tst_expert_strip.moc"
