// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_recipes.h"

#include "plan/file_layout.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

using enum DType;

constexpr auto recipeTable = std::to_array<GgufRecipe>({
    {"F32", 0, F32},
    {"BF16", 32, BF16},
    {"F16", 1, F16},
    {"Q8_0", 7, Q8_0},
    {"Q6_K", 18, Q6_K},
    {"Q5_K_M", 17, Q5_K},
    {"Q5_1", 9, Q5_1},
    {"Q5_K_S", 16, Q5_K},
    {"Q5_0", 8, Q5_0},
    {"Q4_1", 3, Q4_1},
    {"Q4_K_M", 15, Q4_K},
    {"Q4_K_S", 14, Q4_K},
    {"IQ4_NL", 25, IQ4_NL},
    {"Q4_0", 2, Q4_0},
    {"IQ4_XS", 30, IQ4_XS},
    {"Q3_K_L", 13, Q3_K},
    {"Q3_K_M", 12, Q3_K},
    {"Q3_K_S", 11, Q3_K},
    {"Q2_K", 10, Q2_K},
});

bool isFloat(DType type) { return type == F32 || type == BF16 || type == F16; }

bool isPart(const Decision& decision, std::string_view part)
{
    const std::string_view name = decision.tensorName;
    const std::size_t at = name.find("." + std::string(part));
    if (at == std::string_view::npos)
        return false;
    const std::string_view rest = name.substr(at + 1 + part.size());
    return rest == ".weight" || rest == "_exps.weight" || rest == "_shexp.weight";
}

const Decision* firstPart(const TargetProfile& profile, std::string_view part)
{
    for (const Decision& decision : profile.decisions)
        if (isPart(decision, part))
            return &decision;
    return nullptr;
}

bool isIq4(std::string_view name) { return name == "IQ4_NL" || name == "IQ4_XS"; }

// Which recipes spare attention's output in a model with 8 experts; k and v are spared in all.
bool sparesOutput(const GgufRecipe& recipe)
{
    return recipe.base == Q4_K || recipe.name == "Q3_K_S" || recipe.name == "Q3_K_M"
        || recipe.name == "Q2_K" || isIq4(recipe.name);
}

} // namespace

std::span<const GgufRecipe> ggufRecipes() { return recipeTable; }

RecipeRules::RecipeRules(const TargetProfile& profile)
{
    for (const Decision& decision : profile.decisions) {
        m_layers = std::max(m_layers, decision.layer + 1);
        m_tied = m_tied && decision.tensorName != "output.weight";
    }
    const Decision* query = firstPart(profile, "attn_q");
    const Decision* key = firstPart(profile, "attn_k");
    if (query != nullptr && key != nullptr && key->rows > 0)
        m_queriesPerKey = query->rows / key->rows;
    if (const Decision* down = firstPart(profile, "ffn_down"))
        m_experts = down->slabs > 1 ? down->slabs : 0;
}

bool RecipeRules::more(int layer) const
{
    const int eighth = m_layers / 8;
    return layer < eighth || layer >= 7 * m_layers / 8 || (layer - eighth) % 3 == 2;
}

DType RecipeRules::attentionV(const GgufRecipe& recipe, int layer) const
{
    const std::string_view name = recipe.name;
    DType type = recipe.base;
    if (name == "Q5_K_M" || name == "Q4_K_M")
        type = more(layer) ? Q6_K : recipe.base;
    else if (name == "Q4_K_S")
        type = layer < 4 ? Q5_K : recipe.base;
    else if (isIq4(name))
        type = m_queriesPerKey >= 4 ? Q5_K : recipe.base;
    else if (name == "Q3_K_L")
        type = Q5_K;
    else if (name == "Q3_K_M")
        type = layer < 2 ? Q5_K : Q4_K;
    else if (name == "Q2_K")
        type = m_queriesPerKey >= 4 ? Q4_K : Q3_K;
    if (m_layers == 80 && (type == Q3_K || type == Q4_K))
        return Q5_K;
    return type;
}

DType RecipeRules::feedForwardDown(const GgufRecipe& recipe, int layer) const
{
    const std::string_view name = recipe.name;
    if (name == "Q5_K_M" || name == "Q4_K_M")
        return more(layer) ? Q6_K : recipe.base;
    if (name == "Q4_K_S" || isIq4(name))
        return layer < m_layers / 8 ? Q5_K : recipe.base;
    if (name == "Q3_K_L")
        return Q5_K;
    if (name == "Q3_K_M")
        return layer < m_layers / 16 ? Q5_K : Q4_K;
    return name == "Q2_K" ? Q3_K : recipe.base;
}

DType RecipeRules::typeOf(const GgufRecipe& recipe, const Decision& decision) const
{
    if (isFloat(recipe.base) || recipe.base == Q8_0)
        return recipe.base;
    const bool head = decision.tensorName == "output.weight"
        || (m_tied && decision.tensorName == "token_embd.weight");
    if (head)
        return Q6_K;
    const bool eight = m_experts == 8;
    if (isPart(decision, "attn_v"))
        return eight ? Q8_0 : attentionV(recipe, decision.layer);
    if (isPart(decision, "attn_k"))
        return eight ? Q8_0 : recipe.base;
    if (isPart(decision, "ffn_down"))
        return feedForwardDown(recipe, decision.layer);
    if (isPart(decision, "attn_output")) {
        if (eight)
            return sparesOutput(recipe) ? Q5_K : recipe.base;
        if (recipe.name == "Q3_K_L")
            return Q5_K;
        return recipe.name == "Q3_K_M" ? Q4_K : recipe.name == "Q2_K" ? Q3_K : recipe.base;
    }
    if (isPart(decision, "attn_qkv")) {
        if (recipe.name == "Q5_K_M")
            return Q6_K;
        if (recipe.name == "Q4_K_M")
            return Q5_K;
        return recipe.name == "Q3_K_L" || recipe.name == "Q3_K_M" ? Q4_K : recipe.base;
    }
    return recipe.base;
}

namespace {

// Whether rows let the recipe's main type into most of the weights that it is meant for.
bool namesItsFiles(const TargetProfile& profile, const GgufRecipe& recipe)
{
    const RecipeRules rules(profile);
    std::uint64_t meant = 0, fits = 0;
    for (const Decision& decision : profile.decisions)
        if (decision.fixedReason.empty() && rules.typeOf(recipe, decision) == recipe.base) {
            meant += decision.elements;
            if (typeForRows(recipe.base, decision.columns) == recipe.base)
                fits += decision.elements;
        }
    return fits > 0 && fits >= meant - fits;
}

struct Likeness {
    const GgufRecipe* recipe = nullptr;
    std::uint64_t distance = 0; // between the sizes of the files
    std::uint64_t alike = 0; // weights of the same type
};

Likeness likenessOf(const TargetProfile& profile, const GgufRecipe& recipe,
    std::span<const std::uint16_t> choice, std::uint64_t fileBytes)
{
    const auto made = recipeChoice(profile, recipe);
    const std::uint64_t bytes = layoutFiles(profile, made).fileBytes;
    Likeness likeness {&recipe, bytes > fileBytes ? bytes - fileBytes : fileBytes - bytes, 0};
    for (std::size_t d = 0; d < made.size(); ++d)
        likeness.alike += made[d] == choice[d] ? profile.decisions[d].elements : 0;
    return likeness;
}

} // namespace

DType typeForRows(DType type, std::uint64_t columns)
{
    const auto block = static_cast<std::uint64_t>(dtypeInfo(type).blockElements);
    if (columns % block == 0)
        return type;
    if (columns % 32 != 0)
        return F16;
    switch (type) {
    case Q2_K:
    case Q3_K: return Q4_0;
    case Q4_K: return Q5_0;
    case Q5_K: return Q5_1;
    case Q6_K: return Q8_0;
    default: return IQ4_NL;
    }
}

std::vector<std::uint16_t> recipeChoice(const TargetProfile& profile, const GgufRecipe& recipe)
{
    const RecipeRules rules(profile);
    std::vector<std::uint16_t> choice;
    for (const Decision& decision : profile.decisions) {
        const DType type = typeForRows(rules.typeOf(recipe, decision), decision.columns);
        std::size_t option = decision.options.size() - 1;
        for (std::size_t o = 0; o < decision.options.size(); ++o)
            if (codec(decision.options[o].codec).storedType == type)
                option = o;
        choice.push_back(static_cast<std::uint16_t>(option));
    }
    return choice;
}

const GgufRecipe& nearestRecipe(
    const TargetProfile& profile, std::span<const std::uint16_t> choice)
{
    const std::uint64_t fileBytes = layoutFiles(profile, choice).fileBytes;
    std::vector<Likeness> candidates;
    std::uint64_t nearest = UINT64_MAX;
    for (const GgufRecipe& recipe : ggufRecipes()) {
        if (isFloat(recipe.base) ? recipe.base != profile.floatType : !namesItsFiles(profile, recipe))
            continue;
        candidates.push_back(likenessOf(profile, recipe, choice, fileBytes));
        nearest = std::min(nearest, candidates.back().distance);
    }
    const Likeness* best = nullptr;
    for (const Likeness& candidate : candidates)
        if (candidate.distance - nearest <= fileBytes / 100
            && (best == nullptr || candidate.alike > best->alike
                || (candidate.alike == best->alike && candidate.distance < best->distance)))
            best = &candidate;
    return best != nullptr ? *best->recipe : recipeTable.front();
}

} // namespace bitloupe
