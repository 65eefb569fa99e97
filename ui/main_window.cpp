// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/budget_panel.h"
#include "ui/decision_text.h"
#include "ui/error_bar.h"
#include "ui/export_dialog.h"
#include "ui/heatmap_page.h"
#include "ui/model_dialog.h"
#include "ui/model_panel.h"
#include "ui/models/findings.h"
#include "ui/models/layer_tree_model.h"
#include "ui/models/tensor_filter.h"
#include "ui/models/tensor_table_model.h"
#include "ui/project/project_keeper.h"
#include "ui/qt_text.h"
#include "ui/report/plan_files.h"
#include "ui/row_table.h"
#include "ui/settings.h"
#include "ui/start_page.h"
#include "ui/status_line.h"
#include "ui/tensor_panel.h"
#include "ui/views/heatmap_view.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace bitloupe::ui {
namespace {

constexpr int findingsDelayMs = 300;

} // namespace

MainWindow::MainWindow(const std::optional<std::filesystem::path>& sample)
    : m_sample(sample)
{
    setWindowTitle(tr("Bitloupe"));
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_session.setProbeDepth(savedProbeDepth());
    buildCentre();
    buildDocks();
    buildStatusBar();
    connectSession();
    connectSelection();
    buildMenus();
    resize(1440, 900);
    resetLayout();
    m_firstState = saveState();
    if (const QByteArray geometry = savedGeometry(); !geometry.isEmpty())
        restoreGeometry(geometry);
    if (const QByteArray state = savedWindowState(); !state.isEmpty())
        restoreState(state);
    modelChanged();
    showParts();
    stateChanged();
}

MainWindow::~MainWindow() = default;

QTreeView* MainWindow::buildTable()
{
    m_tableModel = new TensorTableModel(m_session, this);
    m_tableProxy = new TensorFilterProxy(this);
    m_tableProxy->setSourceModel(m_tableModel);
    auto* table = new RowTable(this);
    table->setObjectName(QStringLiteral("tensorTable"));
    table->setModel(m_tableProxy);
    table->setRootIsDecorated(false);
    table->setAllColumnsShowFocus(true);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->setAccessibleName(tr("Table of tensors"));
    table->header()->setDefaultSectionSize(96);
    table->setColumnWidth(TensorTableModel::name, 260);
    table->setColumnWidth(TensorTableModel::codec, 130);
    table->sortByColumn(-1, Qt::AscendingOrder); // the model's own order costs nothing
    table->setSortingEnabled(true);
    return table;
}

void MainWindow::buildCentre()
{
    m_pages = new QStackedWidget(this);
    auto* startBox = new QWidget(m_pages);
    auto* startColumn = new QVBoxLayout(startBox);
    startColumn->setContentsMargins(0, 0, 0, 0);
    startColumn->setSpacing(0);
    m_startError = new ErrorBar(startBox);
    m_start = new StartPage(m_sample.has_value(), startBox);
    startColumn->addWidget(m_startError);
    auto* scroll = new QScrollArea(startBox); // or small windows could not be as small
    scroll->setWidget(m_start);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    startColumn->addWidget(scroll, 1);
    m_work = new QWidget(m_pages);
    auto* column = new QVBoxLayout(m_work);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_error = new ErrorBar(m_work);
    m_tabs = new QTabWidget(m_work);
    m_heatmap = new HeatmapPage(m_session, m_tabs);
    m_table = buildTable();
    m_tabs->addTab(m_heatmap, tr("Heatmap"));
    m_tabs->addTab(m_table, tr("Table"));
    buildCompare();
    column->addWidget(m_error);
    column->addWidget(m_tabs, 1);
    m_pages->addWidget(startBox);
    m_pages->addWidget(m_work);
    buildProject();
    setCentralWidget(m_pages);
    connect(m_start, &StartPage::openFileRequested, this, &MainWindow::chooseFile);
    connect(m_start, &StartPage::openFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_start, &StartPage::sampleRequested, this, [this] { askAndOpen(*m_sample); });
    connect(m_start, &StartPage::pathRequested, this,
        [this](const QString& path) { askAndOpen(toPath(path)); });
}

void MainWindow::buildStatusBar()
{
    m_status = new StatusLine(m_session, this);
    statusBar()->addWidget(m_status, 1);
    m_tier = new QLabel(this);
    m_tier->setForegroundRole(QPalette::PlaceholderText);
    m_tier->setContentsMargins(8, 0, 8, 0);
    statusBar()->addPermanentWidget(m_tier);
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::modelChanged, this, &MainWindow::modelChanged);
    connect(&m_session, &Session::stateChanged, this, &MainWindow::stateChanged);
    connect(&m_session, &Session::planChanged, this, &MainWindow::planChanged);
    connect(&m_session, &Session::failed, this, &MainWindow::showError);
    connect(&m_session, &Session::imatrixSaved, this, &MainWindow::sayWritten);
    m_findingsTimer.setSingleShot(true);
    m_findingsTimer.setInterval(findingsDelayMs);
    connect(&m_findingsTimer, &QTimer::timeout, this, &MainWindow::refreshFindings);
    const auto later = [this] {
        if (!m_findingsTimer.isActive())
            m_findingsTimer.start();
    };
    connect(&m_session, &Session::scoresChanged, this, later);
    connect(&m_session, &Session::planChanged, this, later);
    connect(&m_session, &Session::copiesFound, this, later);
}

void MainWindow::modelChanged()
{
    const Model* model = m_session.model().get();
    m_tableModel->reload();
    m_treeModel->reload();
    m_modelPanel->reload();
    m_budgetPanel->reload();
    m_heatmap->refresh();
    m_error->hide();
    m_findings->setFindings({});
    m_selected.clear();
    m_current = -1;
    m_heatmap->view().select({}, -1); // its numbers were of other decisions
    m_tensorPanel->show(-1, 0);
    applyFilter();
    for (QAction* action : qAsConst(m_modelActions))
        action->setEnabled(model != nullptr);
    m_keyValuesAction->setEnabled(model && model->metadata);
    delete m_keyValues;
    // In a turn of its own: laying out tree and table for the first time takes a while. Not at once,
    // or what is posted meanwhile would join it to one long turn.
    QTimer::singleShot(ownTurnMs, this, &MainWindow::showParts);
    m_filter->setEnabled(model != nullptr);
    setWindowTitle(model ? tr("%1[*] — Bitloupe").arg(nameToQt(model->name, 80)) : tr("Bitloupe"));
    if (!model) {
        m_start->reloadRecent();
        return;
    }
    m_startError->hide();
    if (m_project->waiting()) // the project is remembered instead
        return;
    rememberRecent({pathToQt(m_opening), nameToQt(model->name, 80), model->totalBytes(),
        model->parameters(), QDateTime::currentDateTime()});
}

void MainWindow::showTier()
{
    QStringList reasons = m_session.imatrixNotes();
    reasons.prepend(m_session.tierReason());
    reasons.removeAll(QString());
    QString text = tierSentence(m_session.tier());
    if (const auto& imatrix = m_session.imatrix())
        text = tr("Tier %1, inputs from %2.")
                   .arg(m_session.tier())
                   .arg(nameToQt(imatrix->filename().string(), 40));
    if (m_session.probing())
        text = tr("Tier 1 until the probe is done. No data.");
    if (!m_session.model())
        text = tr("Bitloupe %1").arg(QStringLiteral(BITLOUPE_VERSION));
    m_tier->setText(text);
    m_tier->setToolTip(reasons.join(QLatin1Char('\n')).toHtmlEscaped());
}

void MainWindow::stateChanged()
{
    m_budgetPanel->refresh();
    showTier();
    const bool ready = m_session.state() == Session::State::ready && !m_session.exportProblem();
    m_exportAction->setEnabled(ready);
    for (QAction* action : qAsConst(m_planActions))
        action->setEnabled(m_planFiles->possible());
    const bool probed = m_session.analysis() && m_session.analysis()->moments;
    m_saveImatrix->setEnabled(probed && !m_session.probing());
    m_saveImatrix->setToolTip(probed ? tr("For llama.cpp's quantizer, by its tensor names")
                                     : tr("There are no inputs without a probe"));
    m_dropImatrix->setEnabled(m_session.imatrix().has_value());
}

void MainWindow::planChanged()
{
    for (QAction* action : qAsConst(m_planActions))
        action->setEnabled(m_planFiles->possible());
    showTier();
    m_tableModel->refresh();
    m_treeModel->refresh();
    m_tree->viewport()->update();
    m_heatmap->refresh();
    m_budgetPanel->refresh();
    m_tensorPanel->refresh();
    if (!m_filter->text().trimmed().isEmpty() || !m_heatmap->bitsFilter().isEmpty())
        applyFilter(); // bits<=3 means other tensors now
}

void MainWindow::refreshFindings()
{
    if (!m_session.model())
        return;
    const QVector<Finding> found = findFindings(m_session);
    m_docks[2]->setWindowTitle(tr("Findings %1").arg(found.size()));
    m_findings->setFindings(found);
}

void MainWindow::showError(const Error& error)
{
    (m_session.model() ? m_error : m_startError)->showError(error);
}

void MainWindow::chooseFile()
{
    if (const auto file = askForModel(this, ModelKind::file, tr("Open a model")); !file.empty())
        askAndOpen(file);
}

void MainWindow::chooseFolder()
{
    const auto folder = askForModel(this, ModelKind::folder, tr("Open a model's folder"));
    if (!folder.empty())
        askAndOpen(folder);
}

ExportDialog* MainWindow::exportDialog() const { return m_exportDialog; }

void MainWindow::openExportDialog()
{
    if (!m_exportAction->isEnabled() || !m_session.planned() || !m_session.planned()->plan)
        return;
    // One that runs, or shows what it found, stays; one that only asks would ask about an old plan.
    if (m_exportDialog && !m_exportDialog->running() && !m_exportDialog->isVisible())
        delete m_exportDialog;
    if (!m_exportDialog) {
        m_exportDialog = new ExportDialog(m_session, this);
        m_exportDialog->setAttribute(Qt::WA_DeleteOnClose);
        watchExport(*m_exportDialog);
    }
    m_exportDialog->show();
    m_exportDialog->raise();
    m_exportDialog->activateWindow();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_closing && m_project->changed()) {
        event->ignore();
        whenSaved([this] {
            m_closing = true;
            close();
        });
        return;
    }
    saveLayout();
    if (m_exportDialog)
        m_exportDialog->abandon(); // its worker is waited for when nobody looks any more
    m_session.close();
    QMainWindow::closeEvent(event);
}

namespace {

// The one file or folder that is dragged; empty for anything else.
QString draggedPath(const QDropEvent& event)
{
    const QList<QUrl> urls = event.mimeData()->urls();
    return urls.size() == 1 ? urls.first().toLocalFile() : QString();
}

} // namespace

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (draggedPath(*event).isEmpty())
        return;
    event->acceptProposedAction();
    m_start->setDropHint(true);
    statusBar()->showMessage(tr("Drop to open this"));
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*)
{
    m_start->setDropHint(false);
    statusBar()->clearMessage();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_start->setDropHint(false);
    statusBar()->clearMessage();
    const QString path = draggedPath(*event);
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    askAndOpen(toPath(path));
}

} // namespace bitloupe::ui
