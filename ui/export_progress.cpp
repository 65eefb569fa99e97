// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export_progress.h"

#include "ui/muted_label.h"

#include <QProgressBar>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace bitloupe::ui {
namespace {

constexpr const char* phaseIds[] = {"checking", "encoding", "syncing", "verifying"};

} // namespace

ExportProgress::ExportProgress(QWidget* parent)
    : QWidget(parent)
    , m_mark(new QLabel(this))
    , m_headline(new QLabel(this))
    , m_bar(new QProgressBar(this))
{
    auto* part = new QVBoxLayout(this);
    part->setContentsMargins(0, 0, 0, 0);
    QFont font = m_headline->font();
    font.setWeight(QFont::DemiBold);
    m_headline->setFont(font);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(12);
    m_bar->setAccessibleName(tr("Progress of the export"));
    m_mark->setPixmap(style()->standardIcon(QStyle::SP_DialogApplyButton).pixmap(16, 16));
    m_mark->hide();
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_mark);
    head->addWidget(m_headline, 1);
    part->addLayout(head);
    part->addWidget(m_bar);
    auto* phases = new QHBoxLayout;
    for (const QString& title : {tr("Check"), tr("Encode and write"), tr("Sync"), tr("Read back")}) {
        m_phases.append(mutedLabel(title, this));
        phases->addWidget(m_phases.last(), 1);
    }
    part->addLayout(phases);
}

void ExportProgress::begin()
{
    m_clock.start();
    m_currentPhase.clear();
    m_headline->setText(tr("Writing"));
    m_bar->setRange(0, 0);
    show();
}

void ExportProgress::showPhase(const QString& phase, quint64 bytesDone, quint64 total)
{
    const double now = double(m_clock.elapsed()) / 1000;
    if (std::exchange(m_currentPhase, phase) != phase)
        m_pace.restart(bytesDone, now);
    const auto* found = std::find(std::begin(phaseIds), std::end(phaseIds), phase);
    const auto current = found - std::begin(phaseIds);
    for (qsizetype i = 0; i < m_phases.size(); ++i)
        m_phases[i]->setForegroundRole(
            i == current ? QPalette::WindowText : QPalette::PlaceholderText);
    m_bar->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_bar->setValue(static_cast<int>(1000 * (double(bytesDone) / double(total))));
    const QString doing = phase == QLatin1String("writing self-text")
        ? tr("The model writes text of its own")
        : QString();
    const QString part = total > 0 && doing.isEmpty()
        ? m_pace.text(bytesDone, total, now)
        : doing;
    m_headline->setText(part.isEmpty() ? tr("Working") : part);
}

void ExportProgress::end(const QString& headline, bool marked)
{
    m_bar->setRange(0, 1000);
    m_bar->setValue(1000);
    m_mark->setVisible(marked);
    for (QLabel* phase : qAsConst(m_phases)) {
        phase->setForegroundRole(QPalette::PlaceholderText);
        phase->setText(tr("%1: done").arg(phase->text()));
    }
    m_headline->setText(headline);
}

} // namespace bitloupe::ui
