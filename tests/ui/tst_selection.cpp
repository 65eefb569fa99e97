// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/decision_text.h"
#include "ui/heatmap_page.h"
#include "ui/sample_window.h"
#include "ui/views/heatmap_view.h"

#include <QAbstractItemView>
#include <QLineEdit>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

class TestSelection : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_selection"); }
    void init() { m_window = std::make_unique<SampleWindow>(); }
    void cleanup() { m_window.reset(); }
    void selection_is_linked_everywhere();
    void keys_pin_and_undo();
    void digits_in_the_table_pin_its_rows();
    void filter_narrows_table_and_heatmap();

private:
    SampleWindow& window() { return *m_window; }

    std::unique_ptr<SampleWindow> m_window;
};

void TestSelection::selection_is_linked_everywhere()
{
    QVERIFY(window().openSample());
    const int query = window().firstFree(TensorRole::attentionQ);
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({query, down}, down);
    HeatmapView& view = window()->heatmap().view();
    QCOMPARE(view.selectedDecisions().size(), 2);
    QCOMPARE(view.currentDecision(), down);
    QCOMPARE(window()->currentDecision(), down);
    // And from the heatmap back: a click on a cell.
    const QRect cell = view.cellRect(query);
    QVERIFY(!cell.isEmpty());
    QTest::mouseClick(view.childAt(cell.center()) ? view.childAt(cell.center()) : &view,
        Qt::LeftButton, {},
        view.childAt(cell.center()) ? view.childAt(cell.center())->mapFrom(&view, cell.center())
                                    : cell.center());
    QTRY_COMPARE(window()->currentDecision(), query);
    QCOMPARE(window()->selectedDecisions(), QVector<int> {query});
}

void TestSelection::keys_pin_and_undo()
{
    QVERIFY(window().openSample());
    Session& session = window()->session();
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({down}, down);
    HeatmapView& view = window()->heatmap().view();
    QTest::keyClick(&view, Qt::Key_6);
    QTRY_VERIFY_WITH_TIMEOUT(DecisionView(session, down).bits() == 6, patience);
    QVERIFY(DecisionView(session, down).pinned());
    QTest::keyClick(&view, Qt::Key_0);
    QVERIFY(!DecisionView(session, down).pinned());
    QTest::keyClick(window().get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(DecisionView(session, down).pinned());
}

void TestSelection::digits_in_the_table_pin_its_rows()
{
    QVERIFY(window().openSample());
    Session& session = window()->session();
    auto* table = window()->findChild<QAbstractItemView*>(QStringLiteral("tensorTable"));
    QTest::keyClick(window().get(), Qt::Key_2, Qt::ControlModifier);
    const int down = window().firstFree(TensorRole::mlpDown);
    window()->select({down}, down);
    table->setFocus();
    QTRY_VERIFY(table->hasFocus());
    QTest::keyClick(table, Qt::Key_6);
    QCOMPARE(session.editor().pins().keys(), QList<int> {down});
    QTest::keyClick(table, Qt::Key_5, Qt::AltModifier);
    QCOMPARE(session.editor().floors().keys(), QList<int> {down});
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(window()->selectedDecisions().size(), table->model()->rowCount());
}

void TestSelection::filter_narrows_table_and_heatmap()
{
    QVERIFY(window().openSample());
    QLineEdit* line = nullptr;
    const auto lines = window()->findChildren<QLineEdit*>();
    for (QLineEdit* one : lines)
        if (one->accessibleName() == QLatin1String("Filter tensors"))
            line = one;
    QVERIFY(line);
    auto* table = window()->findChild<QAbstractItemView*>(QStringLiteral("tensorTable"));
    QVERIFY(table);
    const int all = table->model()->rowCount();
    line->setText(QStringLiteral("role:down"));
    QVERIFY(table->model()->rowCount() > 0 && table->model()->rowCount() < all);
    line->clear();
    QCOMPARE(table->model()->rowCount(), all);
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestSelection test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_selection.moc"
