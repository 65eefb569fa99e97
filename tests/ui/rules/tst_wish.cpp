// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan_editor.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::ui;

namespace {

constexpr auto pin = Rule::Kind::pin;
constexpr auto hold = Rule::Kind::floor;

CodecId id(std::string_view name) { return findCodec(name)->id; }
Wish pattern(const char* text) { return {pin, QLatin1String(text), id("affine-3-g64")}; }

} // namespace

class TestWish : public QObject {
    Q_OBJECT
private slots:
    void equal_bits_by_hand_share_a_row();
    void a_decision_is_asked_for_once_by_hand();
    void what_is_chosen_last_is_heard_after_every_pattern();
    void switched_off_wishes_are_no_rules();
    void rules_know_the_row_they_came_from();
    void freeing_leaves_patterns_alone();
    void every_change_is_one_step_of_history();
};

void TestWish::equal_bits_by_hand_share_a_row()
{
    Wishes wishes = withChosen({}, pin, {{1, id("affine-4-g64")}});
    wishes = withChosen(wishes, pin, {{2, id("affine-6-g64")}});
    wishes = withChosen(wishes, pin, {{3, id("affine-4-g32")}, {4, id("affine-6-g64")}});
    QCOMPARE(wishes.size(), 2);
    QCOMPARE(wishes[0].byHand.keys(), QList<int>({1, 3}));
    QCOMPARE(wishes[1].byHand.keys(), QList<int>({2, 4}));
}

void TestWish::a_decision_is_asked_for_once_by_hand()
{
    Wishes wishes = withChosen({}, hold, {{1, id("affine-4-g64")}, {2, id("affine-4-g64")}});
    wishes = withChosen(wishes, pin, {{1, id("affine-8-g64")}});
    QCOMPARE(wishes.size(), 2);
    QCOMPARE(chosenByHand(wishes, hold).keys(), QList<int>({2}));
    QCOMPARE(chosenByHand(wishes, pin).keys(), QList<int>({1}));
    wishes = withChosen(wishes, pin, {{2, id("affine-8-g64")}});
    QCOMPARE(wishes.size(), 1); // the empty row is gone
}

void TestWish::what_is_chosen_last_is_heard_after_every_pattern()
{
    Wishes wishes = withChosen({}, pin, {{1, id("affine-8-g64")}});
    wishes.append(pattern("q_proj"));
    wishes = withChosen(wishes, pin, {{2, id("affine-8-g64")}});
    QCOMPARE(wishes.size(), 3);
    QCOMPARE(wishes[2].byHand.keys(), QList<int>({2}));
    wishes = withChosen(wishes, pin, {{1, id("affine-8-g64")}}); // once more, to overrule
    QCOMPARE(wishes.size(), 2);
    QCOMPARE(wishes[1].byHand.keys(), QList<int>({1, 2}));
}

void TestWish::switched_off_wishes_are_no_rules()
{
    Wishes wishes = withChosen({}, pin, {{1, id("affine-8-g64")}});
    wishes.append(pattern("q_proj"));
    wishes[0].enabled = wishes[1].enabled = false;
    QVERIFY(rulesOf(wishes).empty());
    QVERIFY(chosenByHand(wishes, pin).isEmpty());
}

void TestWish::rules_know_the_row_they_came_from()
{
    Wishes wishes = withChosen({}, pin, {{4, id("affine-8-g64")}, {7, id("affine-8-g64")}});
    wishes.append(pattern("q_proj"));
    QVector<int> owners;
    const std::vector<Rule> rules = rulesOf(wishes, &owners);
    QCOMPARE(owners, QVector<int>({0, 0, 1}));
    QCOMPARE(rules[1].decision.value(), 7U);
    QVERIFY(!rules[2].decision);
    QCOMPARE(rules[2].pattern, std::string("q_proj"));
}

void TestWish::freeing_leaves_patterns_alone()
{
    Wishes wishes = withChosen({}, hold, {{1, id("affine-8-g64")}});
    wishes.append(pattern("q_proj"));
    wishes = withoutChosen(wishes, {1});
    QCOMPARE(wishes.size(), 1);
    QVERIFY(wishes[0].isPattern());
    QCOMPARE(withoutKind(wishes, pin).size(), 1);
}

void TestWish::every_change_is_one_step_of_history()
{
    PlanEditor editor;
    editor.reset({BudgetKind::fileBytes, 10});
    editor.hold({{1, id("affine-4-g64")}, {2, id("affine-4-g64")}}, QStringLiteral("hold"));
    editor.pin({{1, id("affine-8-g64")}}, QStringLiteral("pin"));
    editor.setWishes(editor.wishes(), QStringLiteral("nothing"));
    QCOMPARE(editor.history().count(), 2);
    QCOMPARE(editor.floors().size(), 1);
    const int revision = editor.revision();
    editor.history().undo();
    QCOMPARE(editor.floors().size(), 2);
    QVERIFY(editor.pins().isEmpty());
    QVERIFY(editor.revision() != revision);
    editor.history().redo();
    QCOMPARE(editor.pins().size(), 1);
}

QTEST_GUILESS_MAIN(TestWish)
#include "tst_wish.moc"
