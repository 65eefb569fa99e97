// SPDX-License-Identifier: GPL-3.0-or-later
// Which decisions a person's rule speaks of, for those who show rules before they are solved.
#pragma once

#include "plan/plan.h"

namespace bitloupe {

/// Decisions that a rule names or whose names its pattern finds, rising; whether they can follow
/// it is another question. Errors: badArgument (pattern, decision out of range).
/// Cost: one linear-time search of every name; names over 4 KiB never match.
Result<std::vector<std::uint32_t>> matchesOf(const TargetProfile& profile, const Rule& rule);

} // namespace bitloupe
