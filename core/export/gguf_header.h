// SPDX-License-Identifier: GPL-3.0-or-later
// Everything of a GGUF file before its weights: key-values, and tensors that no weight is behind.
// File: "GGUF", u32 version 3, u64 tensors, u64 pairs, pairs, tensor infos, zeros to a multiple of
// 32, data. Info: name, u32 rank, u64 dims (innermost first), u32 type, u64 offset in the data.
// Source: GGUF version 3.
#pragma once

#include "export/gguf_architecture.h"
#include "export/gguf_key_values.h"
#include "model/model.h"
#include "plan/target_profile.h"

#include <string>
#include <vector>

namespace bitloupe {

inline constexpr std::uint64_t ggufAlignment = 32;
inline constexpr std::uint64_t ggufFixedBytes = 4 + 4 + 8 + 8;

inline constexpr std::uint32_t ggufQuantizationVersion = 2;

struct GgufContents {
    GgufKeyValues keyValues;
    std::vector<ComputedTensor> computed; // first in the file
    std::vector<std::string> notes;
};

/// What a file of the model says beside its weights, `sizes` being ggufSizes(). `fileType` is
/// general.file_type; the size does not depend on it. `vocabulary`: rows of the embedding. Errors: as readGgufTokenizer and
/// addArchitecture; a tokenizer that cannot be written is left out when `forced`.
/// Cost: parses the tokenizer's files.
Result<GgufContents> ggufContents(const GgufArchitecture& architecture, const GgufSizes& sizes,
    const Model& model, std::uint64_t vocabulary, std::uint32_t fileType, bool forced);

/// Who wrote the file, and from what.
void addProvenance(const Model& model, GgufKeyValues& keyValues);

/// Bytes of a tensor's info.
std::uint64_t ggufInfoBytes(std::string_view name, std::size_t rank);

/// Header bytes that one file has more than a file without contents: pairs, and computed tensors
/// with their data.
std::uint64_t ggufContentBytes(const GgufContents& contents);

/// The three pairs that every file of a split set has; `index` counts from 0.
void addSplitKeys(
    GgufKeyValues& keyValues, std::uint16_t index, std::uint16_t count, std::int32_t tensors);
std::uint64_t ggufSplitBytes();

} // namespace bitloupe
