// SPDX-License-Identifier: GPL-3.0-or-later
// The small files around a tokenizer: which tokens are special, what is put around a text, and
// the chat templates. Private to export.
#pragma once

#include "export/gguf_tokenizer.h"
#include "export/side_files.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>

namespace bitloupe {

/// Reads those files of a model's folder that an export may carry over, and no others.
class ModelFolder {
public:
    explicit ModelFolder(const Model& model)
        : m_files(findSideFiles(model))
    {
    }

    bool has(std::string_view name) const { return find(name) != nullptr; }
    /// Empty when there is no such file. Errors: as readSmallFile.
    Result<std::string> read(std::string_view name) const;
    /// Null when there is no such file. Errors: badJson as well.
    Result<nlohmann::json> readJson(std::string_view name) const;

private:
    const SideFile* find(std::string_view name) const;
    SideFiles m_files;
};

/// A token beside the vocabulary proper.
struct AddedToken {
    std::uint64_t id = 0;
    std::string text;
    bool special = false;
};

/// added_tokens of a tokenizer.json; added_tokens_decoder of a tokenizer_config.json.
/// Errors: badConfig.
Result<std::vector<AddedToken>> addedTokens(const nlohmann::json& tokenizerJson);
Result<std::vector<AddedToken>> addedTokensDecoder(const nlohmann::json& tokenizerConfig);

/// Control when special or spelled like a control token, else user-defined.
std::int32_t addedTokenType(const AddedToken& token);

using FindToken = std::function<std::optional<std::uint32_t>(std::string_view text)>;

/// Special ids, and what is added around a text. `tokenizerJson` may be null.
void readSpecialTokens(const ModelFolder& folder, const Model& model,
    const nlohmann::json& tokenizerConfig, const nlohmann::json& tokenizerJson,
    const FindToken& find, GgufTokenizer& tokenizer);

/// Errors: as ModelFolder::read.
Result<void> readChatTemplates(const ModelFolder& folder, const nlohmann::json& tokenizerConfig,
    GgufTokenizer& tokenizer);

} // namespace bitloupe
