// SPDX-License-Identifier: GPL-3.0-or-later
// Words that writers and readers of documents share. Private to report.
#pragma once

#include "measure/analysis.h"
#include "model/strict_json.h"
#include "plan/plan.h"

#include <array>
#include <optional>
#include <string_view>

namespace bitloupe {

inline constexpr std::string_view analysisSchema = "bitloupe-analysis/1";
inline constexpr std::string_view selfTextSchema = "bitloupe-self-text/1";
inline constexpr std::string_view planSchema = "bitloupe-plan/1";
inline constexpr std::string_view projectSchema = "bitloupe-project/1";

inline constexpr std::array<std::string_view, 4> stateNames {
    "waiting", "measured", "not_analysed", "failed"}; // by TensorState
inline constexpr std::array<std::string_view, 7> reasonNames {
    "fixed", "pinned", "floored", "solved", "uniform", "fallback", "published"}; // by ReasonKind
inline constexpr std::array<std::string_view, 2> budgetNames {
    "file_bytes", "data_bytes"}; // by BudgetKind
inline constexpr std::array<std::string_view, 2> ruleNames {"pin", "floor"}; // by Rule::Kind

/// The enumerator whose name in the array this is.
template <typename Enum, std::size_t N>
std::optional<Enum> findNamed(const std::array<std::string_view, N>& names, std::string_view name)
{
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name)
            return static_cast<Enum>(i);
    return std::nullopt;
}

/// Documents of the largest models fit; nothing here comes from a stranger's checkpoint.
inline constexpr JsonLimits documentLimits {
    .maxBytes = std::size_t(1) << 30, .maxDepth = 16, .maxValues = 40'000'000};

} // namespace bitloupe
