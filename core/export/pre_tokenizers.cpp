// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/pre_tokenizers.h"

#include "base/text.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace bitloupe {
namespace {

using Json = nlohmann::json;

// A chain of steps, one a line: "split PATTERN", "digits", "bytes" (no splitting of its own) or
// "gpt2" (ByteLevel with its own pattern).
struct Known {
    std::string_view name;
    bool ignoresMerges;
    std::string_view steps;
};

// What the client splits by under that name, and whether it looks whole words up first.
constexpr Known preTokenizerTable[] = {
    {"gpt-2", false, "gpt2"},
    {"smollm", false, "digits\ngpt2"},
    {"llama-bpe", true,
        "split (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
        "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+\nbytes"},
    {"smaug-bpe", false,
        "split (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
        "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+\nbytes"},
    {"qwen2", false,
        "split (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
        "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+\nbytes"},
    {"qwen35", false,
        "split (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
        "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+\nbytes"},
    {"tekken", true,
        "split [^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
        "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}"
        "\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
        "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+\nbytes"},
    {"gpt-4o", false,
        "split [^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
        "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?"
        "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
        "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+\nbytes"},
    {"deepseek-v3", false,
        "split \\p{N}{1,3}\nsplit [一-龥぀-ゟ゠-ヿ]+\n"
        "split [!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
        "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*"
        "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+\nbytes"},
};

// Line breaks stand in some files as themselves, in others as escapes of the pattern.
std::string escapedBreaks(std::string_view pattern)
{
    std::string text;
    for (const char c : pattern)
        text += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
    return text;
}

// Both ways to say "keep the matches and what lies between them as pieces". Patterns that cover
// all text leave nothing between.
bool keepsAllPieces(const Json& step)
{
    const std::string behavior = jsonString(step, "behavior").value_or("");
    const bool invert = jsonBool(step, "invert").value_or(false);
    return (behavior == "Isolated" && !invert) || (behavior == "Removed" && invert);
}

std::string stepText(const Json& step)
{
    const std::string type = jsonString(step, "type").value_or("");
    if (type == "ByteLevel" && !jsonBool(step, "add_prefix_space").value_or(true))
        return jsonBool(step, "use_regex").value_or(true) ? "gpt2" : "bytes";
    if (type == "Digits" && jsonBool(step, "individual_digits").value_or(false))
        return "digits";
    if (type == "Split" && keepsAllPieces(step))
        if (const Json* pattern = findJson(step, "pattern"))
            if (const auto regex = jsonString(*pattern, "Regex"))
                return "split " + escapedBreaks(*regex);
    return "other " + step.dump();
}

std::string chainText(const Json& preTokenizer)
{
    if (jsonString(preTokenizer, "type") != "Sequence")
        return stepText(preTokenizer);
    const Json* steps = findJson(preTokenizer, "pretokenizers");
    std::string text;
    if (steps == nullptr || !steps->is_array())
        return text;
    for (const Json& step : *steps)
        text += (text.empty() ? "" : "\n") + stepText(step);
    return text;
}

} // namespace

Result<std::string> preTokenizerName(const Json& tokenizer)
{
    const Json* preTokenizer = findJson(tokenizer, "pre_tokenizer");
    if (preTokenizer == nullptr)
        return Error {Errc::unsupported, "tokenizer.json", "found no pre_tokenizer"};
    const Json* model = findJson(tokenizer, "model");
    const bool ignoresMerges
        = model != nullptr && jsonBool(*model, "ignore_merges").value_or(false);
    const std::string chain = chainText(*preTokenizer);
    bool knownSteps = false;
    for (const Known& known : preTokenizerTable) {
        if (known.steps != chain)
            continue;
        if (known.ignoresMerges == ignoresMerges)
            return std::string(known.name);
        knownSteps = true;
    }
    if (knownSteps)
        return Error {Errc::unsupported, "tokenizer.json",
            std::string("found ignore_merges ") + (ignoresMerges ? "true" : "false")
                + ", which the client does not have for this pre_tokenizer: "
                + printable(chain, 16384)};
    return Error {Errc::unsupported, "tokenizer.json",
        "found a pre_tokenizer that is not known here: " + printable(chain, 16384)};
}

} // namespace bitloupe
