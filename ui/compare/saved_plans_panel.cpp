// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/saved_plans_panel.h"

#include "ui/qt_text.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>
#include <QTreeView>
#include <QVBoxLayout>

namespace bitloupe::ui {

SavedPlansPanel::SavedPlansPanel(Session& session, SavedPlans& plans, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_plans(plans)
    , m_list(new QTreeView(this))
    , m_save(new QPushButton(tr("&Save this plan"), this))
    , m_recall(new QPushButton(tr("&Recall"), this))
    , m_compare(new QPushButton(tr("&Compare"), this))
    , m_delete(new QPushButton(tr("&Delete"), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    m_list->setModel(&plans);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_list->setAccessibleName(tr("Saved plans"));
    m_list->header()->setDefaultSectionSize(56);
    m_list->setColumnWidth(SavedPlans::name, 100);
    m_list->setColumnWidth(SavedPlans::bytes, 72);
    column->addWidget(m_list, 1);
    auto* grid = new QGridLayout;
    grid->addWidget(m_save, 0, 0);
    grid->addWidget(m_compare, 0, 1);
    grid->addWidget(m_recall, 1, 0);
    grid->addWidget(m_delete, 1, 1);
    column->addLayout(grid);
    m_save->setToolTip(tr("Puts budget, rules and choices aside under a name; F2 renames"));
    m_recall->setToolTip(tr("Budget and rules as they were; undo takes that back"));
    connect(m_save, &QPushButton::clicked, this, &SavedPlansPanel::saveCurrent);
    connect(m_recall, &QPushButton::clicked, this, &SavedPlansPanel::recall);
    connect(m_delete, &QPushButton::clicked, this, &SavedPlansPanel::removeRow);
    connect(m_compare, &QPushButton::clicked, this, [this] {
        if (row() >= 0)
            emit compareRequested(toQt(m_plans.plans()[static_cast<std::size_t>(row())]->name));
    });
    auto* remove = new QShortcut(QKeySequence::Delete, m_list);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &SavedPlansPanel::removeRow);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &SavedPlansPanel::enable);
    connect(&plans, &SavedPlans::changed, this, &SavedPlansPanel::enable);
    connect(&session, &Session::planChanged, this, &SavedPlansPanel::enable);
    connect(&session, &Session::modelChanged, this, &SavedPlansPanel::enable);
    enable();
}

int SavedPlansPanel::row() const
{
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? current.row() : -1;
}

void SavedPlansPanel::enable()
{
    const bool open = m_session.model() != nullptr;
    m_save->setEnabled(open && m_session.planned() && m_session.planned()->plan);
    for (QPushButton* one : {m_recall, m_compare})
        one->setEnabled(open && row() >= 0);
    m_delete->setEnabled(row() >= 0);
}

void SavedPlansPanel::saveCurrent()
{
    if (!m_plans.add(planInForce(m_session))) {
        emit message(tr("A project holds %1 plans at most.").arg(mostSavedPlans));
        return;
    }
    m_list->setCurrentIndex(m_plans.index(m_plans.rowCount() - 1, SavedPlans::name));
}

void SavedPlansPanel::recall()
{
    if (row() < 0 || !m_session.model())
        return;
    const SavedPlan held = m_plans.plans()[static_cast<std::size_t>(row())];
    const ProjectPlan& plan = *held;
    const ExportTarget* target = findExportTarget(plan.target);
    if (target && target != &m_session.target())
        m_session.setTarget(*target);
    if (!target || target != &m_session.target()) {
        emit message(tr("The plan is for another target, which this model cannot have now."));
        return;
    }
    PlanEditor& editor = m_session.editor();
    int missed = 0;
    const QString text = tr("recall %1").arg(nameToQt(plan.name, 80));
    editor.history().beginMacro(text);
    editor.holdDamage(plan.heldDamage);
    editor.setBudget(plan.budget, false);
    editor.setWishes(wishesOf(plan, *m_session.profile(), &missed), text);
    editor.history().endMacro();
    if (missed > 0)
        emit message(tr("%n pin(s) were for tensors that this model has not.", nullptr, missed));
}

void SavedPlansPanel::removeRow()
{
    const int at = row();
    if (at < 0)
        return;
    const QString name = nameToQt(m_plans.plans()[static_cast<std::size_t>(at)]->name, 120);
    m_plans.remove(at);
    emit message(tr("Deleted: %1").arg(name));
}

} // namespace bitloupe::ui
