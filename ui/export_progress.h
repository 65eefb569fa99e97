// SPDX-License-Identifier: GPL-3.0-or-later
// How far an export is: a headline, a bar and the phases it goes through.
#pragma once

#include "ui/progress_pace.h"

#include <QElapsedTimer>
#include <QVector>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace bitloupe::ui {

class ExportProgress : public QWidget {
    Q_OBJECT
public:
    explicit ExportProgress(QWidget* parent = nullptr);

    void begin();
    void showPhase(const QString& phase, quint64 bytesDone, quint64 total);
    /// Everything is done; `marked`: and as planned.
    void end(const QString& headline, bool marked);

private:
    QLabel *m_mark, *m_headline;
    QProgressBar* m_bar;
    QVector<QLabel*> m_phases;
    QElapsedTimer m_clock;
    ProgressPace m_pace; // of the phase
    QString m_currentPhase;
};

} // namespace bitloupe::ui
