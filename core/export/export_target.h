// SPDX-License-Identifier: GPL-3.0-or-later
// What an export target is: a row of a table.
#pragma once

#include "job/job.h"
#include "model/model.h"
#include "plan/plan.h"

#include <filesystem>
#include <span>
#include <string_view>

namespace bitloupe {

struct ProfileOptions {
    bool force = false; // export an architecture whose names the target does not know, unrenamed
};

struct ExportTarget {
    std::string_view id; // "mlx"
    std::string_view title; // "MLX"
    std::string_view clients; // "Apple silicon, mlx-lm"
    /// Errors: alreadyQuantized, unsupported (architecture named).
    Result<TargetProfile> (*profile)(const Model& model, const ProfileOptions& options);
    /// config.json of the output; `choice` indexes each decision's options.
    Result<std::string> (*config)(const Model& model, const TargetProfile& profile,
        std::span<const std::uint16_t> choice);
};
std::span<const ExportTarget> exportTargets();
const ExportTarget* findExportTarget(std::string_view id);

/// Like the target's profile, but for looking only: models that cannot be exported get one made
/// of identical names, so that a plan can still be studied.
TargetProfile profileForViewing(const ExportTarget& target, const Model& model);

} // namespace bitloupe
