// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rules/rules_panel.h"

#include "plan/rule_matches.h"
#include "ui/rules/choice_delegate.h"
#include "ui/rules/rule_form.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace bitloupe::ui {

RulesPanel::RulesPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new RulesModel(session, this))
    , m_list(new QTreeView(this))
    , m_empty(new QLabel(m_list))
    , m_form(new RuleForm(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    buildList();
    column->addWidget(m_list, 1);
    column->addWidget(buildButtons());
    column->addWidget(m_form);
    m_form->setProfile(session.profile(), m_model->codecs());
    connect(m_form, &RuleForm::added, m_model, &RulesModel::add);
    connect(&session, &Session::modelChanged, this,
        [this] {
            m_finder.forget();
            m_form->setProfile(m_session.profile(), m_model->codecs());
        });
    connect(m_model, &RulesModel::refused, this, &RulesPanel::message);
    connect(m_model, &QAbstractItemModel::modelReset, this, &RulesPanel::showState);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &RulesPanel::showState);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &RulesPanel::showState);
    showState();
}

void RulesPanel::buildList()
{
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_list->setAccessibleName(tr("Rules of the plan, the last one that applies counts"));
    auto* choices = new ChoiceDelegate(RulesModel::choicesRole, this);
    m_list->setItemDelegateForColumn(RulesModel::kind, choices);
    m_list->setItemDelegateForColumn(RulesModel::codec, choices);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setMinimumSectionSize(40);
    m_list->header()->setSectionResizeMode(RulesModel::tensors, QHeaderView::Stretch);
    m_list->setColumnWidth(RulesModel::kind, 56);
    m_list->setColumnWidth(RulesModel::codec, 104);
    m_list->setColumnWidth(RulesModel::touches, 60);
    m_empty->setText(tr("No rules yet: the solver is free.\n\nSelect cells and press 2 to 8 to pin "
                        "them, or write a pattern below."));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto* cover = new QVBoxLayout(m_list->viewport());
    cover->setContentsMargins(16, 16, 16, 16);
    cover->addWidget(m_empty);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
}

QAction* RulesPanel::addAction(const QString& text, const QString& tip, const QKeySequence& keys)
{
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut); // only while the list has the focus
    action->setToolTip(tr("%1 (%2)").arg(tip, keys.toString(QKeySequence::NativeText)));
    m_list->addAction(action);
    return action;
}

QWidget* RulesPanel::buildButtons()
{
    m_up = addAction(tr("Up"), tr("Let it be heard earlier"), QKeySequence(tr("Ctrl+Up")));
    m_down = addAction(tr("Down"), tr("Let it be heard later: later rules win"),
        QKeySequence(tr("Ctrl+Down")));
    m_remove = addAction(tr("Remove"), tr("Remove the selected rules"), QKeySequence::Delete);
    m_choose = addAction(
        tr("Show"), tr("Select the tensors it speaks of"), QKeySequence(tr("Ctrl+Return")));
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_up, &QAction::triggered, this, [this] { move(-1); });
    connect(m_down, &QAction::triggered, this, [this] { move(1); });
    connect(m_remove, &QAction::triggered, this, &RulesPanel::remove);
    connect(m_choose, &QAction::triggered, this, &RulesPanel::choose);
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (QAction* action : {m_up, m_down, m_remove, m_choose}) {
        auto* button = new QToolButton(box);
        button->setDefaultAction(action);
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        row->addWidget(button);
    }
    return box;
}

QVector<int> RulesPanel::rows() const
{
    QVector<int> found;
    const QModelIndexList selected = m_list->selectionModel()->selectedRows();
    for (const QModelIndex& index : selected)
        found.append(index.row());
    std::sort(found.begin(), found.end());
    return found;
}

void RulesPanel::showState()
{
    const QVector<int> chosen = rows();
    const int count = m_model->rowCount();
    m_empty->setVisible(count == 0);
    m_up->setEnabled(chosen.size() == 1 && chosen.first() > 0);
    m_down->setEnabled(chosen.size() == 1 && chosen.first() + 1 < count);
    m_remove->setEnabled(!chosen.isEmpty());
    m_choose->setEnabled(!chosen.isEmpty());
}

void RulesPanel::move(int step)
{
    const int row = rows().value(0, -1);
    m_model->move(row, row + step);
    m_list->setCurrentIndex(m_model->index(row + step, 0));
}

void RulesPanel::remove()
{
    const int row = rows().value(0, 0);
    m_model->remove(rows());
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1), 0));
}

// Names by the ten thousand are searched beside the window.
void RulesPanel::choose()
{
    Wishes wishes;
    const QVector<int> chosen = rows();
    for (const int row : chosen) {
        wishes.append(m_session.editor().wishes().at(row));
        wishes.last().enabled = true;
    }
    m_finder.start(
        [profile = m_session.profile(), rules = rulesOf(wishes)](
            const Job&) -> Result<QVector<int>> {
            QVector<int> decisions;
            for (const Rule& rule : rules) {
                const auto matches = matchesOf(*profile, rule);
                if (!matches)
                    return matches.error();
                for (const std::uint32_t decision : *matches)
                    decisions.append(static_cast<int>(decision));
            }
            std::sort(decisions.begin(), decisions.end());
            decisions.erase(std::unique(decisions.begin(), decisions.end()), decisions.end());
            return decisions;
        },
        [this](const Result<QVector<int>>& decisions) {
            if (decisions)
                emit tensorsChosen(*decisions);
        });
}

} // namespace bitloupe::ui
