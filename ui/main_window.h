// SPDX-License-Identifier: GPL-3.0-or-later
// The window: puts the parts into docks, connects them to the session, links their selections.
// Computes nothing.
#pragma once

#include "ui/session.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <map>
#include <string>

class QDialog;
class QItemSelection;
class QLabel;
class QLineEdit;
class QMenu;
class QMessageBox;
class QStackedWidget;
class QTabWidget;
class QTreeView;

namespace bitloupe::ui {

class BudgetPanel;
class ComparePage;
class ErrorBar;
class ExportDialog;
class FindingsModel;
class ColumnMemory;
class HeatmapPage;
class JobNotices;
class LayerTreeModel;
class ModelPanel;
class PlanFiles;
class ProjectKeeper;
class ProjectPage;
class RulesPanel;
class SavedPlans;
class SavedPlansPanel;
class SelectionActions;
class StartPage;
class StatusLine;
class TensorFilterProxy;
class TensorPanel;
class TensorTableModel;

/// Long enough for keys and clicks to come between two pieces of work; longer, and plans that arrive
/// meanwhile make the next piece larger.
inline constexpr int ownTurnMs = 4;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `sample` is the sample model's folder; empty when there is none.
    explicit MainWindow(const std::optional<std::filesystem::path>& sample = {});
    ~MainWindow() override;

    Session& session() { return m_session; }
    HeatmapPage& heatmap() { return *m_heatmap; }
    JobNotices& notices() { return *m_notices; }
    ComparePage& comparePage() { return *m_compare; }
    SavedPlans& savedPlans() { return *m_savedPlans; }
    ProjectKeeper& project() { return *m_project; }
    ProjectPage& projectPage() { return *m_projectPage; }
    /// A model, or a project; a project that waits for its model forgets it. Without a question.
    void openPath(const std::filesystem::path& path);
    /// The same once a person has saved what is not saved, or does not want it.
    void askAndOpen(const std::filesystem::path& path);
    QMessageBox* unsavedQuestion() const; // null when none is asked
    /// A model, which a waiting project may be about.
    void openModel(const std::filesystem::path& path);
    /// Selects in all views; `current` is what the tensor panel shows.
    void select(const QVector<int>& decisions, int current);
    QVector<int> selectedDecisions() const { return m_selected; }
    int currentDecision() const { return m_current; }
    ExportDialog* exportDialog() const; // null when none is open

public slots:
    void openExportDialog();
    void showKeyValues(); // of a GGUF model
    void pinSelection(int bits); // 0: free; 16: floats
    void resetLayout();
    void showCompare();
    void saveProject();
    void saveProjectAs();
    void showShortcuts();
    void showGuide();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void addSaveActions(QMenu* menu); // main_window_files.cpp
    void saveTable(bool asShown);
    QVector<int> tableDecisions(bool asShown) const;
    void saveReport();
    void savePicture();
    void copyCommand();
    void sayWritten(const QString& file);
    QString fileNameFor(const QString& ending) const;

    void buildMenus(); // main_window_menus.cpp
    void buildFileMenu();
    void addImatrixActions(QMenu* menu);
    void buildEditMenu();
    void buildViewMenu();
    void buildPlanMenu();
    void selectShown(); // what the filter lets through
    void ruleFromFilter();
    void buildProbeMenu(QMenu* plan);
    void addTargetActions(QMenu* plan); // main_window_targets.cpp
    void chooseMix(Session::Mix use);
    void pinToCodec(CodecId wanted);
    void fillRecentMenu();
    void buildHelpMenu(); // main_window_help.cpp
    void addLanguageMenu(QMenu* view);
    void watchExport(ExportDialog& dialog);
    void showAbout();
    void addLayoutActions(QMenu* menu); // main_window_docks.cpp

    void buildCentre();
    QTreeView* buildTable();
    void buildCompare(); // main_window_plans.cpp
    void buildSavedPlans();
    void offerPlans();
    void buildProject(); // main_window_project.cpp
    void addProjectActions(QMenu* menu);
    void whenSaved(std::function<void()> next); // main_window_unsaved.cpp
    void saveThen(std::function<void()> next);
    void closeModel();
    void rememberProject(const std::filesystem::path& file);
    void chooseProject();
    void findModel(bool folder);
    void showProjectView(const std::map<std::string, std::string>& view);
    void addMessage(const QString& sentence);
    void showMissing(const QString& why);
    std::map<std::string, std::string> projectView() const;

    void buildDocks(); // main_window_docks.cpp
    QDockWidget* addDock(Qt::DockWidgetArea area, const QString& id, const QString& title,
        QWidget* content);
    void buildStatusBar();
    void connectSession();
    void connectSelection();
    void addPinKeys(QWidget* view);
    QItemSelection tableRows(const QVector<int>& decisions) const;
    void chooseFile();
    void chooseFolder();
    void chooseImatrix();
    void saveImatrix();
    void modelChanged();
    void showParts();
    void saveLayout();
    void sizeDocks();
    void showTier();
    void stateChanged();
    void planChanged();
    void refreshFindings();
    void applyFilter();
    void showMenu(const QPoint& globalPosition);
    void showError(const Error& error);

    Session m_session;
    std::optional<std::filesystem::path> m_sample;
    QStackedWidget* m_pages = nullptr;
    StartPage* m_start = nullptr;
    QWidget* m_work = nullptr;
    QTabWidget* m_tabs = nullptr;
    ErrorBar *m_error = nullptr, *m_startError = nullptr;
    HeatmapPage* m_heatmap = nullptr;
    SavedPlans* m_savedPlans = nullptr;
    ComparePage* m_compare = nullptr;
    ProjectKeeper* m_project = nullptr;
    ProjectPage* m_projectPage = nullptr;
    SavedPlansPanel* m_savedPlansPanel = nullptr;
    TensorTableModel* m_tableModel = nullptr;
    TensorFilterProxy* m_tableProxy = nullptr;
    QTreeView *m_table = nullptr, *m_tree = nullptr;
    LayerTreeModel* m_treeModel = nullptr;
    FindingsModel* m_findings = nullptr;
    ModelPanel* m_modelPanel = nullptr;
    TensorPanel* m_tensorPanel = nullptr;
    BudgetPanel* m_budgetPanel = nullptr;
    RulesPanel* m_rulesPanel = nullptr;
    SelectionActions* m_selectionActions = nullptr;
    StatusLine* m_status = nullptr;
    QLabel* m_tier = nullptr;
    QLineEdit* m_filter = nullptr;
    QMenu *m_recentMenu = nullptr, *m_docksMenu = nullptr;
    QVector<QDockWidget*> m_docks;
    QVector<QAction*> m_modelActions; // need an open model
    QVector<QAction*> m_planActions; // need a plan
    PlanFiles* m_planFiles = nullptr;
    QAction *m_exportAction = nullptr, *m_keyValuesAction = nullptr;
    QAction *m_saveImatrix = nullptr, *m_dropImatrix = nullptr;
    QTimer m_findingsTimer;
    QVector<int> m_selected;
    int m_current = -1;
    bool m_selecting = false;
    bool m_docksSized = false;
    QPointer<ExportDialog> m_exportDialog;
    QPointer<QMessageBox> m_unsaved;
    std::function<void()> m_afterSaving;
    bool m_closing = false; // nothing is asked any more
    QPointer<QDialog> m_keyValues, m_shortcuts, m_guide;
    JobNotices* m_notices = nullptr;
    QVector<ColumnMemory*> m_columns;
    QByteArray m_firstState;
    std::filesystem::path m_opening;
};

} // namespace bitloupe::ui
