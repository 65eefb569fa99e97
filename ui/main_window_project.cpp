// SPDX-License-Identifier: GPL-3.0-or-later
// The window's projects: open, save, and what shows while the model is missing.
#include "ui/main_window.h"

#include "ui/budget_panel.h"
#include "ui/compare/compare_page.h"
#include "ui/decision_text.h"
#include "ui/device_panel.h"
#include "ui/error_bar.h"
#include "ui/error_text.h"
#include "ui/model_dialog.h"
#include "ui/project/project_keeper.h"
#include "ui/project/project_page.h"
#include "ui/project/view_setting.h"
#include "ui/qt_text.h"
#include "ui/settings.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>

#include <algorithm>
#include <utility>

namespace bitloupe::ui {
namespace {

const char* const tabNames[] = {"heatmap", "table", "compare"};

} // namespace

void MainWindow::buildProject()
{
    m_project = new ProjectKeeper(m_session, *m_savedPlans, this);
    m_projectPage = new ProjectPage(m_pages);
    m_projectPage->setEnabled(false);
    m_pages->addWidget(m_projectPage);
    connect(m_project, &ProjectKeeper::modelWanted, this, &MainWindow::openModel);
    connect(m_project, &ProjectKeeper::modelMissing, this, &MainWindow::showMissing);
    connect(m_project, &ProjectKeeper::viewWanted, this, &MainWindow::showProjectView);
    connect(m_project, &ProjectKeeper::failed, this, &MainWindow::showError);
    connect(m_project, &ProjectKeeper::changedIs, this, &QWidget::setWindowModified);
    connect(m_project, &ProjectKeeper::saved, this, [this](const QString& file) {
        sayWritten(file);
        rememberProject(m_project->file());
        if (const auto next = std::exchange(m_afterSaving, nullptr))
            whenSaved(next); // what was changed meanwhile is asked about as well
    });
    connect(m_project, &ProjectKeeper::failed, this, [this] { m_afterSaving = nullptr; });
    connect(m_project, &ProjectKeeper::applied, this, [this](int missed) {
        rememberProject(m_project->file());
        statusBar()->clearMessage(); // what follows is about this project alone
        if (missed > 0)
            addMessage(
                tr("%n pin(s) of the project were for tensors that are not there.", nullptr, missed));
    });
    connect(&m_session, &Session::failed, this, [this](const Error& error) {
        if (m_project->waiting() && !m_session.model())
            showMissing(errorText(error) + QLatin1Char('\n') + errorSentence(error));
    });
    connect(m_projectPage, &ProjectPage::findFileRequested, this, [this] { findModel(false); });
    connect(m_projectPage, &ProjectPage::findFolderRequested, this, [this] { findModel(true); });
    connect(m_projectPage, &ProjectPage::closeRequested, this, [this] {
        m_project->forget();
        showParts();
    });
}

void MainWindow::addProjectActions(QMenu* menu)
{
    menu->addAction(tr("Open &project..."), this, &MainWindow::chooseProject);
    m_modelActions.append(menu->addAction(
        tr("Sa&ve project"), QKeySequence(QKeySequence::Save), this, &MainWindow::saveProject));
    m_modelActions.append(menu->addAction(tr("Save project &as..."),
        QKeySequence(tr("Ctrl+Shift+S")), this, &MainWindow::saveProjectAs));
}

void MainWindow::openPath(const std::filesystem::path& path)
{
    m_startError->hide();
    if (pathToQt(path).endsWith(projectEnding, Qt::CaseInsensitive)) {
        m_project->open(path);
        return;
    }
    m_project->forget();
    openModel(path);
}

void MainWindow::openModel(const std::filesystem::path& path)
{
    m_projectPage->setEnabled(false);
    m_startError->hide();
    m_opening = path;
    m_session.open(path);
}

void MainWindow::chooseProject()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open a project"), {}, tr("Projects (*.bitloupe);;All files (*)"));
    if (!file.isEmpty())
        askAndOpen(toPath(file));
}

void MainWindow::saveProject()
{
    // While a project waits for its target the plan in force is not its own.
    if (m_project->file().empty() || m_project->waiting())
        saveProjectAs();
    else
        m_project->save(m_project->file(), projectView(), true);
}

void MainWindow::saveProjectAs()
{
    if (!m_session.model())
        return;
    QString name = nameToQt(m_session.model()->name, 80);
    name.replace(QLatin1Char('/'), QLatin1Char('_'));
    QFileDialog dialog(this, tr("Save the project"), {}, tr("Projects (*.bitloupe)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(projectEnding.mid(1)); // before it asks whether to replace
    dialog.selectFile(name + projectEnding);
    if (dialog.exec() != QDialog::Accepted)
        m_afterSaving = nullptr;
    else
        m_project->save(toPath(dialog.selectedFiles().constFirst()), projectView(), true);
}

std::map<std::string, std::string> MainWindow::projectView() const
{
    std::map<std::string, std::string> view = m_budgetPanel->devicePanel().view();
    view["tab"] = tabNames[std::clamp(m_tabs->currentIndex(), 0, 2)];
    view["filter"] = m_filter->text().left(1000).toStdString();
    if (m_current >= 0 && m_session.profile())
        view["tensor"] = m_session.profile()->decisions[static_cast<std::size_t>(m_current)].name;
    return view;
}

void MainWindow::showProjectView(const std::map<std::string, std::string>& view)
{
    if (const QString unknown = m_budgetPanel->devicePanel().setView(view); !unknown.isEmpty())
        addMessage(unknown);
    for (int i = 0; i < 3; ++i)
        if (viewSetting(view, "tab") == tabNames[i])
            m_tabs->setCurrentIndex(i);
    m_filter->setText(toQt(viewSetting(view, "filter")));
    const std::string tensor = viewSetting(view, "tensor");
    const auto& decisions = m_session.profile()->decisions;
    for (std::size_t d = 0; d < decisions.size() && !tensor.empty(); ++d)
        if (decisions[d].name == tensor)
            select({static_cast<int>(d)}, static_cast<int>(d));
}

// Behind what is said already: a project may have several things to tell.
void MainWindow::addMessage(const QString& sentence)
{
    constexpr int readingMs = 15000;
    const QString before = statusBar()->currentMessage();
    statusBar()->showMessage(
        before.isEmpty() ? sentence : before + QLatin1Char(' ') + sentence, readingMs);
}

void MainWindow::showMissing(const QString& why)
{
    if (!m_project->waiting())
        return;
    m_projectPage->setEnabled(true);
    m_projectPage->show(*m_project->waiting(), why);
    showParts();
}

void MainWindow::findModel(bool folder)
{
    const std::filesystem::path path = folder
        ? askForModel(this, ModelKind::folder, tr("The folder of the project's model"))
        : askForModel(this, ModelKind::file, tr("The project's model"));
    if (!path.empty())
        openModel(path);
}

} // namespace bitloupe::ui
