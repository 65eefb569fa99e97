// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stale_partials_bar.h"

#include "base/output_directory.h"
#include "ui/qt_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace bitloupe::ui {

StalePartialsBar::StalePartialsBar(QWidget* parent)
    : QFrame(parent)
    , m_sentence(new QLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    m_sentence->setWordWrap(true);
    auto* remove = new QPushButton(tr("&Delete"), this);
    remove->setAccessibleName(tr("Delete what an unfinished export left"));
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_sentence, 1);
    row->addWidget(remove);
    connect(remove, &QPushButton::clicked, this, &StalePartialsBar::removeAll);
    hide();
}

void StalePartialsBar::lookBeside(const std::filesystem::path& target)
{
    m_target = target;
    m_found = stalePartials(target);
    setVisible(!m_found.empty());
    if (m_found.empty())
        return;
    const QString name = nameToQt(m_found.front().filename().string());
    m_sentence->setText(m_found.size() == 1
            ? tr("An export that did not end left %1 here.").arg(name)
            : tr("Exports that did not end left %1 and %n more here.", nullptr,
                static_cast<int>(m_found.size()) - 1)
                  .arg(name));
}

void StalePartialsBar::removeAll()
{
    for (const std::filesystem::path& partial : m_found)
        if (const auto done = removeStalePartial(partial); !done) {
            m_sentence->setText(toQt(done.error().message()));
            return;
        }
    lookBeside(m_target);
}

} // namespace bitloupe::ui
