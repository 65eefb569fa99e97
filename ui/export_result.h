// SPDX-License-Identifier: GPL-3.0-or-later
// What an export found when it read back what it had written, beside what was planned.
#pragma once

#include "export/export_model.h"
#include "ui/plan_worker.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace bitloupe::ui {

class ErrorScatterView;

class ExportResult : public QWidget {
    Q_OBJECT
public:
    explicit ExportResult(QWidget* parent = nullptr);
    /// Once: rows are added. `planned` must have a plan.
    void show(const ExportReport& report, const Planned& planned);
    ErrorScatterView& scatter() { return *m_scatter; }

private:
    void addRow(const QString& title, const QString& planned, const QString& found);
    void addSizes(const ExportReport& report, const Plan& plan);
    void addErrors(const ExportReport& report);
    void addPoints(const ExportReport& report);

    QGridLayout* m_table;
    ErrorScatterView* m_scatter;
    QLabel* m_onTheLine;
    QLineEdit* m_digest;
};

/// "Verified: 211 of 211 quantized tensors read back and compared".
QString verificationSentence(const ExportReport& report);

} // namespace bitloupe::ui
