// SPDX-License-Identifier: GPL-3.0-or-later
// The window: puts the parts into docks, connects them to the session, links their selections.
// Computes nothing.
#pragma once

#include "ui/session.h"

#include <QMainWindow>
#include <QPointer>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace bitloupe::ui {

class ExportDialog;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `sample` is the sample model's folder; empty when there is none.
    explicit MainWindow(const std::optional<std::filesystem::path>& sample = {});
    ~MainWindow() override;

    Session& session() { return m_session; }
    void openPath(const std::filesystem::path& path);
    void select(const QVector<int>& decisions, int current);
    QVector<int> selectedDecisions() const { return m_selected; }
    int currentDecision() const { return m_current; }
    ExportDialog* exportDialog() const { return m_exportDialog; }

public slots:
    void openExportDialog();
    void pinSelection(int bits); // 0: free
    void resetLayout();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Parts;
    void buildMenus();
    void buildEditMenu();
    void buildViewMenu();
    void buildDocks();
    void buildCentre();
    void buildStatusBar();
    void connectSession();
    void connectSelection();
    void chooseFile();
    void chooseFolder();
    void refreshRecentMenu();
    void modelChanged();
    void scoresChanged();
    void planChanged();
    void stateChanged();
    void applyFilter();
    void showError(const Error& error);
    void showProgress(const QString& phase, quint64 done, quint64 total);
    void showMenu(const QPoint& globalPosition);
    void showShortcuts();
    void showAbout();

    Session m_session;
    std::optional<std::filesystem::path> m_sample;
    std::unique_ptr<Parts> m_parts;
    QVector<int> m_selected;
    int m_current = -1;
    QPointer<ExportDialog> m_exportDialog;
    QByteArray m_firstState;
};

} // namespace bitloupe::ui
