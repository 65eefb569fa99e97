// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan_editor.h"

#include <QUndoCommand>

namespace bitloupe::ui {
class SetBudget : public QUndoCommand {
public:
    SetBudget(PlanEditor& editor, const Budget& after, bool merges)
        : QUndoCommand(PlanEditor::tr("move budget"))
        , m_editor(editor)
        , m_before(editor.m_budget)
        , m_after(after)
        , m_merges(merges)
    {
    }
    int id() const override { return 1; }
    void undo() override { m_editor.apply(m_before); }
    void redo() override { m_editor.apply(m_after); }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const SetBudget*>(other);
        if (!next->m_merges)
            return false;
        m_after = next->m_after;
        setObsolete(m_before == m_after); // dragged back to where it began
        return true;
    }

private:
    PlanEditor& m_editor;
    Budget m_before, m_after;
    bool m_merges;
};

// What the budget was comes back with it: while damage is held, it moves without steps.
class HoldDamage : public QUndoCommand {
public:
    HoldDamage(PlanEditor& editor, const std::optional<double>& after)
        : QUndoCommand(after ? PlanEditor::tr("lock quality") : PlanEditor::tr("lock size"))
        , m_editor(editor)
        , m_budget(editor.m_budget)
        , m_before(editor.m_heldDamage)
        , m_after(after)
    {
    }
    void undo() override { set(m_before); }
    void redo() override { set(m_after); }

private:
    void set(const std::optional<double>& damage)
    {
        m_editor.m_heldDamage = damage;
        m_editor.apply(m_budget);
    }

    PlanEditor& m_editor;
    Budget m_budget;
    std::optional<double> m_before, m_after;
};

class SetWishes : public QUndoCommand {
public:
    SetWishes(PlanEditor& editor, Wishes after, const QString& text)
        : QUndoCommand(text)
        , m_editor(editor)
        , m_before(editor.m_wishes)
        , m_after(std::move(after))
    {
    }
    void undo() override { m_editor.apply(m_before); }
    void redo() override { m_editor.apply(m_after); }

private:
    PlanEditor& m_editor;
    Wishes m_before, m_after;
};

PlanEditor::PlanEditor(QObject* parent)
    : QObject(parent)
{
}

void PlanEditor::reset(
    const Budget& budget, const Wishes& wishes, const std::optional<double>& heldDamage)
{
    m_history.clear();
    m_heldDamage = heldDamage;
    m_budget = budget;
    m_dragging = false;
    apply(wishes);
}

PlanOptions PlanEditor::options() const
{
    PlanOptions options;
    options.budget = m_budget;
    options.rules = rulesOf(m_wishes);
    return options;
}

void PlanEditor::setBudget(const Budget& budget, bool dragging)
{
    const bool continues = m_dragging;
    m_dragging = dragging;
    if (budget != m_budget)
        m_history.push(new SetBudget(*this, budget, continues));
}

void PlanEditor::holdDamage(const std::optional<double>& damage)
{
    if (damage != m_heldDamage)
        m_history.push(new HoldDamage(*this, damage));
}

void PlanEditor::pin(const QMap<int, CodecId>& pins, const QString& text)
{
    setWishes(withChosen(m_wishes, Rule::Kind::pin, pins), text);
}

void PlanEditor::pinWithin(
    const Budget& budget, const QMap<int, CodecId>& pins, const QString& text)
{
    const Wishes after = withChosen(m_wishes, Rule::Kind::pin, pins);
    if (budget == m_budget && after == m_wishes)
        return;
    m_history.beginMacro(text);
    setBudget(budget, false);
    setWishes(after, text);
    m_history.endMacro();
}

void PlanEditor::hold(const QMap<int, CodecId>& floors, const QString& text)
{
    setWishes(withChosen(m_wishes, Rule::Kind::floor, floors), text);
}

void PlanEditor::unpin(const QVector<int>& decisions)
{
    setWishes(withoutChosen(m_wishes, decisions), tr("free"));
}

void PlanEditor::clearPins()
{
    setWishes(withoutKind(m_wishes, Rule::Kind::pin), tr("clear pins"));
}

void PlanEditor::setWishes(const Wishes& wishes, const QString& text)
{
    if (wishes != m_wishes)
        m_history.push(new SetWishes(*this, wishes, text));
}

void PlanEditor::apply(const Budget& budget)
{
    m_budget = budget;
    emit changed();
}

void PlanEditor::apply(const Wishes& wishes)
{
    m_wishes = wishes;
    m_pins = chosenByHand(wishes, Rule::Kind::pin);
    m_floors = chosenByHand(wishes, Rule::Kind::floor);
    ++m_revision;
    emit changed();
}

} // namespace bitloupe::ui
