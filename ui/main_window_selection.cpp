// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that links selections and turns them into pins and filters.
#include "ui/main_window.h"

#include "ui/compare/compare_page.h"
#include "ui/decision_text.h"
#include "ui/heatmap_page.h"
#include "ui/models/layer_tree_model.h"
#include "ui/models/tensor_filter.h"
#include "ui/models/tensor_table_model.h"
#include "ui/rules/rule_form.h"
#include "ui/rules/rules_panel.h"
#include "ui/rules/selection_actions.h"
#include "ui/tensor_panel.h"
#include "ui/views/heatmap_view.h"

#include <QDockWidget>
#include <QItemSelection>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QStatusBar>
#include <QTreeView>

#include <algorithm>

namespace bitloupe::ui {

void MainWindow::connectSelection()
{
    HeatmapView& view = m_heatmap->view();
    connect(&view, &HeatmapView::selectionChanged, this, [this] {
        HeatmapView& sender = m_heatmap->view();
        select(sender.selectedDecisions(), sender.currentDecision());
    });
    m_selectionActions = new SelectionActions(m_session, this);
    const auto say = [this](const QString& text) { statusBar()->showMessage(text, 5000); };
    connect(m_selectionActions, &SelectionActions::refused, this, say);
    connect(m_rulesPanel, &RulesPanel::message, this, say);
    connect(m_rulesPanel, &RulesPanel::tensorsChosen, this,
        [this](const QVector<int>& decisions) { select(decisions, decisions.value(0, -1)); });
    connect(&view, &HeatmapView::pinRequested, this, &MainWindow::pinSelection);
    connect(&view, &HeatmapView::menuRequested, this, &MainWindow::showMenu);
    connect(m_tensorPanel, &TensorPanel::pinRequested, this, &MainWindow::pinSelection);
    connect(m_heatmap, &HeatmapPage::filterChanged, this, &MainWindow::applyFilter);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        QVector<int> decisions;
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        for (const QModelIndex& row : rows)
            decisions.append(row.data(TensorTableModel::decisionRole).toInt());
        const QModelIndex current = m_table->selectionModel()->currentIndex();
        select(decisions,
            current.isValid() ? current.data(TensorTableModel::decisionRole).toInt() : -1);
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        QVector<int> decisions;
        const QModelIndexList rows = m_tree->selectionModel()->selectedRows();
        for (const QModelIndex& row : rows)
            decisions += m_treeModel->decisions(row);
        std::sort(decisions.begin(), decisions.end());
        decisions.erase(std::unique(decisions.begin(), decisions.end()), decisions.end());
        const QVector<int> below = m_treeModel->decisions(m_tree->selectionModel()->currentIndex());
        select(decisions, below.size() == 1 ? below.first() : decisions.value(0, -1));
    });
    for (QTreeView* one : {m_table, m_tree}) {
        addPinKeys(one);
        connect(one, &QWidget::customContextMenuRequested, this,
            [this, one](const QPoint& at) { showMenu(one->viewport()->mapToGlobal(at)); });
    }
}

// In runs: a range for each of ten thousand rows would take seconds.
QItemSelection MainWindow::tableRows(const QVector<int>& decisions) const
{
    QVector<int> rows;
    for (const int decision : decisions)
        if (const QModelIndex index = m_tableProxy->mapFromSource(m_tableModel->index(decision, 0));
            index.isValid())
            rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    QItemSelection runs;
    for (qsizetype begin = 0, end = 0; begin < rows.size(); begin = end) {
        for (end = begin + 1; end < rows.size() && rows[end] == rows[end - 1] + 1; ++end) { }
        runs.select(m_tableProxy->index(rows[begin], 0), m_tableProxy->index(rows[end - 1], 0));
    }
    return runs;
}

void MainWindow::select(const QVector<int>& decisions, int current)
{
    if (m_selecting || !m_session.profile())
        return;
    m_selecting = true;
    m_selected = decisions;
    m_current = decisions.isEmpty() ? -1 : decisions.contains(current) ? current : decisions.first();
    m_heatmap->view().select(m_selected, m_current);
    m_compare->select(m_selected, m_current);
    m_table->selectionModel()->select(tableRows(m_selected),
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (m_current >= 0) {
        m_table->scrollTo(m_tableProxy->mapFromSource(m_tableModel->index(m_current, 0)));
        const QModelIndex node = m_treeModel->indexOf(m_current);
        // A selection made in the tree itself stays what it is: a branch may be selected.
        if (!m_tree->hasFocus() || m_selected.size() <= 1) {
            m_tree->selectionModel()->select(
                node, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
            m_tree->scrollTo(node);
        }
    }
    m_tensorPanel->show(m_current, static_cast<int>(m_selected.size()));
    m_selectionActions->setSelection(m_selected, m_current);
    m_selecting = false;
}

void MainWindow::pinSelection(int bits) { m_selectionActions->pin(bits); }

void MainWindow::showMenu(const QPoint& globalPosition)
{
    if (m_selected.isEmpty())
        return;
    QMenu menu(this);
    m_selectionActions->addTo(menu);
    menu.exec(globalPosition);
}

// The heatmap takes them itself; lists would search for a row that begins with the digit.
void MainWindow::addPinKeys(QWidget* view)
{
    for (const int key : {0, 1, 2, 3, 4, 5, 6, 8}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::Key_0 + key), view);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this,
            [this, key] { pinSelection(key == 1 ? 16 : key); });
    }
}

void MainWindow::selectShown()
{
    QVector<int> shown;
    for (int row = 0; row < m_tableProxy->rowCount(); ++row)
        shown.append(m_tableProxy->index(row, 0).data(TensorTableModel::decisionRole).toInt());
    select(shown, m_current);
}

// An expression in the filter, or its words as they are, become the pattern of a new rule.
void MainWindow::ruleFromFilter()
{
    QString pattern = m_filter->text().trimmed();
    if (pattern.size() > 2 && pattern.startsWith(QLatin1Char('/'))
        && pattern.endsWith(QLatin1Char('/')))
        pattern = pattern.mid(1, pattern.size() - 2);
    m_rulesPanel->form().setPattern(pattern);
    for (QWidget* parent = m_rulesPanel; parent; parent = parent->parentWidget())
        if (auto* dock = qobject_cast<QDockWidget*>(parent)) {
            dock->show();
            dock->raise();
        }
    m_rulesPanel->form().patternField()->setFocus();
}

void MainWindow::applyFilter()
{
    if (!m_session.profile()) {
        m_tableProxy->setShown({});
        return;
    }
    QString problem;
    const TensorFilter filter(m_filter->text(), &problem);
    const QList<int> bits = m_heatmap->bitsFilter();
    QVector<bool> shown;
    if (!filter.isEmpty() || !bits.isEmpty()) {
        const int count = static_cast<int>(m_session.profile()->decisions.size());
        shown.reserve(count);
        for (int d = 0; d < count; ++d) {
            const DecisionView view(m_session, d);
            shown.append(filter.matches(view)
                && (bits.isEmpty() || (view.isFree() && bits.contains(view.bits()))));
        }
    }
    m_filter->setToolTip(problem.isEmpty()
            ? tr("Words, /regular expression/, bits<=3, role:attn, layer:4-9, pinned")
            : problem);
    m_tableProxy->setShown(shown);
    m_heatmap->view().setHighlighted(shown);
}

} // namespace bitloupe::ui
