// SPDX-License-Identifier: GPL-3.0-or-later
// The MLX target's profile: decisions under final MLX names, with exact sizes.
#pragma once

#include "export/export_target.h"

namespace bitloupe {

Result<TargetProfile> mlxProfile(const Model& model, const ProfileOptions& options);

/// Identical names for every float tensor, whatever the model: for looking, not for writing.
TargetProfile mlxViewingProfile(const Model& model);

} // namespace bitloupe
