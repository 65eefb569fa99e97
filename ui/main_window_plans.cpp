// SPDX-License-Identifier: GPL-3.0-or-later
// The window's part in comparing plans and in keeping them.
#include "ui/main_window.h"

#include "ui/compare/compare_page.h"
#include "ui/compare/saved_plans.h"
#include "ui/compare/saved_plans_panel.h"
#include "ui/heatmap_page.h"
#include "ui/qt_text.h"
#include "ui/views/heatmap_view.h"

#include <QDockWidget>
#include <QScrollArea>
#include <QStatusBar>
#include <QTabWidget>

namespace bitloupe::ui {

void MainWindow::buildCompare()
{
    m_savedPlans = new SavedPlans(this);
    auto* scroll = new QScrollArea(m_tabs); // or small windows could not be as small
    m_compare = new ComparePage(m_session, *m_savedPlans, scroll);
    scroll->setWidget(m_compare);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_tabs->addTab(scroll, tr("Compare"));
    connect(m_compare, &ComparePage::selectionChanged, this, &MainWindow::select);
    connect(m_compare, &ComparePage::failed, this, &MainWindow::showError);
    connect(m_compare, &ComparePage::message, this,
        [this](const QString& text) { statusBar()->showMessage(text, 5000); });
    connect(&m_compare->view(), &HeatmapView::pinRequested, this, &MainWindow::pinSelection);
    connect(&m_compare->view(), &HeatmapView::menuRequested, this, &MainWindow::showMenu);
}

void MainWindow::buildSavedPlans()
{
    m_savedPlansPanel = new SavedPlansPanel(m_session, *m_savedPlans, this);
    QDockWidget* dock = addDock(Qt::RightDockWidgetArea, QStringLiteral("savedPlans"),
        tr("Saved plans"), m_savedPlansPanel);
    tabifyDockWidget(m_docks[3], dock);
    connect(m_savedPlansPanel, &SavedPlansPanel::compareRequested, this, [this](const QString& name) {
        m_compare->compare(QStringLiteral("plan"), QStringLiteral("saved/") + name);
        showCompare();
    });
    connect(m_savedPlans, &SavedPlans::changed, this, &MainWindow::offerPlans);
    connect(&m_session, &Session::mixRead, this, &MainWindow::offerPlans);
    connect(&m_session, &Session::modelChanged, this, &MainWindow::offerPlans);
    connect(m_savedPlansPanel, &SavedPlansPanel::message, this,
        [this](const QString& text) { statusBar()->showMessage(text, 5000); });
}

// What the heatmap can show bits beside: plans put aside for this target, and those read.
void MainWindow::offerPlans()
{
    std::vector<PlanBeside> plans;
    if (!m_session.profile())
        return m_heatmap->offerPlans(plans);
    for (const SavedPlan& one : m_savedPlans->plans())
        if (one->target == m_session.profile()->targetId)
            plans.push_back({nameToQt(one->name, 80),
                [one](const TargetProfile& profile) { return choiceOf(*one, profile); }});
    for (const NamedChoice& one : m_session.comparisons())
        plans.push_back(
            {nameToQt(one.name, 80), [one](const TargetProfile&) { return one.choice; }});
    m_heatmap->offerPlans(plans);
}

void MainWindow::showCompare() { m_tabs->setCurrentIndex(2); }

} // namespace bitloupe::ui
