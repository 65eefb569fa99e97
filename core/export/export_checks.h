// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold before anything is written.
#pragma once

#include "export/export_model.h"

namespace bitloupe {

/// Errors: alreadyQuantized, badPlan (the plan is another model's or another profile's),
/// targetExists (it exists, or lies inside the source).
Result<void> checkExport(const Model& model, const TargetProfile& profile, const Plan& plan,
    const std::filesystem::path& destination);

/// Whether what is written instead of the plan, for some tensors are kept as they are, is within the
/// plan's budget. Errors: infeasibleBudget.
Result<void> checkBudget(const Plan& plan, std::uint64_t fileBytes, std::uint64_t dataBytes);

} // namespace bitloupe
