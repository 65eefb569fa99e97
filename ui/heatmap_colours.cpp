// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_colours.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

HeatmapColours::Entry entryOf(const ColourChoice& choice)
{
    return {choice, {std::nan(""), std::nan(""), choice.logScale}, {}, nullptr};
}

} // namespace

HeatmapColours::HeatmapColours()
{
    const QVector<ColourChoice> choices = colourChoices();
    for (const ColourChoice& choice : choices)
        m_entries.append(entryOf(choice));
}

void HeatmapColours::offer(const std::vector<PlanBeside>& plans)
{
    const Entry shown = current();
    m_entries.erase(std::remove_if(m_entries.begin(), m_entries.end(),
                        [](const Entry& one) {
                            return one.choice.kind == ColourChoice::bitsOverPlan;
                        }),
        m_entries.end());
    int at = find(ColourChoice::bitsOverUniform);
    m_current = at;
    for (const PlanBeside& plan : plans) {
        Entry entry = entryOf({ColourChoice::bitsOverPlan, 0,
            QCoreApplication::translate("bitloupe::ui", "Bits beside %1").arg(plan.title), false});
        entry.plan = plan;
        if (shown.choice.title == entry.choice.title)
            entry.range = shown.range;
        m_entries.insert(++at, entry);
    }
    for (int i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].choice.kind == shown.choice.kind
            && m_entries[i].choice.title == shown.choice.title)
            m_current = i;
}

int HeatmapColours::find(ColourChoice::Kind kind) const
{
    for (int i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].choice.kind == kind)
            return i;
    return -1;
}

} // namespace bitloupe::ui
