// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF plan as the words of other quantizers: their encoders, our choice of types.
#pragma once

#include "plan/plan.h"
#include "plan/target_profile.h"

#include <string>

namespace bitloupe {

/// For llama-quantize --tensor-type-file: lines "^NAME$=TYPE", names as regular expressions.
std::string llamaTensorTypes(const TargetProfile& profile, const Plan& plan);

/// For --custom-q of ik_llama.cpp: the same pairs on one line, between commas.
std::string customQuantRules(const TargetProfile& profile, const Plan& plan);

} // namespace bitloupe
