// SPDX-License-Identifier: GPL-3.0-or-later
// The window's docks: what is in them, their sizes, which of them show.
#include "ui/main_window.h"

#include "ui/budget_panel.h"
#include "ui/column_memory.h"
#include "ui/model_panel.h"
#include "ui/models/findings.h"
#include "ui/models/layer_tree_model.h"
#include "ui/models/tensor_table_model.h"
#include "ui/project/project_keeper.h"
#include "ui/project/project_page.h"
#include "ui/row_table.h"
#include "ui/rules/rules_panel.h"
#include "ui/settings.h"
#include "ui/tensor_panel.h"

#include <QAction>
#include <QDockWidget>
#include <QEvent>
#include <QHeaderView>
#include <QListView>
#include <QMenu>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTreeView>

namespace bitloupe::ui {

QDockWidget* MainWindow::addDock(
    Qt::DockWidgetArea area, const QString& id, const QString& title, QWidget* content)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(id);
    dock->setWidget(content);
    // Docks are hidden without a model; the action's data is what the user wants.
    QAction* action = dock->toggleViewAction();
    action->setData(!savedHiddenDocks().contains(id));
    connect(action, &QAction::triggered, action, [action](bool on) { action->setData(on); });
    dock->installEventFilter(this);
    addDockWidget(area, dock);
    m_docks.append(dock);
    return dock;
}

void MainWindow::buildDocks()
{
    m_modelPanel = new ModelPanel(m_session, this);
    addDock(Qt::LeftDockWidgetArea, QStringLiteral("model"), tr("Model"), m_modelPanel);
    m_treeModel = new LayerTreeModel(m_session, this);
    m_tree = new RowTable(this);
    m_tree->setModel(m_treeModel);
    m_tree->setMinimumHeight(72);
    m_tree->setIndentation(14);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setAccessibleName(tr("Tree of tensors"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(LayerTreeModel::name, QHeaderView::Stretch);
    m_tree->setColumnWidth(LayerTreeModel::bits, 48);
    m_tree->setColumnWidth(LayerTreeModel::megabytes, 56);
    addDock(Qt::LeftDockWidgetArea, QStringLiteral("tensors"), tr("Tensors"), m_tree);
    m_findings = new FindingsModel(this);
    auto* list = new QListView(this);
    list->setModel(m_findings);
    list->setUniformItemSizes(true);
    list->setIconSize({16, 16});
    list->setMinimumHeight(44);
    list->setTextElideMode(Qt::ElideRight);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setAccessibleName(tr("Findings"));
    addDock(Qt::LeftDockWidgetArea, QStringLiteral("findings"), tr("Findings"), list);
    const auto jump = [this](const QModelIndex& index) {
        if (const int decision = index.data(FindingsModel::DecisionRole).toInt(); decision >= 0)
            select({decision}, decision);
    };
    connect(list, &QListView::clicked, this, jump);
    connect(list, &QListView::activated, this, jump);
    m_tensorPanel = new TensorPanel(m_session, this);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(m_tensorPanel);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(320);
    addDock(Qt::RightDockWidgetArea, QStringLiteral("tensor"), tr("Tensor"), scroll);
    m_budgetPanel = new BudgetPanel(m_session, this);
    addDock(Qt::BottomDockWidgetArea, QStringLiteral("budget"), tr("Budget and plan"), m_budgetPanel);
    connect(m_budgetPanel, &BudgetPanel::exportRequested, this, &MainWindow::openExportDialog);
    m_rulesPanel = new RulesPanel(m_session, this);
    QDockWidget* rules = addDock(
        Qt::RightDockWidgetArea, QStringLiteral("rules"), tr("Rules"), m_rulesPanel);
    tabifyDockWidget(m_docks[3], rules);
    buildSavedPlans();
    m_docks[3]->raise();
}

void MainWindow::addLayoutActions(QMenu* menu)
{
    for (QDockWidget* dock : qAsConst(m_docks))
        menu->addAction(dock->toggleViewAction());
    menu->addSeparator();
    menu->addAction(tr("&Reset layout"), this, [this] {
        for (QDockWidget* dock : qAsConst(m_docks))
            dock->toggleViewAction()->setData(true);
        resetLayout();
        for (QDockWidget* dock : qAsConst(m_docks))
            dock->setVisible(m_session.model() != nullptr);
        m_docks[3]->raise();
        for (ColumnMemory* columns : qAsConst(m_columns))
            columns->reset();
    });
    m_columns = {new ColumnMemory(*m_table, QStringLiteral("table"), TensorTableModel::name),
        new ColumnMemory(*m_tree, QStringLiteral("tree"), LayerTreeModel::name)};
}

void MainWindow::resetLayout()
{
    if (!m_firstState.isEmpty())
        restoreState(m_firstState);
    sizeDocks();
}

// Only a person closes a dock; the window itself hides it.
bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Close)
        if (const auto* dock = qobject_cast<QDockWidget*>(watched))
            dock->toggleViewAction()->setData(false);
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::saveLayout()
{
    QStringList hidden;
    for (const QDockWidget* dock : qAsConst(m_docks))
        if (!dock->toggleViewAction()->data().toBool())
            hidden.append(dock->objectName());
    saveHiddenDocks(hidden);
    saveWindow(saveGeometry(), saveState());
    for (const ColumnMemory* columns : qAsConst(m_columns))
        columns->save();
}

void MainWindow::sizeDocks()
{
    // Smaller windows keep the sides and shrink the middle.
    resizeDocks({m_docks[0], m_docks[3]}, {240, 320}, Qt::Horizontal);
    resizeDocks({m_docks[0], m_docks[1], m_docks[2]}, {140, 320, 140}, Qt::Vertical);
    resizeDocks({m_docks[4]}, {200}, Qt::Vertical);
}

// Docks first; in a turn of its own what they leave room for, so that the heatmap is laid out once.
void MainWindow::showParts()
{
    const bool open = m_session.model() != nullptr;
    for (QDockWidget* dock : qAsConst(m_docks))
        dock->setVisible(open && dock->toggleViewAction()->data().toBool());
    QTimer::singleShot(ownTurnMs, this, [this, open] {
        m_pages->setCurrentIndex(m_session.model() ? 1 : m_project->waiting() && m_projectPage->isEnabled() ? 2 : 0);
        // Docks that were never shown have no size of their own yet.
        if (open && !m_docksSized && savedWindowState().isEmpty()) {
            sizeDocks();
            m_docks[3]->raise(); // the tensor before the rules
        }
        m_docksSized |= open;
    });
}

} // namespace bitloupe::ui
