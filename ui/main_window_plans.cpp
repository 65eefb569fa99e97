// SPDX-License-Identifier: GPL-3.0-or-later
// The window's part in comparing plans and in keeping them.
#include "ui/main_window.h"

#include "ui/compare/compare_page.h"
#include "ui/compare/saved_plans.h"
#include "ui/views/heatmap_view.h"

#include <QStatusBar>
#include <QTabWidget>

namespace bitloupe::ui {

void MainWindow::buildCompare()
{
    m_savedPlans = new SavedPlans(this);
    m_compare = new ComparePage(m_session, *m_savedPlans, m_tabs);
    m_tabs->addTab(m_compare, tr("Compare"));
    connect(m_compare, &ComparePage::selectionChanged, this, &MainWindow::select);
    connect(m_compare, &ComparePage::failed, this, &MainWindow::showError);
    connect(m_compare, &ComparePage::message, this,
        [this](const QString& text) { statusBar()->showMessage(text, 5000); });
    connect(&m_compare->view(), &HeatmapView::pinRequested, this, &MainWindow::pinSelection);
    connect(&m_compare->view(), &HeatmapView::menuRequested, this, &MainWindow::showMenu);
}

void MainWindow::showCompare() { m_tabs->setCurrentWidget(m_compare); }

} // namespace bitloupe::ui
