// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pins_box.h"

#include "ui/qt_text.h"
#include "ui/session.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace bitloupe::ui {
namespace {

struct Held {
    std::uint64_t byRules = 0; // pinned, and not by hand as well
    std::uint64_t atLeast = 0; // a rule or a hand holds them up
};

// By the plan, as long as it knows of the last change; else nothing.
Held heldIn(const Session& session)
{
    Held held;
    const Planned* planned = session.planned().get();
    if (!planned || !planned->plan || planned->revision != session.editor().revision())
        return held;
    const auto& choices = planned->plan->choices;
    for (std::size_t d = 0; d < choices.size(); ++d) {
        if (choices[d].reason == ReasonKind::pinned
            && !session.editor().pins().contains(static_cast<int>(d)))
            ++held.byRules;
        if (choices[d].reason == ReasonKind::floored && choices[d].rule >= 0)
            ++held.atLeast;
    }
    return held;
}

} // namespace

PinsBox::PinsBox(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_count(new QLabel(this))
    , m_clear(new QPushButton(tr("Clear pins"), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_count);
    column->addWidget(m_clear);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_session.editor().clearPins(); });
}

void PinsBox::refresh()
{
    const auto byHand = static_cast<std::uint64_t>(m_session.editor().pins().size());
    const Held held = heldIn(m_session);
    m_count->setText(tr("Pins: %1").arg(countToQt(byHand + held.byRules)));
    QStringList parts;
    if (byHand + held.byRules > 0)
        parts = {tr("By hand: %1").arg(countToQt(byHand)),
            tr("By rules with a pattern: %1").arg(countToQt(held.byRules))};
    if (held.atLeast > 0)
        parts.append(tr("Held to at least some bits: %1").arg(countToQt(held.atLeast)));
    m_count->setToolTip(parts.join(QLatin1Char('\n')));
    m_clear->setEnabled(byHand > 0);
    m_clear->setToolTip(byHand > 0 ? QString()
            : held.byRules > 0     ? tr("What rules pin is freed in the list of rules")
                                   : tr("Nothing is pinned by hand"));
}

} // namespace bitloupe::ui
