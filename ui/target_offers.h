// SPDX-License-Identifier: GPL-3.0-or-later
// What each export target can make of a model, and why not: found by the worker, shown in the list
// of targets.
#pragma once

#include "export/export_target.h"
#include "job/job.h"
#include "plan/plan.h"

#include <memory>
#include <optional>
#include <vector>

namespace bitloupe::ui {

struct TargetOffer {
    const ExportTarget* target = nullptr;
    std::shared_ptr<const TargetProfile> profile; // null: `problem` says why, or not looked yet
    std::optional<Error> problem;
    /// The profile encodes again what lost something already: it is there to be looked at, and
    /// `problem` stands until a person allows it.
    bool requantizes = false;

    bool pending() const { return !profile && !problem; }
};

/// One for each target, in the order of exportTargets().
std::vector<TargetOffer> pendingOffers();

/// What the target makes of the model. Cost: reads the tokenizer where the target writes one.
TargetOffer offerOf(const ExportTarget& target, const Model& model);

/// Looks at targets, `wanted` first, until one can do something with the model; its number, or -1.
int findOffer(std::vector<TargetOffer>& offers, const ExportTarget& wanted, const Model& model);

/// What planning starts with: 4.5 bits per weight, or a bit above the least where the target cannot
/// go as low.
Budget startingBudget(const TargetProfile& profile);

/// True when the smallest options are within the budget.
bool isWithinReach(const TargetProfile& profile, const Budget& budget);

} // namespace bitloupe::ui
