// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status_line.h"

#include "ui/core_words.h"
#include "ui/qt_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

namespace bitloupe::ui {
namespace {

QString phaseText(const QString& phase)
{
    if (phase.isEmpty())
        return StatusLine::tr("Working");
    const QString words = translated(phase.toStdString());
    return words.left(1).toUpper() + words.mid(1);
}

} // namespace

StatusLine::StatusLine(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    m_clock.start();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 0, 0, 0);
    row->setSpacing(8);
    m_phase = new QLabel(this);
    m_bar = new QProgressBar(this);
    m_bar->setFixedWidth(160);
    m_bar->setMaximumHeight(14);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_numbers = new QLabel(this);
    m_pause = new QPushButton(tr("Pause"), this);
    m_cancel = new QPushButton(tr("Cancel"), this);
    for (QWidget* one : {static_cast<QWidget*>(m_phase), static_cast<QWidget*>(m_bar),
             static_cast<QWidget*>(m_numbers), static_cast<QWidget*>(m_pause),
             static_cast<QWidget*>(m_cancel)})
        row->addWidget(one);
    row->addStretch(1);
    connect(m_pause, &QPushButton::clicked, this,
        [this] { m_session.setPaused(!m_session.paused()); });
    connect(m_cancel, &QPushButton::clicked, &m_session, &Session::cancel);
    connect(&m_session, &Session::stateChanged, this, &StatusLine::refresh);
    connect(&m_session, &Session::progressed, this, &StatusLine::showProgress);
    refresh();
}

void StatusLine::refresh()
{
    using State = Session::State;
    const State state = m_session.state();
    const bool busy = state == State::opening || state == State::analysing;
    m_bar->setVisible(busy);
    m_numbers->setVisible(busy);
    m_pause->setVisible(state == State::analysing);
    m_cancel->setVisible(busy);
    m_pause->setText(m_session.paused() ? tr("Resume") : tr("Pause"));
    if (m_session.paused())
        m_currentPhase.clear(); // the time of the pause is no part of the rate
    if (!busy) {
        m_currentPhase.clear();
        m_bar->setRange(0, 0);
        m_numbers->clear();
    }
    switch (state) {
    case State::empty: m_phase->setText(tr("Ready")); break;
    case State::opening: m_phase->setText(tr("Opening")); break;
    case State::analysing:
        m_phase->setText(m_session.paused() ? tr("Paused") : tr("Analysing"));
        break;
    case State::partial:
        m_phase->setText(tr("Analysis stopped; F5 starts it again. The plan is a preview."));
        break;
    case State::ready: {
        const QString size = sizeToQt(m_session.model()->totalBytes());
        m_phase->setText(m_session.fromCache()
                ? tr("Analysed before: %1, read from the cache.").arg(size)
                : tr("Analysed, %1 in %2 s. Read from the cache next time.")
                      .arg(size, QLocale().toString(m_session.analysisSeconds(), 'f', 1)));
        break;
    }
    }
}

void StatusLine::showProgress(const QString& phase, quint64 done, quint64 total)
{
    if (m_session.paused())
        return;
    const double now = double(m_clock.elapsed()) / 1000;
    if (phase != m_currentPhase) {
        m_currentPhase = phase;
        m_pace.restart(done, now);
    }
    if (total == 0) {
        m_phase->setText(phaseText(phase));
        m_bar->setRange(0, 0);
        m_numbers->clear();
        return;
    }
    const double share = double(done) / double(total);
    m_phase->setText(tr("%1 %2 %").arg(phaseText(phase)).arg(int(share * 100)));
    m_bar->setRange(0, 1000);
    m_bar->setValue(int(share * 1000));
    m_numbers->setText(m_pace.text(done, total, now));
}

} // namespace bitloupe::ui
