// SPDX-License-Identifier: GPL-3.0-or-later
// Where to, how large, go; then progress, and what reading back found. Not modal: the window stays
// usable, and closing it while it writes cancels and leaves nothing.
#pragma once

#include "export/export_model.h"
#include "ui/session.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace bitloupe::ui {

class ScatterView;

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    explicit ExportDialog(const Session& session, QWidget* parent = nullptr);

    void setDestination(const QString& folder, const QString& name);
    QString destination() const;
    bool running() const { return m_runner.running(); }
    /// Empty until the export is done.
    const std::optional<ExportReport>& report() const { return m_report; }
    QString command() const;

public slots:
    void start();
    void reject() override;

signals:
    void finished(bool verified);

private:
    void buildForm(QVBoxLayout* column);
    void buildProgress(QVBoxLayout* column);
    void buildResult(QVBoxLayout* column);
    void buildButtons(QVBoxLayout* column);
    void updateSummary();
    void showProgress(const QString& phase, quint64 done, quint64 total);
    void showReport();
    void showError(const Error& error);

    // What is exported: taken when the dialog opens, whatever the window does meanwhile.
    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const TargetProfile> m_profile;
    std::shared_ptr<const Planned> m_planned;
    std::optional<Error> m_exportProblem;
    QString m_commandTemplate;

    JobRunner m_runner;
    std::optional<ExportReport> m_report;
    QString m_written;
    QWidget *m_form = nullptr, *m_progressPart = nullptr, *m_resultPart = nullptr;
    QLineEdit *m_folder = nullptr, *m_name = nullptr, *m_command = nullptr, *m_digest = nullptr;
    QLabel *m_summary = nullptr, *m_headline = nullptr, *m_table = nullptr;
    QProgressBar* m_bar = nullptr;
    QVector<QLabel*> m_phases;
    QPushButton *m_export = nullptr, *m_close = nullptr, *m_showFolder = nullptr;
};

} // namespace bitloupe::ui
