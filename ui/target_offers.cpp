// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/target_offers.h"

#include "plan/file_layout.h"
#include "plan/pools.h"

#include <algorithm>

namespace bitloupe::ui {
namespace {

constexpr double startingBitsPerWeight = 4.5;

FileLayout smallestFiles(const TargetProfile& profile)
{
    return layoutFiles(profile, std::vector<std::uint16_t>(profile.decisions.size(), 0));
}

} // namespace

std::vector<TargetOffer> pendingOffers()
{
    std::vector<TargetOffer> offers;
    for (const ExportTarget& target : exportTargets())
        offers.push_back({&target, nullptr, std::nullopt, false});
    return offers;
}

TargetOffer offerOf(const ExportTarget& target, const Model& model)
{
    TargetOffer offer;
    offer.target = &target;
    auto profile = target.profile(model, {});
    if (!profile) {
        offer.problem = profile.error();
        if (profile.error().code != Errc::alreadyQuantized)
            return offer;
        ProfileOptions again;
        again.requantize = true;
        profile = target.profile(model, again);
        offer.requantizes = profile.has_value();
    }
    if (profile)
        offer.profile = std::make_shared<const TargetProfile>(std::move(*profile));
    return offer;
}

int findOffer(std::vector<TargetOffer>& offers, const ExportTarget& wanted, const Model& model)
{
    const auto first = std::find_if(offers.begin(), offers.end(),
        [&](const TargetOffer& offer) { return offer.target == &wanted; });
    const auto count = static_cast<std::ptrdiff_t>(offers.size());
    for (std::ptrdiff_t step = 0; step < count; ++step) {
        const std::ptrdiff_t at = (first - offers.begin() + step) % count;
        TargetOffer& offer = offers[static_cast<std::size_t>(at)];
        if (offer.pending())
            offer = offerOf(*offer.target, model);
        if (offer.profile)
            return static_cast<int>(at);
    }
    return -1;
}

Budget startingBudget(const TargetProfile& profile)
{
    Budget budget {BudgetKind::dataBytes, 0};
    if (const auto usual = budgetFromBpw(startingBitsPerWeight, profile.parameters))
        budget = *usual;
    const std::uint64_t least = smallestFiles(profile).dataBytes;
    return {BudgetKind::dataBytes, std::max(budget.bytes, least + least / 8)};
}

bool isWithinReach(const TargetProfile& profile, const Budget& budget)
{
    const FileLayout least = smallestFiles(profile);
    if (budget.expertBytes && !hasExperts(profile))
        return false;
    return budget.bytes + budget.expertBytes.value_or(0)
        >= (budget.kind == BudgetKind::fileBytes ? least.fileBytes : least.dataBytes);
}

} // namespace bitloupe::ui
