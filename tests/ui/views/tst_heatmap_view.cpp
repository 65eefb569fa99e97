// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_view.h"
#include "views/invented_plan.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <memory>

using namespace bitloupe::ui;

class TestHeatmapView : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<HeatmapView> m_view;
    HeatmapData m_data;

    int decision(int row, int column) const { return m_data.cell(row, column).decision; }
    QPoint centre(int of) const { return m_view->cellRect(of).center(); }
    void press(int of, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseClick(m_view->childAt(centre(of)), Qt::LeftButton, keys, centre(of));
    }

private slots:
    void init()
    {
        m_view = std::make_unique<HeatmapView>();
        m_view->resize(860, 560);
        m_data = inventedHeatmap(30, 8, 2);
        m_view->setData(m_data);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void every_visible_cell_is_found_at_its_centre()
    {
        for (const HeatmapCell& cell : m_data.cells)
            if (cell.decision >= 0)
                QCOMPARE(m_view->decisionAt(centre(cell.decision)), cell.decision);
    }

    void nothing_is_found_on_blanks_and_margins()
    {
        const QPoint first = centre(decision(0, 0));
        QCOMPARE(m_view->decisionAt({2, 2}), -1);
        QCOMPARE(m_view->decisionAt({centre(decision(3, 4)).x(), first.y()}), -1);
    }

    void click_selects_one_and_says_so_once()
    {
        QSignalSpy changed(m_view.get(), &HeatmapView::selectionChanged);
        press(decision(5, 3));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_view->selectedDecisions(), QVector<int>({decision(5, 3)}));
        QCOMPARE(m_view->currentDecision(), decision(5, 3));
    }

    void hearing_its_own_selection_again_keeps_the_start_of_it()
    {
        connect(m_view.get(), &HeatmapView::selectionChanged, m_view.get(), [this] {
            m_view->select(m_view->selectedDecisions(), m_view->currentDecision());
        });
        press(decision(5, 3));
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
        const QVector<int> all = {decision(5, 3), decision(6, 3), decision(7, 3)};
        QCOMPARE(m_view->selectedDecisions(), all);
    }

    void shift_click_selects_the_rectangle()
    {
        press(decision(5, 3));
        press(decision(7, 4), Qt::ShiftModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 6);
    }

    void control_click_adds_and_takes_away()
    {
        press(decision(5, 3));
        press(decision(9, 6), Qt::ControlModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 2);
        press(decision(5, 3), Qt::ControlModifier);
        QCOMPARE(m_view->selectedDecisions(), QVector<int>({decision(9, 6)}));
    }

    void arrows_walk_cells_and_stop_at_the_edge()
    {
        press(decision(5, 6));
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->currentDecision(), decision(5, 7));
        QSignalSpy changed(m_view.get(), &HeatmapView::selectionChanged);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(changed.size(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 2);
    }

    void home_and_end_reach_the_first_and_last_cell()
    {
        press(decision(5, 6));
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->currentDecision(), decision(0, 0));
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QCOMPARE(m_view->currentDecision(), decision(30, 7));
    }

    void digit_keys_ask_for_pins()
    {
        press(decision(5, 3));
        QSignalSpy pin(m_view.get(), &HeatmapView::pinRequested);
        for (const char key : {'2', '3', '4', '5', '6', '8', '0', '7', '1'})
            QTest::keyClick(m_view.get(), key);
        QCOMPARE(pin.size(), 8);
        QCOMPARE(pin.at(5).at(0).toInt(), 8);
        QCOMPARE(pin.at(6).at(0).toInt(), 0);
        QCOMPARE(pin.at(7).at(0).toInt(), 16);
    }

    void titles_select_rows_and_columns()
    {
        const auto click = [this](const QPoint& at, Qt::KeyboardModifiers keys) {
            QTest::mouseClick(m_view->childAt(at), Qt::LeftButton, keys, at);
        };
        const auto rowTitle = [this](int row) { return QPoint(40, centre(decision(row, 1)).y()); };
        const auto columnTitle = [this](int column) { return QPoint(centre(decision(5, column)).x(), 12); };
        click(rowTitle(5), {});
        QCOMPARE(m_view->selectedDecisions().size(), 7); // all but the embedding
        click(rowTitle(7), Qt::ShiftModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 21);
        click(rowTitle(9), Qt::ControlModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 28);
        click(columnTitle(3), {});
        QCOMPARE(m_view->selectedDecisions().size(), 30);
        QCOMPARE(m_view->currentDecision(), decision(1, 3));
        click(columnTitle(4), Qt::ShiftModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 60);
    }

    void space_selects_the_row_or_column_of_the_current_cell()
    {
        press(decision(5, 3));
        QTest::keyClick(m_view.get(), Qt::Key_Space, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 7);
        press(decision(5, 3));
        QTest::keyClick(m_view.get(), Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(m_view->selectedDecisions().size(), 30);
    }

    void dragging_over_titles_selects_their_range()
    {
        const QPoint from(40, centre(decision(5, 1)).y()), to(40, centre(decision(8, 1)).y());
        QWidget* plot = m_view->childAt(from);
        QTest::mousePress(plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(plot, to);
        QTest::mouseRelease(plot, Qt::LeftButton, {}, to);
        QCOMPARE(m_view->selectedDecisions().size(), 28);
    }

    void a_label_is_printed_where_there_are_no_bits()
    {
        for (HeatmapCell& cell : m_data.cells)
            cell.bits = 0;
        m_view->setData(m_data);
        const QImage without = m_view->toImage(m_view->size(), 1);
        for (HeatmapCell& cell : m_data.cells)
            cell.label = QStringLiteral("+1"); // as where two plans are compared
        m_view->setData(m_data);
        QVERIFY(m_view->toImage(m_view->size(), 1) != without);
    }

    void selection_outlives_new_data_of_the_same_decisions()
    {
        press(decision(5, 3));
        HeatmapData again = m_data;
        again.cells[0].bits = 8;
        m_view->setData(again);
        QCOMPARE(m_view->selectedDecisions(), QVector<int>({decision(5, 3)}));
    }

    void more_rows_than_fit_scroll_to_the_current_one()
    {
        m_data = inventedHeatmap(500, 8, 0);
        m_view->setData(m_data);
        QVERIFY(m_view->cellRect(decision(400, 3)).isEmpty());
        m_view->select({decision(400, 3)}, decision(400, 3));
        QCOMPARE(m_view->decisionAt(centre(decision(400, 3))), decision(400, 3));
    }

    void zooming_out_stops_at_three_pixels_a_row()
    {
        m_data = inventedHeatmap(500, 8, 0);
        m_view->setData(m_data);
        const QPoint at = centre(decision(2, 2));
        for (int i = 0; i < 40; ++i) {
            QWheelEvent wheel(at, m_view->mapToGlobal(at), {}, {0, -120}, Qt::NoButton,
                Qt::ControlModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(m_view->childAt(at), &wheel);
        }
        QCOMPARE(m_view->cellRect(decision(2, 2)).height(), 3);
    }

    void nan_and_failed_cells_look_like_nothing_else()
    {
        using Trouble = HeatmapCell::Trouble;
        HeatmapStyle style;
        style.colourByBits = false; // bits are known where values are not
        m_view->setStyle(style);
        const int cell = 5 * 8 + 3;
        QVector<QImage> pictures;
        for (const Trouble trouble : {Trouble::none, Trouble::notFinite, Trouble::failed}) {
            m_data.cells[cell].trouble = trouble;
            m_view->setData(m_data);
            pictures.append(m_view->toImage({860, 560}, 1).copy(m_view->cellRect(decision(5, 3))));
        }
        m_data.cells[cell].trouble = Trouble::none;
        m_data.cells[cell].value = std::nan("");
        m_view->setData(m_data);
        pictures.append(m_view->toImage({860, 560}, 1).copy(m_view->cellRect(decision(5, 3))));
        for (int a = 0; a < pictures.size(); ++a)
            for (int b = 0; b < a; ++b)
                QVERIFY2(pictures[a] != pictures[b], qPrintable(QStringLiteral("%1 %2").arg(a).arg(b)));
    }

    void digits_are_printed_only_where_asked()
    {
        const auto picture = [this](bool digits) {
            HeatmapStyle style = m_view->style();
            style.printBits = digits;
            m_view->setStyle(style);
            return m_view->toImage({860, 560}, 1);
        };
        QVERIFY(picture(true) != picture(false));
    }

    void a_dark_palette_changes_the_picture()
    {
        const QImage light = m_view->toImage({860, 560}, 1);
        QPalette dark;
        dark.setColor(QPalette::Base, QColor(34, 36, 39));
        dark.setColor(QPalette::Text, Qt::white);
        m_view->setPalette(dark);
        QVERIFY(m_view->toImage({860, 560}, 1).pixelColor(1, 1) != light.pixelColor(1, 1));
    }
};

QTEST_MAIN(TestHeatmapView)
#include "tst_heatmap_view.moc"
