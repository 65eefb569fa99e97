// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/recipe_text.h"

#include <algorithm>
#include <vector>

namespace bitloupe {
namespace {

// Their readers end a pattern at the first '=', a pair at a blank or comma, and make capitals of
// patterns small, not those of names: such characters are left open.
bool isLostOnTheWay(char c)
{
    return (c >= 'A' && c <= 'Z') || c == '=' || c == ',' || static_cast<unsigned char>(c) <= ' ';
}

std::string escapedName(std::string_view name)
{
    constexpr std::string_view special = "\\^$.|?*+()[]{}";
    std::string text;
    for (const char c : name) {
        if (special.find(c) != std::string_view::npos)
            text += '\\';
        text += isLostOnTheWay(c) ? '.' : c;
    }
    return text;
}

// As ggml spells it, "iq4_xs" but "q4_K": ik_llama.cpp knows no other spelling.
std::string typeWord(const Codec& codec)
{
    std::string word(dtypeInfo(codec.storedType).name);
    const auto end = word.ends_with("_K") ? word.end() - 1 : word.end();
    std::transform(word.begin(), end, word.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return word;
}

// Of the decisions that have a choice; the others are the quantizer's own business.
std::vector<std::string> typeRules(const TargetProfile& profile, const Plan& plan)
{
    std::vector<std::string> rules;
    for (std::size_t d = 0; d < profile.decisions.size() && d < plan.choices.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        if (decision.options.size() < 2)
            continue;
        const CodecOption& option = decision.options[plan.choices[d].option];
        rules.push_back(
            "^" + escapedName(decision.tensorName) + "$=" + typeWord(codec(option.codec)));
    }
    return rules;
}

} // namespace

std::string llamaTensorTypes(const TargetProfile& profile, const Plan& plan)
{
    std::string text;
    for (const std::string& rule : typeRules(profile, plan))
        text += rule + "\n";
    return text;
}

std::string customQuantRules(const TargetProfile& profile, const Plan& plan)
{
    std::string text;
    for (const std::string& rule : typeRules(profile, plan))
        text += (text.empty() ? "" : ",") + rule;
    return text + "\n";
}

} // namespace bitloupe
