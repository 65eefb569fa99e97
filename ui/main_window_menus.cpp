// SPDX-License-Identifier: GPL-3.0-or-later
// The window's menus and their small dialogs.
#include "ui/main_window.h"

#include "ui/metadata_dialog.h"
#include "ui/qt_text.h"
#include "ui/rules/selection_actions.h"
#include "ui/settings.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTabWidget>

namespace bitloupe::ui {

void MainWindow::buildMenus()
{
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter: text, /regex/, bits<=3"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(300);
    // As high as the menus beside it, or the style draws their lower edge in mid-air.
    m_filter->setFixedHeight(m_filter->fontMetrics().height() + 6);
    m_filter->setAccessibleName(tr("Filter tensors"));
    auto* corner = new QWidget(this);
    auto* row = new QHBoxLayout(corner);
    row->setContentsMargins(4, 0, 4, 0);
    row->addWidget(m_filter);
    menuBar()->setCornerWidget(corner);
    connect(m_filter, &QLineEdit::textChanged, this, &MainWindow::applyFilter);
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildPlanMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    menu->addAction(tr("&Open file..."), QKeySequence::Open, this, &MainWindow::chooseFile);
    menu->addAction(tr("Open f&older..."), QKeySequence(tr("Ctrl+Shift+O")), this,
        &MainWindow::chooseFolder);
    m_recentMenu = menu->addMenu(tr("Open &recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    QAction* sample = menu->addAction(tr("Open the &sample"), this, [this] { askAndOpen(*m_sample); });
    sample->setEnabled(m_sample.has_value());
    menu->addSeparator();
    addProjectActions(menu);
    menu->addSeparator();
    m_exportAction = menu->addAction(
        tr("&Export..."), QKeySequence(tr("Ctrl+E")), this, &MainWindow::openExportDialog);
    menu->addSeparator();
    addSaveActions(menu);
    menu->addSeparator();
    addImatrixActions(menu);
    menu->addSeparator();
    m_modelActions.append(
        menu->addAction(tr("&Close model"), QKeySequence::Close, this, &MainWindow::closeModel));
    // Desktops that Qt does not know have no standard key for it.
    menu->addAction(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), this, &QWidget::close);
}

void MainWindow::addImatrixActions(QMenu* menu)
{
    menu->setToolTipsVisible(true);
    QAction* import = menu->addAction(
        tr("&Import importance matrix..."), this, &MainWindow::chooseImatrix);
    import->setToolTip(tr("Inputs measured by llama.cpp's imatrix stand in for the probe's"));
    m_modelActions.append(import);
    m_saveImatrix = menu->addAction(
        tr("Save i&mportance matrix..."), this, &MainWindow::saveImatrix);
    m_dropImatrix = menu->addAction(
        tr("&Drop importance matrix"), &m_session, &Session::dropImatrix);
}

void MainWindow::chooseImatrix()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Import an importance matrix"), {},
        tr("Importance matrices (*.dat *.gguf *.imatrix);;All files (*)"));
    if (!file.isEmpty())
        m_session.importImatrix(toPath(file));
}

void MainWindow::saveImatrix()
{
    QString name = QStringLiteral("%1.imatrix.dat").arg(nameToQt(m_session.model()->name, 80));
    name.replace(QLatin1Char('/'), QLatin1Char('_'));
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the importance matrix"), name,
        tr("Importance matrices (*.dat);;All files (*)"));
    if (!file.isEmpty())
        m_session.saveImatrix(toPath(file));
}

void MainWindow::fillRecentMenu()
{
    m_recentMenu->clear();
    const QVector<RecentModel> models = recentModels();
    for (const RecentModel& model : models) {
        QString name = model.name;
        name.replace(QLatin1Char('&'), QLatin1String("&&"));
        QAction* action = m_recentMenu->addAction(model.isProject() ? tr("%1 (project)").arg(name) : name,
            this, [this, path = model.path] { askAndOpen(toPath(path)); });
        action->setEnabled(QFileInfo::exists(model.path));
        action->setToolTip(model.path);
    }
    if (models.isEmpty())
        m_recentMenu->addAction(tr("None yet"))->setEnabled(false);
}

void MainWindow::buildEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    QUndoStack& history = m_session.editor().history();
    QAction* undo = history.createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = history.createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence(tr("Ctrl+Shift+Z")));
    menu->addAction(undo);
    menu->addAction(redo);
    menu->addSeparator();
    menu->addAction(tr("&Filter"), QKeySequence::Find, this, [this] {
        m_filter->setFocus();
        m_filter->selectAll();
    });
    m_modelActions.append(menu->addAction(tr("&Select what the filter shows"),
        QKeySequence(tr("Ctrl+Shift+A")), this, &MainWindow::selectShown));
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    menu->addAction(tr("&Heatmap"), QKeySequence(tr("Ctrl+1")), this,
        [this] { m_tabs->setCurrentIndex(0); });
    menu->addAction(
        tr("&Table"), QKeySequence(tr("Ctrl+2")), this, [this] { m_tabs->setCurrentIndex(1); });
    menu->addAction(tr("&Compare"), QKeySequence(tr("Ctrl+3")), this, &MainWindow::showCompare);
    m_keyValuesAction
        = menu->addAction(tr("&Key-values of a GGUF model..."), this, &MainWindow::showKeyValues);
    m_keyValuesAction->setEnabled(false);
    menu->addSeparator();
    addLayoutActions(menu);
    addLanguageMenu(menu);
}

void MainWindow::showKeyValues()
{
    const auto model = m_session.model();
    if (!model || !model->metadata)
        return;
    if (!m_keyValues) {
        m_keyValues = new MetadataDialog(model, this);
        m_keyValues->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_keyValues->show();
    m_keyValues->raise();
    m_keyValues->activateWindow();
}

void MainWindow::buildPlanMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Plan"));
    m_modelActions.append(menu->addAction(
        tr("&Analyse again"), QKeySequence(Qt::Key_F5), &m_session, &Session::analyse));
    m_modelActions.append(menu->addAction(
        tr("&Stop"), QKeySequence(Qt::Key_Escape), &m_session, &Session::cancel));
    buildProbeMenu(menu);
    addTargetActions(menu);
    menu->addSeparator();
    m_selectionActions->addTo(*menu);
    menu->addSeparator();
    m_modelActions.append(menu->addAction(tr("&Rule from the filter..."),
        QKeySequence(tr("Ctrl+R")), this, &MainWindow::ruleFromFilter));
    m_modelActions.append(menu->addAction(
        tr("&Clear pins"), this, [this] { m_session.editor().clearPins(); }));
}

// A choice stays for the next model and the next run.
void MainWindow::buildProbeMenu(QMenu* plan)
{
    QMenu* menu = plan->addMenu(tr("P&robe"));
    menu->setToolTipsVisible(true);
    auto* group = new QActionGroup(menu);
    const auto add = [&](ProbeDepth depth, const QString& title, const QString& tip) {
        QAction* action = menu->addAction(title, this, [this, depth] {
            m_session.setProbeDepth(depth);
            saveProbeDepth(depth);
        });
        action->setToolTip(tip);
        action->setCheckable(true);
        action->setChecked(m_session.probeDepth() == depth);
        group->addAction(action);
    };
    add(ProbeDepth::automatic, tr("&Automatic"), tr("As deep as the model's architecture allows"));
    add(ProbeDepth::none, tr("&None"), tr("The weights alone: tier 1"));
    add(ProbeDepth::forward, tr("&Forward"), tr("What flows into each matrix: tier 2"));
    add(ProbeDepth::full, tr("F&ull"), tr("And what the output does with it: tier 3"));
    connect(menu, &QMenu::aboutToShow, group, [this, group] {
        const QVector<ProbeDepth> depths = {
            ProbeDepth::automatic, ProbeDepth::none, ProbeDepth::forward, ProbeDepth::full};
        for (int i = 0; i < depths.size(); ++i)
            group->actions().at(i)->setChecked(m_session.probeDepth() == depths[i]);
    });
}

} // namespace bitloupe::ui
