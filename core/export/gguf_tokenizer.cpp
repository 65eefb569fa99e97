// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_tokenizer.h"

#include "base/text.h"
#include "export/pre_tokenizers.h"
#include "export/sentencepiece_model.h"
#include "export/tokenizer_files.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace bitloupe {
namespace {

using Json = nlohmann::json;

constexpr std::int32_t normalType = 1, unknownType = 2, unusedType = 5;
constexpr float addedScore = -1000; // of tokens that no merge ever makes

Error bad(std::string_view file, std::string detail)
{
    return {Errc::badConfig, std::string(file), std::move(detail)};
}

// Token texts by id as they are found; every id once, every text once.
class Vocabulary {
public:
    explicit Vocabulary(std::uint64_t rows)
        : m_tokens(rows)
        , m_types(rows, unusedType)
    {
    }

    std::uint64_t rows() const { return m_tokens.size(); }
    bool holds(std::uint64_t id) const { return id < rows(); }

    // An added token may repeat one of the vocabulary under its own id; it says more about it.
    Result<void> put(std::uint64_t id, const std::string& text, std::int32_t type)
    {
        if (!holds(id))
            return bad("tokenizer", "found token " + std::to_string(id)
                    + ", expected below " + std::to_string(rows()) + ", the rows of the embedding");
        if (text.empty() || text.find('\0') != std::string::npos)
            return bad("tokenizer", "token " + std::to_string(id) + " is empty or holds a zero");
        std::string& place = m_tokens[id];
        if (!place.empty() && place != text)
            return bad("tokenizer", "two texts for token " + std::to_string(id));
        const auto [known, fresh] = m_ids.emplace(text, static_cast<std::uint32_t>(id));
        if (!fresh && known->second != id)
            return bad("tokenizer", "tokens " + std::to_string(known->second) + " and "
                    + std::to_string(id) + " have one text: " + printable(text, 60));
        place = text;
        m_types[id] = type;
        return {};
    }

    std::optional<std::uint32_t> find(std::string_view text) const
    {
        const auto found = m_ids.find(text);
        return found == m_ids.end() ? std::nullopt : std::optional(found->second);
    }

    // Ids without a token get a name of their own.
    std::uint64_t fillHoles()
    {
        std::uint64_t holes = 0;
        for (std::size_t id = 0; id < m_tokens.size(); ++id) {
            if (!m_tokens[id].empty())
                continue;
            m_tokens[id] = "[PAD" + std::to_string(id) + "]";
            while (m_ids.contains(m_tokens[id]))
                m_tokens[id] += "_";
            m_ids.emplace(m_tokens[id], static_cast<std::uint32_t>(id));
            ++holes;
        }
        return holes;
    }

    void moveInto(GgufTokenizer& tokenizer)
    {
        tokenizer.tokens = std::move(m_tokens);
        tokenizer.types = std::move(m_types);
    }

private:
    std::vector<std::string> m_tokens;
    std::vector<std::int32_t> m_types;
    std::map<std::string, std::uint32_t, std::less<>> m_ids;
};

Result<void> putAdded(const std::vector<AddedToken>& added, Vocabulary& vocabulary,
    std::vector<std::string>& notes)
{
    for (const AddedToken& token : added) {
        if (!vocabulary.holds(token.id)) {
            notes.push_back("Token " + std::to_string(token.id) + " " + printable(token.text, 40)
                + " is left out: the embedding has no row for it");
            continue;
        }
        if (auto done = vocabulary.put(token.id, token.text, addedTokenType(token)); !done)
            return done;
    }
    return {};
}

Result<std::vector<std::string>> readMerges(const Json& model)
{
    std::vector<std::string> merges;
    const Json* list = findJson(model, "merges");
    if (list == nullptr || !list->is_array())
        return bad("tokenizer.json", "found no list of merges");
    merges.reserve(list->size()); // the list is in memory already
    for (const Json& merge : *list) {
        if (merge.is_string()) {
            merges.push_back(*merge.get_ptr<const std::string*>());
            continue;
        }
        const bool pair = merge.is_array() && merge.size() == 2 && merge[0].is_string()
            && merge[1].is_string();
        if (!pair)
            return bad("tokenizer.json", "found a merge that is no pair of texts");
        merges.push_back(*merge[0].get_ptr<const std::string*>() + " "
            + *merge[1].get_ptr<const std::string*>());
    }
    return merges;
}

Result<void> putVocabulary(const Json& model, Vocabulary& vocabulary)
{
    const Json* entries = findJson(model, "vocab");
    if (entries == nullptr || !entries->is_object())
        return bad("tokenizer.json", "found no vocabulary");
    for (const auto& [text, value] : entries->items()) {
        const auto id = integerOf(value, 0, static_cast<std::int64_t>(vocabulary.rows()) - 1);
        if (!id)
            return bad("tokenizer.json", "token " + printable(text, 60)
                    + " has no id below the rows of the embedding, "
                    + std::to_string(vocabulary.rows()));
        auto done = vocabulary.put(static_cast<std::uint64_t>(*id), text, normalType);
        if (!done)
            return done;
    }
    return {};
}

// Steps that change the text before it is split. The client has none for byte-level BPE.
void noteNormalizer(const Json& tokenizerJson, GgufTokenizer& tokenizer)
{
    const Json* normalizer = findJson(tokenizerJson, "normalizer");
    if (normalizer == nullptr)
        return;
    const std::string type = jsonString(*normalizer, "type").value_or("?");
    tokenizer.notes.push_back("The tokenizer's normalizer " + printable(type, 40)
        + " has no counterpart in GGUF: text should come composed as it leaves it");
}

Result<GgufTokenizer> readBytePairs(
    const ModelFolder& folder, const Model& model, const Json& tokenizerJson, std::uint64_t rows)
{
    GgufTokenizer tokenizer;
    auto pre = preTokenizerName(tokenizerJson);
    if (!pre)
        return pre.error();
    const Json* inner = findJson(tokenizerJson, "model");
    tokenizer.model = "gpt2";
    tokenizer.pre = std::move(*pre);
    if (tokenizer.pre == "tekken" || tokenizer.pre == "gpt-4o")
        tokenizer.notes.push_back("llama.cpp's rule " + tokenizer.pre + " parts combining marks "
            "(Hindi, Thai, some emoji) from their letters, which the tokenizer does not");
    Vocabulary vocabulary(rows);
    if (auto done = putVocabulary(*inner, vocabulary); !done)
        return done.error();
    const auto added = addedTokens(tokenizerJson);
    if (!added)
        return added.error();
    if (auto done = putAdded(*added, vocabulary, tokenizer.notes); !done)
        return done.error();
    auto merges = readMerges(*inner);
    if (!merges)
        return merges.error();
    tokenizer.merges = std::move(*merges);
    noteNormalizer(tokenizerJson, tokenizer);
    vocabulary.fillHoles();
    vocabulary.moveInto(tokenizer);
    const auto config = folder.readJson("tokenizer_config.json");
    if (!config)
        return config.error();
    readSpecialTokens(folder, model, *config, tokenizerJson,
        [&](std::string_view text) { return vocabulary.find(text); }, tokenizer);
    if (auto done = readChatTemplates(folder, *config, tokenizer); !done)
        return done.error();
    return tokenizer;
}

Result<void> putPieces(const SentencePieceModel& pieces, Vocabulary& vocabulary,
    GgufTokenizer& tokenizer)
{
    tokenizer.scores.assign(vocabulary.rows(), addedScore);
    for (std::size_t id = 0; id < pieces.pieces.size(); ++id) {
        const SentencePiece& piece = pieces.pieces[id];
        if (auto done = vocabulary.put(id, piece.text, piece.type); !done)
            return done;
        tokenizer.scores[id] = piece.score;
    }
    return {};
}

// llama.cpp's tokenizer of merged pieces adds a space in front, and does nothing else to the text;
// its keys for the rest are read by its tokenizer of unigrams alone.
void noteNormalizer(const SentencePieceModel& pieces, GgufTokenizer& tokenizer)
{
    std::string steps;
    const auto add = [&](bool done, std::string_view step) {
        if (done)
            steps += (steps.empty() ? "" : " and ") + std::string(step);
    };
    add(pieces.hasCharacterMap, "maps characters to others");
    add(pieces.removesExtraSpaces, "removes extra spaces");
    if (!steps.empty())
        tokenizer.notes.push_back("tokenizer.model " + steps
            + ", which llama.cpp does not: text should come as that leaves it");
}

Result<GgufTokenizer> readSentencePiece(const ModelFolder& folder, const Model& model,
    const Json& tokenizerJson, std::uint64_t rows)
{
    const auto bytes = folder.read("tokenizer.model");
    if (!bytes)
        return bytes.error();
    const auto pieces = readSentencePieceModel(*bytes);
    if (!pieces)
        return pieces.error();
    if (pieces->kind != SentencePieceKind::bpe)
        return Error {Errc::unsupported, "tokenizer.model",
            "found model type " + std::to_string(static_cast<int>(pieces->kind))
                + ", expected 2, byte-pair merges"};
    if (!pieces->replacesSpaces)
        return Error {Errc::unsupported, "tokenizer.model",
            "found spaces that are kept, expected pieces with U+2581 for them"};
    GgufTokenizer tokenizer;
    noteNormalizer(*pieces, tokenizer);
    tokenizer.model = "llama";
    tokenizer.pre = "default";
    tokenizer.addBos = true;
    tokenizer.addSpacePrefix = pieces->addsSpacePrefix;
    Vocabulary vocabulary(rows);
    if (auto done = putPieces(*pieces, vocabulary, tokenizer); !done)
        return done.error();
    const auto config = folder.readJson("tokenizer_config.json");
    if (!config)
        return config.error();
    auto added = addedTokensDecoder(*config);
    if (added && added->empty())
        added = addedTokens(tokenizerJson);
    if (!added)
        return added.error();
    // What is in the file under the same id keeps its type: bytes, unknown and control tokens.
    std::erase_if(*added,
        [&](const AddedToken& token) { return token.id < pieces->pieces.size(); });
    if (auto done = putAdded(*added, vocabulary, tokenizer.notes); !done)
        return done.error();
    vocabulary.fillHoles();
    vocabulary.moveInto(tokenizer);
    readSpecialTokens(folder, model, *config, tokenizerJson,
        [&](std::string_view text) { return vocabulary.find(text); }, tokenizer);
    if (!tokenizer.unknown)
        for (std::size_t id = 0; id < tokenizer.types.size() && !tokenizer.unknown; ++id)
            if (tokenizer.types[id] == unknownType)
                tokenizer.unknown = static_cast<std::uint32_t>(id);
    if (auto done = readChatTemplates(folder, *config, tokenizer); !done)
        return done.error();
    return tokenizer;
}

// What ends an answer where it is not the end of the text: the usual names.
void findEndOfTurn(GgufTokenizer& tokenizer)
{
    constexpr std::string_view names[] = {"<|eot_id|>", "<|im_end|>", "<end_of_turn>"};
    for (const std::string_view name : names)
        for (std::size_t id = 0; id < tokenizer.tokens.size() && !tokenizer.endOfTurn; ++id)
            if (tokenizer.tokens[id] == name)
                tokenizer.endOfTurn = static_cast<std::uint32_t>(id);
}

} // namespace

Result<GgufTokenizer> readGgufTokenizer(const Model& model, std::uint64_t rows)
{
    constexpr std::uint64_t mostRows = 1u << 24;
    if (rows == 0 || rows > mostRows)
        return Error {Errc::unsupported, "tokenizer",
            "found an embedding of " + groupedText(rows) + " rows"};
    const ModelFolder folder(model);
    const auto json = folder.readJson("tokenizer.json");
    if (!json)
        return json.error();
    Result<GgufTokenizer> tokenizer = GgufTokenizer {};
    const Json* inner = findJson(*json, "model");
    const bool pairs = inner != nullptr && jsonString(*inner, "type") == "BPE"
        && !jsonBool(*inner, "byte_fallback").value_or(false);
    if (pairs)
        tokenizer = readBytePairs(folder, model, *json, rows);
    else if (folder.has("tokenizer.model"))
        tokenizer = readSentencePiece(folder, model, *json, rows);
    else
        return Error {Errc::unsupported, "tokenizer",
            inner == nullptr ? "found neither tokenizer.json nor tokenizer.model"
                             : "found " + printable(jsonString(*inner, "type").value_or("?"), 40)
                    + " in tokenizer.json without a tokenizer.model, expected byte-level BPE"};
    if (tokenizer)
        findEndOfTurn(*tokenizer);
    return tokenizer;
}

void addTokenizer(const GgufTokenizer& tokenizer, GgufKeyValues& keyValues)
{
    keyValues.addString("tokenizer.ggml.model", tokenizer.model);
    keyValues.addString("tokenizer.ggml.pre", tokenizer.pre);
    keyValues.addStrings("tokenizer.ggml.tokens", tokenizer.tokens);
    if (!tokenizer.scores.empty())
        keyValues.addFloats32("tokenizer.ggml.scores", tokenizer.scores);
    keyValues.addIntegers32("tokenizer.ggml.token_type", tokenizer.types);
    if (tokenizer.model == "gpt2")
        keyValues.addStrings("tokenizer.ggml.merges", tokenizer.merges);
    const auto add = [&](std::string_view key, std::optional<std::uint32_t> id) {
        if (id)
            keyValues.addUnsigned32(key, *id);
    };
    add("tokenizer.ggml.bos_token_id", tokenizer.bos);
    add("tokenizer.ggml.eos_token_id", tokenizer.eos);
    add("tokenizer.ggml.unknown_token_id", tokenizer.unknown);
    add("tokenizer.ggml.padding_token_id", tokenizer.padding);
    add("tokenizer.ggml.eot_token_id", tokenizer.endOfTurn);
    keyValues.addBool("tokenizer.ggml.add_bos_token", tokenizer.addBos);
    keyValues.addBool("tokenizer.ggml.add_eos_token", tokenizer.addEos);
    keyValues.addBool("tokenizer.ggml.add_space_prefix", tokenizer.addSpacePrefix);
    if (tokenizer.chatTemplate)
        keyValues.addString("tokenizer.chat_template", *tokenizer.chatTemplate);
    std::vector<std::string> names;
    for (const auto& [name, text] : tokenizer.namedTemplates) {
        names.push_back(name);
        keyValues.addString("tokenizer.chat_template." + name, text);
    }
    if (!names.empty())
        keyValues.addStrings("tokenizer.chat_templates", names);
}

} // namespace bitloupe
