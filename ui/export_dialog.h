// SPDX-License-Identifier: GPL-3.0-or-later
// Where to and how large; then progress, and what reading back found. Not modal: the window stays
// usable. Closing it while it writes cancels and leaves nothing.
#pragma once

#include "export/export_model.h"
#include "ui/session.h"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace bitloupe::ui {

class ErrorBar;
class ExportProgress;
class ExportResult;
class RecipeButtons;
class SplitChoice;
class StalePartialsBar;

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// Takes model and plan as they are now, whatever the window does meanwhile. The session must
    /// have a plan.
    explicit ExportDialog(const Session& session, QWidget* parent = nullptr);

    void setDestination(const QString& folder, const QString& name);
    QString destination() const;
    QString command() const;
    Encoder encoder() const;
    void setEncoder(Encoder encoder);
    /// Bytes of data in one file of a set; 0: one file. Planned anew for it, which takes a moment.
    void setSplitBytes(std::uint64_t bytes);
    bool isPlanned() const { return m_planned && m_planned->plan; }
    RecipeButtons& recipes() { return *m_recipes; } // of targets that are files
    bool running() const { return m_runner.running(); }
    const JobRunner& runner() const { return m_runner; }
    /// Out of sight at once; a running export is stopped and says nothing any more. What it wrote
    /// is gone once this dialog is destroyed, which waits for that.
    void abandon();
    /// Empty until an export is done.
    const std::optional<ExportReport>& report() const { return m_report; }
    ExportResult& result() { return *m_result; }

public slots:
    void start();
    void reject() override;

signals:
    void started();
    void exported(bool written);

private:
    void buildForm(QVBoxLayout* column, const Session& session);
    void buildEncoders(QFormLayout* form, const Session& session);
    void buildFileOptions(QFormLayout* form, bool isFile);
    void buildButtons(QVBoxLayout* column);
    void updateSummary();
    QString problemOfName() const;
    void setFormEnabled(bool enabled);
    void splitChanged();
    void finish(Result<ExportReport> result);
    void showReport();
    void growToContents();
    void showInFolder();

    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const TargetProfile> m_profile;
    std::shared_ptr<const Planned> m_planned;
    std::shared_ptr<const Moments> m_moments; // null: not probed
    ProbeTier m_ownTier; // of the probe itself
    std::optional<std::filesystem::path> m_imatrix, m_cache;
    bool m_requantize; // the plan encodes again what lost something

    QComboBox* m_encoder;

    QLineEdit *m_folder, *m_name, *m_command = nullptr;
    QPushButton *m_browse, *m_export, *m_close, *m_showFolder;
    QLabel* m_summary;
    SplitChoice* m_split = nullptr; // of targets that are files, and so are:
    RecipeButtons* m_recipes = nullptr;
    ExportProgress* m_progress;
    ExportResult* m_result;
    ErrorBar* m_error;
    StalePartialsBar* m_left;
    std::optional<ExportReport> m_report;
    JobRunner m_runner; // last: ends before anything it reports to
};

} // namespace bitloupe::ui
