// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file that somebody mixed, read as a plan: the types of its tensors, not its numbers.
#pragma once

#include "model/model.h"
#include "plan/plan.h"

#include <string>
#include <vector>

namespace bitloupe {

struct BorrowedTypes {
    std::vector<Rule> pins; // one for each decision that has a choice
    std::vector<std::string> notes; // what could not be taken over, one sentence each
};

/// Pins that give each decision of a GGUF profile the type that the tensor of its name has in
/// `mixed`. Types that are not written, or not beside this source, give way to the smallest that is
/// no smaller; a note says so. A file without a head of its own has the embedding's type for it.
/// Errors: badPlan when `mixed` is no GGUF model, or has no tensor for a decision.
Result<BorrowedTypes> borrowTypes(const TargetProfile& profile, const Model& mixed);

} // namespace bitloupe
