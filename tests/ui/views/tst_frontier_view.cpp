// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/frontier_view.h"
#include "views/invented_plan.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace bitloupe::ui;

class TestFrontierView : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<FrontierView> m_view;

    QWidget* plot() const { return m_view->childAt(200, 60); }

private slots:
    void init()
    {
        m_view = std::make_unique<FrontierView>();
        m_view->resize(400, 160);
        m_view->setData(inventedFrontier());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->toImage({400, 160}, 1); // lays the axes out
    }
    void cleanup() { m_view.reset(); }

    void bytes_rise_to_the_right_and_stay_in_range()
    {
        const FrontierData data = inventedFrontier();
        QVERIFY(m_view->bytesAt({150, 60}) < m_view->bytesAt({250, 60}));
        QCOMPARE(m_view->bytesAt({-500, 60}), data.lowestBytes);
        QCOMPARE(m_view->bytesAt({5000, 60}), data.highestBytes);
    }

    void dragging_asks_for_budgets_until_released()
    {
        QSignalSpy dragged(m_view.get(), &FrontierView::budgetDragged);
        QSignalSpy finished(m_view.get(), &FrontierView::dragFinished);
        QTest::mousePress(plot(), Qt::LeftButton, {}, {150, 60});
        QTest::mouseMove(plot(), {200, 60});
        QTest::mouseRelease(plot(), Qt::LeftButton, {}, {200, 60});
        QVERIFY(dragged.size() >= 2);
        QCOMPARE(dragged.last().at(0).toDouble(), m_view->bytesAt({200, 60}));
        QCOMPARE(finished.size(), 1);
        const qsizetype count = dragged.size();
        QTest::mouseMove(plot(), {220, 60});
        QCOMPARE(dragged.size(), count);
    }

    void without_a_plan_nothing_is_dragged()
    {
        m_view->setData({});
        QSignalSpy dragged(m_view.get(), &FrontierView::budgetDragged);
        QTest::mouseClick(plot(), Qt::LeftButton, {}, {150, 60});
        QCOMPARE(dragged.size(), 0);
    }
};

QTEST_MAIN(TestFrontierView)
#include "tst_frontier_view.moc"
