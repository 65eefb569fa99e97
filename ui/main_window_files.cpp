// SPDX-License-Identifier: GPL-3.0-or-later
// What the window lets people take away: tables, reports, pictures, the command.
#include "ui/main_window.h"

#include "ui/encoder_choice.h"
#include "ui/export_command.h"
#include "ui/models/tensor_table_model.h"
#include "ui/models/tensor_filter.h"
#include "ui/qt_text.h"
#include "ui/report/picture_dialog.h"
#include "ui/report/plan_files.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMenu>
#include <QStatusBar>

namespace bitloupe::ui {

void MainWindow::addSaveActions(QMenu* menu)
{
    m_planFiles = new PlanFiles(m_session, this);
    connect(m_planFiles, &PlanFiles::saved, this, &MainWindow::sayWritten);
    connect(m_planFiles, &PlanFiles::failed, this, &MainWindow::showError);
    m_planActions = {
        menu->addAction(tr("Save &table as shown..."), this, [this] { saveTable(true); }),
        menu->addAction(tr("Save table of a&ll..."), this, [this] { saveTable(false); }),
        menu->addAction(
            tr("Save &report..."), QKeySequence(tr("Ctrl+Shift+R")), this, &MainWindow::saveReport),
        menu->addAction(tr("Copy &headless command"), QKeySequence(tr("Ctrl+Shift+C")), this,
            &MainWindow::copyCommand),
    };
    m_modelActions.append(menu->addAction(
        tr("Save &picture..."), QKeySequence(tr("Ctrl+Shift+P")), this, &MainWindow::savePicture));
}

void MainWindow::sayWritten(const QString& file)
{
    statusBar()->showMessage(tr("Written: %1").arg(file), 8000);
}

QString MainWindow::fileNameFor(const QString& ending) const
{
    return exportName(*m_session.model(), *m_session.profile(), *m_session.planned()->plan)
        + QLatin1Char('.') + ending;
}

void MainWindow::saveTable(bool asShown)
{
    if (!m_planFiles->possible())
        return;
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the table"),
        fileNameFor(QStringLiteral("csv")), tr("Comma-separated (*.csv);;Tab-separated (*.tsv)"));
    if (!file.isEmpty())
        m_planFiles->saveTable(file, tableDecisions(asShown));
}

QVector<int> MainWindow::tableDecisions(bool asShown) const
{
    QVector<int> decisions;
    const QAbstractItemModel& rows = asShown ? static_cast<QAbstractItemModel&>(*m_tableProxy)
                                             : static_cast<QAbstractItemModel&>(*m_tableModel);
    for (int row = 0; row < rows.rowCount(); ++row)
        decisions.append(rows.index(row, 0).data(TensorTableModel::decisionRole).toInt());
    return decisions;
}

void MainWindow::saveReport()
{
    if (!m_planFiles->possible())
        return;
    const QString file = QFileDialog::getSaveFileName(this, tr("Save a report of the plan"),
        fileNameFor(QStringLiteral("html")),
        tr("Page for the browser (*.html);;Fragment for a model card (*.md)"));
    if (!file.isEmpty())
        m_planFiles->saveReport(file);
}

void MainWindow::savePicture()
{
    auto* dialog = new PictureDialog(*this);
    connect(dialog, &PictureDialog::saved, this, &MainWindow::sayWritten);
    connect(dialog, &PictureDialog::ended, dialog, &QObject::deleteLater);
    dialog->open();
}

void MainWindow::copyCommand()
{
    if (!m_planFiles->possible())
        return;
    const Plan& plan = *m_session.planned()->plan;
    const QString out = exportName(*m_session.model(), *m_session.profile(), plan);
    const auto& imatrix = m_session.imatrix();
    ExportHow how {out, defaultEncoder(m_session), m_session.ownTier()};
    how.imatrix = imatrix ? pathToQt(*imatrix) : QString();
    how.requantize = m_session.requantizing();
    QApplication::clipboard()->setText(
        exportCommand(*m_session.model(), *m_session.profile(), plan, how));
    statusBar()->showMessage(tr("The command is on the clipboard."), 5000);
}

} // namespace bitloupe::ui
