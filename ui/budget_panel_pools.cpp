// SPDX-License-Identifier: GPL-3.0-or-later
// Budgets that follow a memory: of a device, and of the RAM that experts may stay in.
#include "ui/budget_panel.h"

#include "ui/device_panel.h"

#include <algorithm>

namespace bitloupe::ui {
namespace {

// As for the slider: beyond 8 bits the error is that of the floats.
std::uint64_t mostForExperts(const TargetProfile& profile)
{
    constexpr int mostBits = 8;
    std::uint64_t bytes = 0;
    for (const Decision& decision : profile.decisions) {
        if (!isExpert(decision.role))
            continue;
        std::size_t most = 0;
        for (std::size_t o = 0; o < decision.options.size(); ++o)
            if (decision.options.size() == 1 || codec(decision.options[o].codec).bits <= mostBits)
                most = o;
        bytes += decision.options[most].dataBytes + decision.options[most].headerBytes;
    }
    return bytes;
}

} // namespace

std::uint64_t BudgetPanel::bytesInRam() const
{
    const Planned* planned = m_session.planned().get();
    return planned && m_session.editor().budget().expertBytes ? planned->pools.experts : 0;
}

void BudgetPanel::fitDevice()
{
    fit(m_session.editor().budget().expertBytes.has_value());
}

void BudgetPanel::fit(bool expertsInRam)
{
    auto budget = m_device->largestBudget(expertsInRam);
    if (!budget)
        return;
    budget->bytes = std::min(budget->bytes, std::max(largest() - bytesInRam(), std::uint64_t {1}));
    if (budget->expertBytes)
        budget->expertBytes = std::min(*budget->expertBytes, mostForExperts(*m_session.profile()));
    m_session.editor().setBudget(*budget, false);
}

// Where the device says nothing, both memories start with what they hold now.
void BudgetPanel::splitBudget(bool on)
{
    const Planned* planned = m_session.planned().get();
    if (!planned || !planned->plan) {
        m_device->refresh();
        return;
    }
    if (on && m_device->largestBudget(true)) {
        fit(true);
        return;
    }
    Budget budget {BudgetKind::fileBytes, planned->plan->fileBytes, {}};
    if (on)
        budget = {BudgetKind::fileBytes, planned->pools.rest, planned->pools.experts};
    m_session.editor().setBudget(budget, false);
}

void BudgetPanel::setExpertBytes(quint64 bytes)
{
    Budget budget = m_session.editor().budget();
    if (!budget.expertBytes)
        return;
    budget.expertBytes = bytes;
    m_session.editor().setBudget(budget, false);
}

} // namespace bitloupe::ui
