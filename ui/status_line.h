// SPDX-License-Identifier: GPL-3.0-or-later
// What goes into the status bar: phase, progress in bytes with rate and time left, Pause, Cancel.
#pragma once

#include "ui/progress_pace.h"
#include "ui/session.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace bitloupe::ui {

class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(Session& session, QWidget* parent = nullptr);
    void refresh(); // the session's state changed
    void showProgress(const QString& phase, quint64 done, quint64 total);

private:
    Session& m_session;
    QLabel *m_phase, *m_numbers;
    QProgressBar* m_bar;
    QPushButton *m_pause, *m_cancel;
    QString m_currentPhase;
    QElapsedTimer m_clock;
    ProgressPace m_pace; // of the phase
};

} // namespace bitloupe::ui
