// SPDX-License-Identifier: GPL-3.0-or-later
// The list of rules with what changes it: order, removal, a form for new ones.
#pragma once

#include "ui/rules/rules_model.h"

#include <QWidget>

class QAction;
class QLabel;
class QTreeView;

namespace bitloupe::ui {

class RuleForm;

class RulesPanel : public QWidget {
    Q_OBJECT
public:
    explicit RulesPanel(Session& session, QWidget* parent = nullptr);
    RulesModel& model() { return *m_model; }
    RuleForm& form() { return *m_form; }

signals:
    void tensorsChosen(const QVector<int>& decisions); // those a rule speaks of are to be shown
    void message(const QString& sentence);

private:
    void buildList();
    QWidget* buildButtons();
    QAction* addAction(const QString& text, const QString& tip, const QKeySequence& keys);
    void move(int step);
    void remove();
    void choose();
    void showState();
    QVector<int> rows() const;

    Session& m_session;
    RulesModel* m_model;
    QTreeView* m_list;
    QLabel* m_empty;
    RuleForm* m_form;
    QAction *m_up, *m_down, *m_remove, *m_choose;
    JobRunner m_finder;
};

} // namespace bitloupe::ui
