// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan_editor.h"

#include <QUndoCommand>

namespace bitloupe::ui {
namespace {

bool same(const Budget& a, const Budget& b) { return a.kind == b.kind && a.bytes == b.bytes; }

} // namespace

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
        setObsolete(same(m_before, m_after)); // dragged back to where it began
        return true;
    }

private:
    PlanEditor& m_editor;
    Budget m_before, m_after;
    bool m_merges;
};

class SetPins : public QUndoCommand {
public:
    SetPins(PlanEditor& editor, QMap<int, CodecId> after, const QString& text)
        : QUndoCommand(text)
        , m_editor(editor)
        , m_before(editor.m_pins)
        , m_after(std::move(after))
    {
    }
    void undo() override { m_editor.apply(m_before); }
    void redo() override { m_editor.apply(m_after); }

private:
    PlanEditor& m_editor;
    QMap<int, CodecId> m_before, m_after;
};

PlanEditor::PlanEditor(QObject* parent)
    : QObject(parent)
{
}

void PlanEditor::reset(const Budget& budget)
{
    m_history.clear();
    m_pins.clear();
    m_budget = budget;
    m_dragging = false;
    emit changed();
}

PlanOptions PlanEditor::options() const
{
    PlanOptions options;
    options.budget = m_budget;
    for (auto pin = m_pins.cbegin(); pin != m_pins.cend(); ++pin) {
        Rule rule;
        rule.decision = static_cast<std::uint32_t>(pin.key());
        rule.codec = pin.value();
        options.rules.push_back(rule);
    }
    return options;
}

void PlanEditor::setBudget(const Budget& budget, bool dragging)
{
    const bool continues = m_dragging;
    m_dragging = dragging;
    if (!same(budget, m_budget))
        m_history.push(new SetBudget(*this, budget, continues));
}

void PlanEditor::pin(const QMap<int, CodecId>& pins, const QString& text)
{
    QMap<int, CodecId> after = m_pins;
    for (auto pin = pins.cbegin(); pin != pins.cend(); ++pin)
        after.insert(pin.key(), pin.value());
    if (after != m_pins)
        m_history.push(new SetPins(*this, after, text));
}

void PlanEditor::unpin(const QVector<int>& decisions)
{
    QMap<int, CodecId> after = m_pins;
    for (const int decision : decisions)
        after.remove(decision);
    if (after != m_pins)
        m_history.push(new SetPins(*this, after, tr("unpin")));
}

void PlanEditor::clearPins()
{
    if (!m_pins.isEmpty())
        m_history.push(new SetPins(*this, {}, tr("clear pins")));
}

void PlanEditor::apply(const Budget& budget)
{
    m_budget = budget;
    emit changed();
}

void PlanEditor::apply(const QMap<int, CodecId>& pins)
{
    m_pins = pins;
    emit changed();
}

} // namespace bitloupe::ui
