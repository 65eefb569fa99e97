// SPDX-License-Identifier: GPL-3.0-or-later
// The only writer of what a person wants from the plan: budget and rules, each change undoable.
#pragma once

#include "ui/rules/wish.h"

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

    /// Forgets everything, also the history: another model, or another target with the wishes that
    /// it had.
    void reset(const Budget& budget, const Wishes& wishes = {},
        const std::optional<double>& heldDamage = {});

    const Budget& budget() const { return m_budget; }
    /// The predicted damage that stays when wishes change, so that the budget follows; empty: the
    /// budget stays.
    const std::optional<double>& heldDamage() const { return m_heldDamage; }
    /// Pinned by hand, and held by hand to at least a codec.
    const QMap<int, CodecId>& pins() const { return m_pins; }
    const QMap<int, CodecId>& floors() const { return m_floors; }
    const Wishes& wishes() const { return m_wishes; }
    /// Rises with every change of the wishes: what was counted for another is out of date.
    int revision() const { return m_revision; }
    /// Rules and budget for the solver.
    PlanOptions options() const;

    /// `dragging`: further moves merge into one step of the history until it is false.
    void setBudget(const Budget& budget, bool dragging);
    void holdDamage(const std::optional<double>& damage);
    /// The budget that the held damage led to: no step of the history, and no news.
    void follow(const Budget& budget) { m_budget = budget; }
    /// Exactly these codecs for these decisions.
    void pin(const QMap<int, CodecId>& pins, const QString& text);
    /// The same and a budget, as one step of the history; none when nothing changes.
    void pinWithin(const Budget& budget, const QMap<int, CodecId>& pins, const QString& text);
    /// At least these codecs for these decisions.
    void hold(const QMap<int, CodecId>& floors, const QString& text);
    /// Forgets what was asked by hand for them.
    void unpin(const QVector<int>& decisions);
    void clearPins();
    void setWishes(const Wishes& wishes, const QString& text);

    QUndoStack& history() { return m_history; }

signals:
    void changed();

private:
    friend class HoldDamage;
    friend class SetBudget;
    friend class SetWishes;
    void apply(const Budget& budget);
    void apply(const Wishes& wishes);

    Budget m_budget;
    std::optional<double> m_heldDamage;
    Wishes m_wishes;
    QMap<int, CodecId> m_pins, m_floors; // what m_wishes says of them
    int m_revision = 0;
    QUndoStack m_history;
    bool m_dragging = false;
};

} // namespace bitloupe::ui
