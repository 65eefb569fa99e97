// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that links selections and turns them into pins and filters.
#include "ui/main_window.h"

#include "ui/decision_text.h"
#include "ui/heatmap_page.h"
#include "ui/models/layer_tree_model.h"
#include "ui/models/tensor_filter.h"
#include "ui/models/tensor_table_model.h"
#include "ui/tensor_panel.h"
#include "ui/views/heatmap_view.h"

#include <QItemSelection>
#include <QLineEdit>
#include <QMenu>
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
    for (QTreeView* one : {m_table, m_tree})
        connect(one, &QWidget::customContextMenuRequested, this,
            [this, one](const QPoint& at) { showMenu(one->viewport()->mapToGlobal(at)); });
}

void MainWindow::select(const QVector<int>& decisions, int current)
{
    if (m_selecting || !m_session.profile())
        return;
    m_selecting = true;
    m_selected = decisions;
    m_current = decisions.isEmpty() ? -1 : decisions.contains(current) ? current : decisions.first();
    m_heatmap->view().select(m_selected, m_current);
    QItemSelection rows;
    for (const int decision : qAsConst(m_selected))
        if (const QModelIndex index
            = m_tableProxy->mapFromSource(m_tableModel->index(decision, 0));
            index.isValid())
            rows.select(index, index);
    m_table->selectionModel()->select(
        rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
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
    m_selecting = false;
}

void MainWindow::pinSelection(int bits)
{
    if (m_selected.isEmpty())
        return;
    if (bits == 0) {
        m_session.editor().unpin(m_selected);
        return;
    }
    QMap<int, CodecId> pins;
    for (const int decision : qAsConst(m_selected))
        if (m_session.profile()->decisions[static_cast<std::size_t>(decision)].options.size() > 1)
            if (const auto id = m_session.codecForBits(decision, bits))
                pins.insert(decision, *id);
    if (pins.isEmpty())
        statusBar()->showMessage(
            tr("The selection cannot take %1 bits: its rows do not fit the groups.").arg(bits), 5000);
    else
        m_session.editor().pin(
            pins, pins.size() == 1 ? tr("pin to %1 bits").arg(bits)
                                  : tr("pin %1 tensors to %2 bits").arg(pins.size()).arg(bits));
}

void MainWindow::showMenu(const QPoint& globalPosition)
{
    if (m_selected.isEmpty())
        return;
    QMenu menu(this);
    for (const int bits : {2, 3, 4, 5, 6, 8, 16})
        menu.addAction(tr("Pin to %1 bits").arg(bits), this, [this, bits] { pinSelection(bits); });
    menu.addSeparator();
    menu.addAction(tr("Free"), this, [this] { pinSelection(0); });
    menu.exec(globalPosition);
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
