// SPDX-License-Identifier: GPL-3.0-or-later
// Two ways to store one model side by side, decision by decision: plans, the model itself, and
// models of other people. Names, sizes and what was predicted; no weights are read.
#pragma once

#include "plan/plan.h"
#include "report/plan_table.h"

#include <limits>
#include <span>
#include <string>
#include <vector>

namespace bitloupe {

/// What one side has of one decision.
struct ComparedCell {
    std::string codec; // "affine-4-g64", "q4_k", "bf16"; empty: that side has no such tensor
    int bits = 0; // of a code; of the float for floats
    std::uint64_t bytes = 0;
    double damage = unknownValue; // predicted; unknown for what no option of the decision is
    bool otherShape = false; // there is one of that name, which is not the same matrix
    bool present() const { return !codec.empty(); }
};

/// Cells as TargetProfile::decisions, and their sums.
struct ComparedSide {
    std::vector<ComparedCell> cells;
    std::uint64_t dataBytes = 0; // of the decisions
    double bitsPerWeight = unknownValue; // over the decisions that are present
    double damage = unknownValue; // unknown as soon as that of one decision with a choice is
    std::size_t absent = 0; // decisions that it has no tensor for
};

/// A plan of the profile; `choice` has the option of every decision.
ComparedSide planSide(const TargetProfile& profile, const Evidence& evidence,
    std::span<const std::uint16_t> choice);

/// Another model's tensors under the names that the decisions have: in the output, in the source, or
/// in the output of `others`, profiles of the same source for other targets. Bits of packed MLX
/// weights follow from the shapes. A file without a head of its own has the embedding's. A tensor of
/// the same name and another shape is not present.
/// Errors: badPlan when it has no tensor of any decision with a choice.
Result<ComparedSide> modelSide(const TargetProfile& profile, const Evidence* evidence,
    const Model& model, std::span<const TargetProfile* const> others = {});

/// Fills in what the evidence predicts for the cells of a side, and the sum.
void predictSide(const TargetProfile& profile, const Evidence& evidence, ComparedSide& side);

/// Difference of bits, a - b; empty when a side has no such tensor.
std::optional<int> bitsDifference(const ComparedCell& a, const ComparedCell& b);

/// Header and one line for each of `decisions`, in their order; differences are a - b. `changes` has
/// the relative difference of the weights by decision, or is empty.
std::string comparisonTable(const TargetProfile& profile, const ComparedSide& a,
    const ComparedSide& b, std::span<const double> changes,
    std::span<const std::uint32_t> decisions, TableFormat format);

} // namespace bitloupe
