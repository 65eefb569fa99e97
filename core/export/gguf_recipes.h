// SPDX-License-Identifier: GPL-3.0-or-later
// The mixes that llama-quantize makes under a name, as choices of a profile: points to compare
// with, and the names that file browsers know.
#pragma once

#include "plan/target_profile.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace bitloupe {

struct GgufRecipe {
    std::string_view name; // "Q4_K_M"
    std::uint32_t fileType; // general.file_type
    DType base; // most tensors'
};

/// By falling size.
std::span<const GgufRecipe> ggufRecipes();

/// The type llama-quantize gives a tensor, without an importance matrix and before it looks at the
/// length of rows. Source: its rules for the llama family.
class RecipeRules {
public:
    explicit RecipeRules(const TargetProfile& profile);
    DType typeOf(const GgufRecipe& recipe, const Decision& decision) const;

private:
    DType attentionV(const GgufRecipe& recipe, int layer) const;
    DType feedForwardDown(const GgufRecipe& recipe, int layer) const;
    bool more(int layer) const;

    int m_layers = 0;
    std::uint64_t m_queriesPerKey = 1, m_experts = 0;
    bool m_tied = true;
};

/// What takes a type's place where rows are no multiple of its block.
DType typeForRows(DType type, std::uint64_t columns);

/// Option of every decision under a recipe. Fixed decisions and types that are no option keep the
/// floats.
std::vector<std::uint16_t> recipeChoice(const TargetProfile& profile, const GgufRecipe& recipe);

/// The recipe whose files of this model are nearest in size to those of a choice; of those
/// within 1 % of the file of the nearest, the one that has most weights of the same types. A recipe
/// whose main type fits less than half of the weights it is meant for lends no name: its files have
/// another.
/// Cost: a layout for each recipe.
const GgufRecipe& nearestRecipe(
    const TargetProfile& profile, std::span<const std::uint16_t> choice);

} // namespace bitloupe
