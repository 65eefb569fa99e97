// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan_editor.h"

#include <QSignalSpy>
#include <QTest>

using namespace bitloupe;
using bitloupe::ui::PlanEditor;

namespace {

Budget bytes(std::uint64_t count) { return {BudgetKind::fileBytes, count}; }
CodecId id(std::string_view name) { return findCodec(name)->id; }

} // namespace

class TestPlanEditor : public QObject {
    Q_OBJECT
private slots:
    void reset_forgets_everything();
    void one_drag_is_one_step_of_history();
    void two_drags_are_two_steps();
    void dragging_back_leaves_no_step();
    void a_pin_between_two_drags_keeps_its_place();
    void the_same_budget_is_no_change();
    void pins_are_rules_for_exactly_their_decision();
    void pinning_several_is_undone_at_once();
    void repeating_a_pin_is_no_change();
    void taking_the_same_mix_again_leaves_no_step();
    void clearing_pins_can_be_undone();
    void every_change_is_announced_once();
};

void TestPlanEditor::reset_forgets_everything()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    editor.setBudget(bytes(20), false);
    editor.pin({{1, id("bf16")}}, QStringLiteral("pin"));
    editor.reset(bytes(30));
    QCOMPARE(editor.budget().bytes, 30ULL);
    QVERIFY(editor.pins().isEmpty());
    QVERIFY(!editor.history().canUndo());
}

void TestPlanEditor::one_drag_is_one_step_of_history()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    for (std::uint64_t i = 11; i < 30; ++i)
        editor.setBudget(bytes(i), true);
    editor.setBudget(bytes(40), false);
    QCOMPARE(editor.history().count(), 1);
    editor.history().undo();
    QCOMPARE(editor.budget().bytes, 10ULL);
    editor.history().redo();
    QCOMPARE(editor.budget().bytes, 40ULL);
}

void TestPlanEditor::two_drags_are_two_steps()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    editor.setBudget(bytes(11), true);
    editor.setBudget(bytes(12), true);
    editor.setBudget(bytes(12), false); // the mouse is let go where it was
    editor.setBudget(bytes(20), true);
    editor.setBudget(bytes(21), false);
    QCOMPARE(editor.history().count(), 2);
    editor.history().undo();
    QCOMPARE(editor.budget().bytes, 12ULL);
}

void TestPlanEditor::dragging_back_leaves_no_step()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    editor.setBudget(bytes(11), true);
    editor.setBudget(bytes(10), true);
    editor.setBudget(bytes(10), false);
    QCOMPARE(editor.history().count(), 0);
    QCOMPARE(editor.budget().bytes, 10ULL);
}

void TestPlanEditor::a_pin_between_two_drags_keeps_its_place()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    editor.setBudget(bytes(20), false);
    editor.pin({{0, id("bf16")}}, QStringLiteral("pin"));
    editor.setBudget(bytes(30), false);
    QCOMPARE(editor.history().count(), 3);
    editor.history().undo();
    QCOMPARE(editor.budget().bytes, 20ULL);
    QCOMPARE(editor.pins().size(), 1);
    editor.history().undo();
    QVERIFY(editor.pins().isEmpty());
}

void TestPlanEditor::the_same_budget_is_no_change()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    QSignalSpy changed(&editor, &PlanEditor::changed);
    editor.setBudget(bytes(10), false);
    QCOMPARE(changed.count(), 0);
    editor.setBudget({BudgetKind::dataBytes, 10}, false); // another ceiling altogether
    QCOMPARE(changed.count(), 1);
}

void TestPlanEditor::pins_are_rules_for_exactly_their_decision()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    editor.pin({{4, id("affine-6-g64")}, {2, id("bf16")}}, QStringLiteral("pin"));
    const PlanOptions options = editor.options();
    QCOMPARE(options.budget->bytes, 10ULL);
    QCOMPARE(options.rules.size(), std::size_t(2));
    // Asked at once they stand by bits; no two speak of the same decision.
    QCOMPARE(*options.rules[0].decision, 4U);
    QVERIFY(options.rules[0].kind == Rule::Kind::pin);
    QVERIFY(options.rules[0].codec == id("affine-6-g64"));
    QCOMPARE(*options.rules[1].decision, 2U);
    QVERIFY(options.rules[1].codec == id("bf16"));
}

void TestPlanEditor::pinning_several_is_undone_at_once()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    editor.pin({{1, id("bf16")}}, QStringLiteral("first"));
    editor.pin({{1, id("affine-4-g64")}, {2, id("affine-4-g64")}}, QStringLiteral("second"));
    QCOMPARE(editor.pins().size(), 2);
    editor.history().undo();
    QCOMPARE(editor.pins().size(), 1);
    QVERIFY(editor.pins().value(1) == id("bf16"));
}

void TestPlanEditor::repeating_a_pin_is_no_change()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    editor.pin({{1, id("bf16")}}, QStringLiteral("pin"));
    editor.pin({{1, id("bf16")}}, QStringLiteral("pin"));
    editor.unpin({5});
    QCOMPARE(editor.history().count(), 1);
}

void TestPlanEditor::taking_the_same_mix_again_leaves_no_step()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    const QMap<int, CodecId> mix {{2, id("bf16")}, {4, id("affine-6-g64")}, {5, id("bf16")}};
    for (int i = 0; i < 2; ++i) {
        editor.pinWithin(bytes(20), mix, QStringLiteral("mix"));
        QCOMPARE(editor.history().count(), 1);
    }
    editor.history().undo();
    QVERIFY(editor.pins().isEmpty());
    QCOMPARE(editor.budget().bytes, 10ULL);
}

void TestPlanEditor::clearing_pins_can_be_undone()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    editor.clearPins();
    QCOMPARE(editor.history().count(), 0);
    editor.pin({{1, id("bf16")}, {2, id("bf16")}}, QStringLiteral("pin"));
    editor.clearPins();
    QVERIFY(editor.pins().isEmpty());
    editor.history().undo();
    QCOMPARE(editor.pins().size(), 2);
}

void TestPlanEditor::every_change_is_announced_once()
{
    PlanEditor editor;
    editor.reset(bytes(10));
    QSignalSpy changed(&editor, &PlanEditor::changed);
    editor.setBudget(bytes(20), false);
    editor.pin({{1, id("bf16")}}, QStringLiteral("pin"));
    editor.history().undo();
    editor.history().redo();
    QCOMPARE(changed.count(), 4);
}

QTEST_GUILESS_MAIN(TestPlanEditor)
#include "tst_plan_editor.moc"
