// SPDX-License-Identifier: GPL-3.0-or-later
// What is not saved is asked about before it is lost: when the window closes, and when another
// model or project opens. The question belongs to the window and stops nothing that runs.
#include "ui/main_window.h"

#include "ui/project/project_keeper.h"
#include "ui/qt_text.h"
#include "ui/settings.h"

#include <QAbstractButton>
#include <QMessageBox>

namespace bitloupe::ui {

QMessageBox* MainWindow::unsavedQuestion() const { return m_unsaved; }

void MainWindow::whenSaved(std::function<void()> next)
{
    if (!m_project->changed()) {
        next();
        return;
    }
    delete m_unsaved; // what was wanted last counts
    m_unsaved = new QMessageBox(QMessageBox::Question, tr("Unsaved changes"),
        tr("Save the changes to the plan of %1 in a project?")
            .arg(nameToQt(m_session.model()->name, 80)),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    m_unsaved->setAttribute(Qt::WA_DeleteOnClose);
    m_unsaved->setInformativeText(
        tr("Budget, pins, rules and saved plans are lost otherwise. Scores are kept."));
    m_unsaved->setDefaultButton(QMessageBox::Save);
    connect(m_unsaved, &QMessageBox::buttonClicked, this,
        [this, next = std::move(next)](QAbstractButton* button) {
            const auto answer = m_unsaved->standardButton(button);
            if (answer == QMessageBox::Discard)
                next();
            else if (answer == QMessageBox::Save)
                saveThen(next);
        });
    m_unsaved->open();
}

void MainWindow::saveThen(std::function<void()> next)
{
    m_afterSaving = std::move(next);
    saveProject();
}

void MainWindow::askAndOpen(const std::filesystem::path& path)
{
    whenSaved([this, path] { openPath(path); });
}

void MainWindow::closeModel()
{
    whenSaved([this] { m_session.close(); });
}

void MainWindow::rememberProject(const std::filesystem::path& file)
{
    const Model* model = m_session.model().get();
    if (model && !file.empty())
        rememberRecent({pathToQt(std::filesystem::absolute(file)),
            nameToQt(file.stem().string(), 80), model->totalBytes(), model->parameters(),
            QDateTime::currentDateTime()});
}

} // namespace bitloupe::ui
