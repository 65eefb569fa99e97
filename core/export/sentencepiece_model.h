// SPDX-License-Identifier: GPL-3.0-or-later
// What a SentencePiece tokenizer.model says, as far as a GGUF file repeats it. The file is a
// protobuf message: fields of (number << 3 | wire type) as a varint, then the value. Field 1,
// repeated: a piece {1: text, 2: f32 score, 3: type}; field 2: how it was trained {3: 1 unigram,
// 2 BPE, 3 word, 4 char}; field 3: normalizer {2: map of characters, 3: add a space in front,
// 4: remove extra spaces, 5: replace spaces}.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

struct SentencePiece {
    std::string text;
    float score = 0;
    std::int32_t type = 1; // 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte
};

enum class SentencePieceKind : std::uint8_t { unigram = 1, bpe = 2, word = 3, character = 4 };

struct SentencePieceModel {
    std::vector<SentencePiece> pieces; // by token id
    SentencePieceKind kind = SentencePieceKind::unigram;
    bool addsSpacePrefix = true;
    bool removesExtraSpaces = true;
    bool replacesSpaces = true; // by U+2581
    bool hasCharacterMap = false; // characters become others before the text is split
};

/// `bytes` is the whole file; lengths in it are checked against what is left. Errors: badConfig.
Result<SentencePieceModel> readSentencePieceModel(std::string_view bytes);

} // namespace bitloupe
