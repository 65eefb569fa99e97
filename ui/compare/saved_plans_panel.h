// SPDX-License-Identifier: GPL-3.0-or-later
// The list of plans that were put aside, with what can be done with one.
#pragma once

#include "ui/compare/saved_plans.h"

#include <QWidget>

class QPushButton;
class QTreeView;

namespace bitloupe::ui {

class SavedPlansPanel : public QWidget {
    Q_OBJECT
public:
    SavedPlansPanel(Session& session, SavedPlans& plans, QWidget* parent = nullptr);
    QTreeView& list() { return *m_list; }

public slots:
    void saveCurrent();
    /// Budget and rules of the row become those in force, as one step of the history.
    void recall();

signals:
    void compareRequested(const QString& planName);
    void message(const QString& text);

private:
    int row() const;
    void enable();
    void removeRow();

    Session& m_session;
    SavedPlans& m_plans;
    QTreeView* m_list;
    QPushButton *m_save, *m_recall, *m_compare, *m_delete;
};

} // namespace bitloupe::ui
