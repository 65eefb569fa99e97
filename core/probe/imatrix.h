// SPDX-License-Identifier: GPL-3.0-or-later
// Importance files of llama.cpp (imatrix): the second moments of matrix inputs by tensor name, as
// its quantizer reads them. Two forms, told apart by their first bytes:
//   legacy .dat  i32 entries; per entry: i32 name length, name, i32 calls, i32 values, f32 values
//                (sums of squares times calls over tokens); at the end optionally i32 chunks, i32
//                length, data set name
//   GGUF         general.type "imatrix"; per tensor NAME.in_sum2 [columns, matrices] and
//                NAME.counts [1, matrices], both F32
// Source: llama.cpp, tools/imatrix, and the GGUF specification, version 3. Little-endian.
#pragma once

#include "base/result.h"
#include "model/model.h"
#include "probe/moments.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

struct Imatrix {
    struct Entry {
        std::vector<float> means; // of squares, by column, matrix after matrix
        std::vector<float> counts; // tokens or calls, by matrix
    };
    std::map<std::string, Entry> entries; // by GGUF tensor name
    std::string dataset; // what it was made from; may be empty
};

/// Errors: ioRead, truncated, badHeader (anything that is not such a file).
Result<Imatrix> readImatrix(const std::filesystem::path& path);
Result<Imatrix> readImatrix(std::span<const std::byte> bytes);

/// Takes the inputs of the tensors that the file names; gradients stay the probe's.
struct ImatrixUse {
    std::size_t tensors = 0; // that took one
    std::vector<std::string> notes;
};
/// Errors: badArgument when no entry fits this model.
Result<ImatrixUse> applyImatrix(const Model& model, const Imatrix& imatrix, Moments& moments);

/// The moments' inputs under GGUF names, and the file in its legacy form. Tensors without a GGUF
/// name or without an input are left out.
Imatrix imatrixOf(const Model& model, const Moments& moments);
std::vector<std::byte> legacyImatrix(const Imatrix& imatrix);

/// The moments (null: none) with the inputs that a file names in place of their own.
/// Errors: as readImatrix and applyImatrix.
struct ImatrixMoments {
    std::shared_ptr<const Moments> moments;
    std::vector<std::string> notes;
};
Result<ImatrixMoments> momentsWithImatrix(const Model& model,
    const std::shared_ptr<const Moments>& moments, const std::filesystem::path& file);

/// Writes the moments' inputs as a legacy file; replaces an existing one only when `replace`.
/// Errors: badArgument for null; as writeFileAtomically.
Result<void> saveImatrix(const Model& model, const std::shared_ptr<const Moments>& moments,
    const std::filesystem::path& file, bool replace);

/// The name that llama.cpp's converter gives the weight of this role; empty when it has none.
std::string ggufWeightName(const TensorInfo& tensor);

} // namespace bitloupe
