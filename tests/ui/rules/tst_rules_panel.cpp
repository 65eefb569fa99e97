// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/decision_text.h"
#include "ui/ready_session.h"
#include "ui/rules/rule_form.h"
#include "ui/rules/rules_panel.h"
#include "ui/rules/selection_actions.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;

class TestRulesPanel : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void a_pattern_says_what_it_finds_before_it_is_added();
    void rows_say_how_many_tensors_they_touch();
    void the_last_of_two_pins_counts_and_order_can_change();
    void cells_of_a_pattern_can_be_edited();
    void senseless_patterns_are_refused();
    void removing_and_switching_off_can_be_undone();
    void a_rule_shows_its_tensors();
    void a_floor_holds_the_selection_up();
    void current_codec_is_given_to_the_selection();
    void excluded_tensors_keep_their_floats();
    void actions_are_off_without_a_selection();
    void closing_the_model_empties_the_list();

private:
    QModelIndex cell(int row, int column) { return m_panel->model().index(row, column); }
    QString textOf(int row, int column) { return cell(row, column).data().toString(); }
    void addRule(const char* pattern, const char* codec);
    int bitsOf(int decision) { return DecisionView(*m_session, decision).bits(); }
    /// Decisions of one role that have a choice.
    QVector<int> free(TensorRole role);
    bool counted(int row, const char* text)
    {
        return QTest::qWaitFor(
            [&] { return textOf(row, RulesModel::touches) == QLatin1String(text); }, patience);
    }

    std::unique_ptr<test::ReadySession> m_session;
    std::unique_ptr<RulesPanel> m_panel;
};

void TestRulesPanel::initTestCase()
{
    m_session = std::make_unique<test::ReadySession>();
    QVERIFY(m_session->openAndWait());
    m_panel = std::make_unique<RulesPanel>(*m_session);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get())); // shortcuts need it
    new QAbstractItemModelTester(
        &m_panel->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_panel.get());
}

void TestRulesPanel::init()
{
    if (m_session->model())
        m_session->editor().reset(m_session->editor().budget());
    QCOMPARE(m_panel->model().rowCount(), 0);
}

QVector<int> TestRulesPanel::free(TensorRole role)
{
    QVector<int> found;
    const auto& decisions = m_session->profile()->decisions;
    for (std::size_t d = 0; d < decisions.size(); ++d)
        if (decisions[d].role == role && decisions[d].options.size() > 1)
            found.append(static_cast<int>(d));
    return found;
}

void TestRulesPanel::addRule(const char* pattern, const char* codec)
{
    Wish wish;
    wish.pattern = QLatin1String(pattern);
    wish.codec = findCodec(codec)->id;
    m_panel->model().add(wish);
}

void TestRulesPanel::a_pattern_says_what_it_finds_before_it_is_added()
{
    auto* add = m_panel->form().findChild<QPushButton*>();
    QVERIFY(!add->isEnabled());
    QSignalSpy searched(&m_panel->form(), &RuleForm::searched);
    m_panel->form().setPattern(QStringLiteral("no such name"));
    QTRY_COMPARE_WITH_TIMEOUT(searched.count(), 1, patience);
    QCOMPARE(searched.first().first().toLongLong(), 0);
    QVERIFY(!add->isEnabled());
    m_panel->form().setPattern(QStringLiteral("q_proj"));
    QTRY_VERIFY_WITH_TIMEOUT(add->isEnabled(), patience);
    QTest::keyClick(m_panel->form().patternField(), Qt::Key_Return);
    QCOMPARE(m_panel->model().rowCount(), 1);
    QCOMPARE(textOf(0, RulesModel::tensors), QStringLiteral("q_proj"));
    QVERIFY(m_panel->form().patternField()->text().isEmpty());
}

void TestRulesPanel::rows_say_how_many_tensors_they_touch()
{
    const QVector<int> queries = free(TensorRole::attentionQ);
    addRule("q_proj", "affine-8-g64");
    QCOMPARE(textOf(0, RulesModel::touches), QStringLiteral("…"));
    QVERIFY(counted(0, QByteArray::number(queries.size()).constData()));
    for (const int query : queries) {
        QCOMPARE(bitsOf(query), 8);
        QVERIFY(DecisionView(*m_session, query).pinned());
        QVERIFY(DecisionView(*m_session, query).ruleText().contains(QLatin1String("q_proj")));
    }
}

void TestRulesPanel::the_last_of_two_pins_counts_and_order_can_change()
{
    const int query = free(TensorRole::attentionQ).first();
    addRule("q_proj", "affine-8-g64");
    addRule("attn|attention", "affine-3-g64");
    QTRY_COMPARE_WITH_TIMEOUT(bitsOf(query), 3, patience);
    auto* list = m_panel->findChild<QTreeView*>();
    list->setCurrentIndex(cell(0, 0));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(textOf(1, RulesModel::tensors), QStringLiteral("q_proj"));
    QCOMPARE(list->currentIndex().row(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(bitsOf(query), 8, patience);
}

void TestRulesPanel::cells_of_a_pattern_can_be_edited()
{
    const int query = free(TensorRole::attentionQ).first();
    const int key = free(TensorRole::attentionK).first();
    addRule("q_proj", "affine-8-g64");
    QTRY_COMPARE_WITH_TIMEOUT(bitsOf(query), 8, patience);
    QVERIFY(m_panel->model().setData(
        cell(0, RulesModel::tensors), QStringLiteral("k_proj"), Qt::EditRole));
    const auto six
        = static_cast<int>(m_panel->model().codecs().indexOf(findCodec("affine-6-g64")->id));
    auto* list = m_panel->findChild<QTreeView*>();
    list->edit(cell(0, RulesModel::codec));
    auto* choice = list->viewport()->findChild<QComboBox*>();
    QVERIFY(choice);
    choice->setCurrentIndex(six);
    emit choice->activated(six);
    QTRY_COMPARE_WITH_TIMEOUT(bitsOf(key), 6, patience);
    QVERIFY(m_panel->model().setData(cell(0, RulesModel::kind), 1, Qt::EditRole));
    QVERIFY(m_session->editor().wishes().first().kind == Rule::Kind::floor);
    QCOMPARE(m_session->editor().history().count(), 4);
}

void TestRulesPanel::senseless_patterns_are_refused()
{
    addRule("q_proj", "affine-8-g64");
    QSignalSpy refused(&m_panel->model(), &RulesModel::refused);
    for (const char* bad : {"", "(", "(a)\\1"})
        QVERIFY(!m_panel->model().setData(cell(0, 0), QLatin1String(bad), Qt::EditRole));
    QCOMPARE(refused.count(), 3);
    QCOMPARE(textOf(0, 0), QStringLiteral("q_proj"));
}

void TestRulesPanel::removing_and_switching_off_can_be_undone()
{
    addRule("q_proj", "affine-8-g64");
    addRule("k_proj", "affine-8-g64");
    m_panel->model().setData(cell(0, 0), Qt::Unchecked, Qt::CheckStateRole);
    QVERIFY(counted(0, "off"));
    QTRY_COMPARE_WITH_TIMEOUT(
        m_session->planned()->plan->options.rules.size(), std::size_t(1), patience);
    m_panel->model().remove({0, 1});
    QCOMPARE(m_panel->model().rowCount(), 0);
    m_session->editor().history().undo();
    QCOMPARE(m_panel->model().rowCount(), 2);
    m_session->editor().history().undo();
    QCOMPARE(cell(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
}

void TestRulesPanel::a_rule_shows_its_tensors()
{
    addRule("q_proj", "affine-8-g64");
    QSignalSpy chosen(m_panel.get(), &RulesPanel::tensorsChosen);
    auto* list = m_panel->findChild<QTreeView*>();
    list->setCurrentIndex(cell(0, 0));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(chosen.count(), 1, patience);
    QCOMPARE(chosen[0][0].value<QVector<int>>(), free(TensorRole::attentionQ));
}

void TestRulesPanel::a_floor_holds_the_selection_up()
{
    SelectionActions actions(*m_session, m_panel.get());
    const QVector<int> queries = free(TensorRole::attentionQ);
    actions.setSelection(queries, queries.first());
    actions.hold(6);
    QCOMPARE(m_panel->model().rowCount(), 1);
    QVERIFY(counted(0, QByteArray::number(queries.size()).constData()));
    for (const int query : queries)
        QVERIFY(bitsOf(query) >= 6);
    actions.pin(0);
    QCOMPARE(m_panel->model().rowCount(), 0);
}

void TestRulesPanel::current_codec_is_given_to_the_selection()
{
    SelectionActions actions(*m_session, m_panel.get());
    const QVector<int> queries = free(TensorRole::attentionQ);
    actions.setSelection({queries.first()}, queries.first());
    actions.pin(5);
    QTRY_COMPARE_WITH_TIMEOUT(bitsOf(queries.first()), 5, patience);
    actions.setSelection(queries, queries.first());
    actions.likeCurrent();
    QTRY_COMPARE_WITH_TIMEOUT(bitsOf(queries.last()), 5, patience);
    QCOMPARE(m_session->editor().pins().size(), queries.size());
    QCOMPARE(m_session->editor().history().count(), 2);
}

void TestRulesPanel::excluded_tensors_keep_their_floats()
{
    SelectionActions actions(*m_session, m_panel.get());
    const QVector<int> keys = free(TensorRole::attentionK);
    actions.setSelection(keys, keys.first());
    actions.pin(16);
    QTRY_COMPARE_WITH_TIMEOUT(bitsOf(keys.last()), 16, patience);
}

void TestRulesPanel::actions_are_off_without_a_selection()
{
    SelectionActions actions(*m_session, m_panel.get());
    QMenu menu;
    actions.addTo(menu);
    const auto offered = [&menu] {
        const auto list = menu.actions();
        return std::count_if(list.begin(), list.end(),
            [](const QAction* one) { return one->isEnabled(); });
    };
    QCOMPARE(offered(), 0);
    const QVector<int> keys = free(TensorRole::attentionK);
    actions.setSelection({keys.first()}, keys.first());
    QCOMPARE(offered(), 4); // like the current one would change nothing
    actions.setSelection(keys, keys.first());
    QCOMPARE(offered(), 5);
    actions.setSelection(free(TensorRole::norm), -1);
    QCOMPARE(offered(), 0);
}

void TestRulesPanel::closing_the_model_empties_the_list()
{
    SelectionActions actions(*m_session, m_panel.get());
    const QVector<int> keys = free(TensorRole::attentionK);
    actions.setSelection(keys, keys.first());
    actions.pin(8);
    QCOMPARE(m_panel->model().rowCount(), 1);
    m_session->close();
    QCOMPARE(m_panel->model().rowCount(), 0);
    QVERIFY(!m_panel->form().isEnabled());
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestRulesPanel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_rules_panel.moc"
