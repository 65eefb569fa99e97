// SPDX-License-Identifier: GPL-3.0-or-later
// The window's Help menu, and what it says when nobody looks at it.
#include "ui/main_window.h"

#include "ui/export_dialog.h"
#include "ui/guide.h"
#include "ui/job_notices.h"
#include "ui/language.h"
#include "ui/shortcut_sheet.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>

#include <memory>

namespace bitloupe::ui {

void MainWindow::buildHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    QAction* keys = menu->addAction(tr("&Keyboard shortcuts"), this, &MainWindow::showShortcuts);
    keys->setShortcuts({QKeySequence(QKeySequence::HelpContents), QKeySequence(tr("?"))});
    menu->addAction(tr("&Guide"), this, &MainWindow::showGuide);
    menu->addAction(tr("&About Bitloupe"), this, &MainWindow::showAbout);
    m_notices = new JobNotices(m_session, this);
}

void MainWindow::showShortcuts()
{
    if (!m_shortcuts) {
        m_shortcuts = new ShortcutSheet(*this);
        m_shortcuts->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_shortcuts->show();
    m_shortcuts->raise();
    m_shortcuts->activateWindow();
}

void MainWindow::showGuide()
{
    if (!m_guide) {
        m_guide = new Guide(this);
        m_guide->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_guide->show();
    m_guide->raise();
    m_guide->activateWindow();
}

void MainWindow::addLanguageMenu(QMenu* view)
{
    QMenu* menu = view->addMenu(tr("&Language"));
    auto* group = new QActionGroup(menu);
    for (const Language& one : languages()) {
        QAction* action = menu->addAction(one.name, this, [this, code = one.code] {
            saveLanguage(code);
            statusBar()->showMessage(tr("The window speaks it from the next start on."), 8000);
        });
        action->setCheckable(true);
        action->setChecked(one.code == savedLanguage());
        group->addAction(action);
    }
}

void MainWindow::watchExport(ExportDialog& dialog)
{
    const auto since = std::make_shared<QElapsedTimer>();
    connect(&dialog, &ExportDialog::started, m_notices, [since] { since->start(); });
    connect(&dialog, &ExportDialog::exported, m_notices, [this, since](bool written) {
        if (since->isValid())
            m_notices->exported(written, double(since->elapsed()) / 1e3);
    });
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Bitloupe"),
        tr("<b>Bitloupe %1</b><p>Looks into the weights of language models and quantizes them."
           "<p>Predicted damage is computed from the weights alone; it is a prediction, not a "
           "measurement.<p>GNU General Public License, version 3 or later.")
            .arg(QStringLiteral(BITLOUPE_VERSION)));
}

} // namespace bitloupe::ui
