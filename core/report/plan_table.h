// SPDX-License-Identifier: GPL-3.0-or-later
// A plan as a table for spreadsheets: one line a decision, numbers as C writes them.
#pragma once

#include "model/model.h"
#include "plan/plan.h"

#include <span>
#include <string>

namespace bitloupe {

enum class TableFormat : std::uint8_t {
    csv, // RFC 4180, lines end in CR LF
    tsv, // tabs; those in names, and line ends, as \t and \n
};

/// Header and one line for each of `decisions`, in their order. What is unknown is empty. Text that
/// a spreadsheet would take for a formula gets an apostrophe in front.
std::string planTable(const Model& model, const TargetProfile& profile, const Evidence& evidence,
    const Plan& plan, std::span<const std::uint32_t> decisions, TableFormat format);

} // namespace bitloupe
