// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rules/selection_actions.h"

#include "ui/decision_text.h"

#include <QAction>
#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace bitloupe::ui {
namespace {

const QVector<int>& pinnableBits()
{
    static const QVector<int> bits = {2, 3, 4, 5, 6, 8};
    return bits;
}

} // namespace

SelectionActions::SelectionActions(Session& session, QWidget* window)
    : QObject(window)
    , m_session(session)
{
    build(window);
    connect(&session, &Session::planChanged, this, &SelectionActions::update);
    connect(&session, &Session::modelChanged, this, [this] { setSelection({}, -1); });
    update();
}

QAction* SelectionActions::add(const QString& text, const QString& keys, const QString& tip)
{
    auto* action = new QAction(text, this);
    if (!keys.isEmpty())
        action->setShortcut(QKeySequence(keys));
    action->setToolTip(tip);
    return action;
}

void SelectionActions::build(QWidget* window)
{
    for (const int bits : pinnableBits()) {
        m_pins[bits] = add(tr("%1 bits").arg(bits), {}, tr("Key %1 on the cells").arg(bits));
        connect(m_pins[bits], &QAction::triggered, this, [this, bits] { pin(bits); });
        m_floors[bits] = add(tr("%1 bits").arg(bits), tr("Alt+%1").arg(bits), {});
        connect(m_floors[bits], &QAction::triggered, this, [this, bits] { hold(bits); });
    }
    m_keep = add(tr("&Exclude: keep 16 bits"), {}, tr("Stays as it is; key 1 on the cells"));
    m_like = add(tr("&Same as the current"), tr("Ctrl+D"),
        tr("The codec of the cell chosen last, for all that are selected"));
    m_free = add(tr("&Free"), {}, tr("Forgets what was asked by hand; key 0 on the cells"));
    connect(m_keep, &QAction::triggered, this, [this] { pin(16); });
    connect(m_like, &QAction::triggered, this, &SelectionActions::likeCurrent);
    connect(m_free, &QAction::triggered, this, &SelectionActions::free);
    window->addActions(m_floors.values());
    window->addAction(m_like);
}

void SelectionActions::addTo(QMenu& menu) const
{
    menu.setToolTipsVisible(true);
    QMenu* pins = menu.addMenu(tr("&Pin to"));
    QMenu* floors = menu.addMenu(tr("&At least"));
    for (const int bits : pinnableBits()) {
        pins->addAction(m_pins[bits]);
        floors->addAction(m_floors[bits]);
    }
    for (QAction* action : {m_keep, m_like, m_free})
        menu.addAction(action);
    pins->menuAction()->setEnabled(m_keep->isEnabled());
    floors->menuAction()->setEnabled(m_keep->isEnabled());
    QObject::connect(m_keep, &QAction::changed, pins, [pins, floors, keep = m_keep] {
        pins->menuAction()->setEnabled(keep->isEnabled());
        floors->menuAction()->setEnabled(keep->isEnabled());
    });
}

void SelectionActions::setSelection(const QVector<int>& decisions, int current)
{
    m_selected = decisions;
    m_current = current;
    update();
}

bool SelectionActions::isFree(int decision) const
{
    return m_session.profile()->decisions[static_cast<std::size_t>(decision)].options.size() > 1;
}

void SelectionActions::update()
{
    const bool any = m_session.profile()
        && std::any_of(m_selected.begin(), m_selected.end(), [this](int d) { return isFree(d); });
    for (QAction* action : qAsConst(m_pins))
        action->setEnabled(any);
    for (QAction* action : qAsConst(m_floors))
        action->setEnabled(any);
    m_keep->setEnabled(any);
    m_free->setEnabled(any);
    const bool like = any && m_selected.size() > 1 && m_current >= 0 && isFree(m_current);
    m_like->setEnabled(like);
    m_like->setText(like ? tr("&Same as %1").arg(shortTitle(
                               m_session.profile()->decisions[static_cast<std::size_t>(m_current)]))
                         : tr("&Same as the current"));
}

void SelectionActions::pin(int bits)
{
    if (m_selected.isEmpty())
        return;
    if (bits == 0)
        return free();
    QMap<int, CodecId> pins;
    for (const int decision : qAsConst(m_selected))
        if (isFree(decision))
            if (const auto id = m_session.codecForBits(decision, bits))
                pins.insert(decision, *id);
    if (pins.isEmpty())
        emit refused(
            tr("The selection cannot take %1 bits: its rows do not fit the groups.").arg(bits));
    else
        m_session.editor().pin(
            pins, pins.size() == 1 ? tr("pin to %1 bits").arg(bits)
                                  : tr("pin %1 tensors to %2 bits").arg(pins.size()).arg(bits));
}

// The largest groups: with the same bits, all other groups are as good.
std::optional<CodecId> SelectionActions::floorFor(int decision, int bits) const
{
    const Codec* found = nullptr;
    for (const CodecOption& option :
        m_session.profile()->decisions[static_cast<std::size_t>(decision)].options) {
        const Codec& one = codec(option.codec);
        if (one.bits == bits && (!found || one.groupSize > found->groupSize))
            found = &one;
    }
    return found ? std::optional(found->id) : std::nullopt;
}

void SelectionActions::hold(int bits)
{
    QMap<int, CodecId> floors;
    for (const int decision : qAsConst(m_selected))
        if (isFree(decision))
            if (const auto id = floorFor(decision, bits))
                floors.insert(decision, *id);
    if (floors.isEmpty())
        emit refused(tr("Nothing selected has a codec of %1 bits.").arg(bits));
    else
        m_session.editor().hold(floors, tr("hold at %1 bits or more").arg(bits));
}

void SelectionActions::likeCurrent()
{
    if (!m_like->isEnabled())
        return;
    const CodecId wanted = DecisionView(m_session, m_current).codec().id;
    QMap<int, CodecId> pins;
    for (const int decision : qAsConst(m_selected)) {
        const Decision& of = m_session.profile()->decisions[static_cast<std::size_t>(decision)];
        if (of.options.size() > 1 && optionIndex(of, wanted) < of.options.size())
            pins.insert(decision, wanted);
    }
    m_session.editor().pin(pins, tr("pin %1 tensors alike").arg(pins.size()));
}

void SelectionActions::free()
{
    m_session.editor().unpin(m_selected);
    const auto bound = [this](int decision) {
        const auto& planned = m_session.planned();
        if (!planned || !planned->plan)
            return false;
        const std::int32_t rule = planned->plan->choices[static_cast<std::size_t>(decision)].rule;
        return rule >= 0
            && !planned->plan->options.rules[static_cast<std::size_t>(rule)].decision.has_value();
    };
    if (std::any_of(m_selected.begin(), m_selected.end(), bound))
        emit refused(tr("Rules by pattern still apply to the selection; see the list of rules."));
}

} // namespace bitloupe::ui
