// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes and sums of a plan whose options are chosen. Private to plan.
#pragma once

#include "plan/file_layout.h"
#include "plan/plan.h"

#include <span>

namespace bitloupe {

/// Fills in everything that follows from the choices' options: sizes, bits per weight, damage of
/// each choice and in sum, whether evidence was a guess, target and model.
void fillSums(const TargetProfile& profile, const Evidence& evidence, Plan& plan);

/// The part of fillSums that follows from the layout. `codeBits`: of all codes together.
void fillSizes(const TargetProfile& profile, const std::string& modelDigest, double codeBits,
    const FileLayout& layout, Plan& plan);

/// As Plan::fileBytes or Plan::dataBytes.
std::uint64_t sizeOf(const Plan& plan, BudgetKind kind);

/// "the smallest plan needs 61,000,000 bytes, the budget is 60,000,000".
Error infeasible(std::string_view what, std::uint64_t needed, const Budget& budget);

} // namespace bitloupe
