// SPDX-License-Identifier: GPL-3.0-or-later
// A model folder's tokenizer as the keys "tokenizer.*" of a GGUF file: byte-level BPE from
// tokenizer.json, SentencePiece from tokenizer.model. Texts are copied; chat templates are never
// evaluated.
#pragma once

#include "export/gguf_key_values.h"
#include "model/model.h"

#include <optional>
#include <string>
#include <vector>

namespace bitloupe {

struct GgufTokenizer {
    std::string model; // "gpt2" or "llama"
    std::string pre; // the client's name of how text is split first
    std::vector<std::string> tokens; // by id, as many as the embedding has rows
    std::vector<std::int32_t> types; // 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused,
                                     // 6 byte
    std::vector<float> scores; // SentencePiece alone
    std::vector<std::string> merges; // BPE alone
    std::optional<std::uint32_t> bos, eos, unknown, padding, endOfTurn;
    bool addBos = false, addEos = false, addSpacePrefix = false;
    std::optional<std::string> chatTemplate;
    std::vector<std::pair<std::string, std::string>> namedTemplates;
    std::vector<std::string> notes; // what a person should know before writing
};

/// The tokenizer beside a model whose embedding has `rows` rows. Errors: unsupported (the kind of
/// tokenizer, or its pre_tokenizer with the pattern), badConfig, badJson, ioRead.
/// Cost: reads and parses the tokenizer's files.
Result<GgufTokenizer> readGgufTokenizer(const Model& model, std::uint64_t rows);

/// The keys, in the order other writers have.
void addTokenizer(const GgufTokenizer& tokenizer, GgufKeyValues& keyValues);

} // namespace bitloupe
