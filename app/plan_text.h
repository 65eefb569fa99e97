// SPDX-License-Identifier: GPL-3.0-or-later
// A plan in words and tables, with the other strategies at the same size beside it.
#pragma once

#include "app/plan_input.h"

#include <string>

namespace bitloupe {

/// Cost: solves once for each other strategy.
std::string planText(const PlannedModel& planned);

/// "75,698,123 bytes (75.7 MB)".
std::string bytesText(std::uint64_t bytes);

/// A predicted damage or an error; "unknown" when it is not a number.
std::string valueText(double value);

} // namespace bitloupe
