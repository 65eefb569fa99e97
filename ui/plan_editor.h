// SPDX-License-Identifier: GPL-3.0-or-later
// The only writer of what a person wants from the plan: budget and pins, each change undoable.
#pragma once

#include "plan/plan.h"

#include <QMap>
#include <QObject>
#include <QUndoStack>
#include <QVector>

namespace bitloupe::ui {

/// Wishes by decision number of the profile in force. Single-thread.
class PlanEditor : public QObject {
    Q_OBJECT
public:
    explicit PlanEditor(QObject* parent = nullptr);

    /// Forgets everything, also the history: another model.
    void reset(const Budget& budget);

    const Budget& budget() const { return m_budget; }
    const QMap<int, CodecId>& pins() const { return m_pins; }
    /// Rules and budget for the solver.
    PlanOptions options() const;

    /// `dragging`: further moves merge into one step of the history until it is false.
    void setBudget(const Budget& budget, bool dragging);
    /// The same codec for all these decisions.
    void pin(const QMap<int, CodecId>& pins, const QString& text);
    void unpin(const QVector<int>& decisions);
    void clearPins();

    QUndoStack& history() { return m_history; }

signals:
    void changed();

private:
    friend class SetBudget;
    friend class SetPins;
    void apply(const Budget& budget);
    void apply(const QMap<int, CodecId>& pins);

    Budget m_budget;
    QMap<int, CodecId> m_pins;
    QUndoStack m_history;
    bool m_dragging = false;
};

} // namespace bitloupe::ui
