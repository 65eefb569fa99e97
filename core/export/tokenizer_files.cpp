// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/tokenizer_files.h"

#include "base/source_file.h"
#include "base/text.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace bitloupe {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t mostTokenIds = std::uint64_t {1} << 31;

Error badTokens(std::string detail)
{
    return {Errc::badConfig, "tokenizer", std::move(detail)};
}

Result<AddedToken> addedToken(const Json& entry, std::optional<std::uint64_t> id)
{
    auto text = jsonString(entry, "content");
    if (!text || !id || *id >= mostTokenIds)
        return badTokens("found an added token without id or content");
    return AddedToken {*id, std::move(*text), jsonBool(entry, "special").value_or(false)};
}

// A token named by its text, or by an object with it.
std::optional<std::string> tokenText(const Json& config, std::string_view key)
{
    if (auto text = jsonString(config, key))
        return text;
    const Json* object = findJson(config, key);
    return object != nullptr ? jsonString(*object, "content") : std::nullopt;
}

std::optional<std::uint32_t> tokenId(const Json& config, std::string_view key)
{
    if (const auto id = jsonUnsigned(config, key, mostTokenIds))
        return static_cast<std::uint32_t>(*id);
    const Json* list = findJson(config, key);
    if (list == nullptr || !list->is_array() || list->empty())
        return std::nullopt;
    const auto first = integerOf(list->front(), 0, static_cast<std::int64_t>(mostTokenIds));
    return first ? std::optional(static_cast<std::uint32_t>(*first)) : std::nullopt;
}

struct Surroundings {
    bool known = false;
    std::optional<std::string> before, after; // a special token's name in the template
};

// What a TemplateProcessing post-processor puts around a single text.
Surroundings surroundingsOf(const Json& processor)
{
    Surroundings found;
    const std::string type = jsonString(processor, "type").value_or("");
    if (type == "Sequence") {
        const Json* steps = findJson(processor, "processors");
        if (steps != nullptr && steps->is_array())
            for (const Json& step : *steps)
                if (Surroundings inner = surroundingsOf(step); inner.known)
                    found = std::move(inner);
        return found;
    }
    const Json* single = type == "TemplateProcessing" ? findJson(processor, "single") : nullptr;
    if (single == nullptr || !single->is_array())
        return found;
    found.known = true;
    bool textSeen = false;
    for (const Json& part : *single) {
        if (findJson(part, "Sequence") != nullptr)
            textSeen = true;
        else if (const Json* special = findJson(part, "SpecialToken"))
            (textSeen ? found.after : found.before) = jsonString(*special, "id");
    }
    return found;
}

// It becomes a part of a key.
bool isPlainName(std::string_view name)
{
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '_' || c == '-';
    });
}

} // namespace

const SideFile* ModelFolder::find(std::string_view name) const
{
    const auto found = std::find_if(m_files.files.begin(), m_files.files.end(),
        [&](const SideFile& file) { return file.name == name; });
    return found == m_files.files.end() ? nullptr : &*found;
}

Result<std::string> ModelFolder::read(std::string_view name) const
{
    const SideFile* file = find(name);
    if (file == nullptr)
        return std::string();
    return readSmallFile(file->source, maxSideFileBytes);
}

Result<Json> ModelFolder::readJson(std::string_view name) const
{
    if (!has(name))
        return Json();
    const auto text = read(name);
    if (!text)
        return text.error();
    auto parsed = parseStrictJson(*text, {.maxBytes = maxSideFileBytes});
    if (!parsed)
        return Error {parsed.error().code, std::string(name), parsed.error().detail};
    return parsed;
}

Result<std::vector<AddedToken>> addedTokens(const Json& tokenizerJson)
{
    std::vector<AddedToken> tokens;
    const Json* list = findJson(tokenizerJson, "added_tokens");
    if (list == nullptr)
        return tokens;
    if (!list->is_array())
        return badTokens("found added_tokens that is no list");
    for (const Json& entry : *list) {
        auto token = addedToken(entry, jsonUnsigned(entry, "id"));
        if (!token)
            return token.error();
        tokens.push_back(std::move(*token));
    }
    return tokens;
}

Result<std::vector<AddedToken>> addedTokensDecoder(const Json& tokenizerConfig)
{
    std::vector<AddedToken> tokens;
    const Json* object = findJson(tokenizerConfig, "added_tokens_decoder");
    if (object == nullptr)
        return tokens;
    if (!object->is_object())
        return badTokens("found added_tokens_decoder that is no object");
    for (const auto& [key, entry] : object->items()) {
        auto token = addedToken(entry, parseUnsigned(key));
        if (!token)
            return token.error();
        tokens.push_back(std::move(*token));
    }
    std::sort(tokens.begin(), tokens.end(),
        [](const AddedToken& a, const AddedToken& b) { return a.id < b.id; });
    return tokens;
}

std::int32_t addedTokenType(const AddedToken& token)
{
    const bool spelled = token.text.starts_with("<|") && token.text.ends_with("|>");
    return token.special || spelled ? 3 : 4;
}

void readSpecialTokens(const ModelFolder& folder, const Model& model, const Json& tokenizerConfig,
    const Json& tokenizerJson, const FindToken& find, GgufTokenizer& tokenizer)
{
    const auto config = parseStrictJson(model.configText.empty() ? "{}" : model.configText);
    const auto generation = folder.readJson("generation_config.json");
    const std::uint64_t count = tokenizer.tokens.size();
    const auto look = [&](std::string_view token, std::string_view id)
        -> std::optional<std::uint32_t> {
        if (const auto text = tokenText(tokenizerConfig, token))
            if (const auto found = find(*text))
                return found;
        for (const auto* source : {&config, &generation})
            if (*source)
                if (const auto found = tokenId(**source, id); found && *found < count)
                    return found;
        return std::nullopt;
    };
    tokenizer.bos = look("bos_token", "bos_token_id");
    tokenizer.eos = look("eos_token", "eos_token_id");
    tokenizer.unknown = look("unk_token", "unk_token_id");
    tokenizer.padding = look("pad_token", "pad_token_id");
    const Json* processor = findJson(tokenizerJson, "post_processor");
    const Surroundings around = processor != nullptr ? surroundingsOf(*processor) : Surroundings {};
    const auto adds = [&](std::string_view key, const std::optional<std::string>& inTemplate,
                          std::optional<std::uint32_t> id, bool otherwise) {
        if (const auto told = jsonBool(tokenizerConfig, key))
            return *told && id.has_value();
        if (!around.known)
            return otherwise && id.has_value();
        return inTemplate && id && find(*inTemplate) == id;
    };
    tokenizer.addBos = adds("add_bos_token", around.before, tokenizer.bos, tokenizer.addBos);
    tokenizer.addEos = adds("add_eos_token", around.after, tokenizer.eos, tokenizer.addEos);
}

Result<void> readChatTemplates(
    const ModelFolder& folder, const Json& tokenizerConfig, GgufTokenizer& tokenizer)
{
    if (folder.has("chat_template.jinja")) {
        auto text = folder.read("chat_template.jinja");
        if (!text)
            return text.error();
        if (isUtf8(*text))
            tokenizer.chatTemplate = std::move(*text);
        else
            tokenizer.notes.emplace_back("chat_template.jinja is not UTF-8 and is left out");
        return {};
    }
    tokenizer.chatTemplate = jsonString(tokenizerConfig, "chat_template");
    const Json* list = findJson(tokenizerConfig, "chat_template");
    if (list == nullptr || !list->is_array())
        return {};
    for (const Json& entry : *list) {
        const auto name = jsonString(entry, "name");
        auto text = jsonString(entry, "template");
        if (!name || !text || !isPlainName(*name))
            continue;
        if (*name == "default")
            tokenizer.chatTemplate = std::move(*text);
        else
            tokenizer.namedTemplates.emplace_back(*name, std::move(*text));
    }
    return {};
}

} // namespace bitloupe
