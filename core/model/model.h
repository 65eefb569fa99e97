// SPDX-License-Identifier: GPL-3.0-or-later
// An opened checkpoint: validated headers, mapped shards, facts from its configuration.
#pragma once

#include "base/source_file.h"
#include "model/config_facts.h"
#include "model/tensor.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

class GgufMetadata;

enum class ModelFormat : std::uint8_t { safetensors, gguf };

struct Shard {
    std::shared_ptr<const SourceFile> file;
    std::string name; // file name as the index spells it
    std::uint64_t dataOffset = 0; // first byte after the header
    std::string headerDigest; // SHA-256 of the header bytes
};

/// Something a person should know before trusting the result; the run goes on.
struct ModelWarning {
    std::string where; // file or tensor
    std::string sentence;
};

/// Why a model can be looked at but not exported: "GPTQ, 4 bit".
struct QuantizedSource {
    std::string method;
    int bits = 0; // 0: unknown
    std::string text() const;
};

/// Index of a name in tensors sorted by name; empty when it is not there. Cost: a binary search.
std::optional<TensorId> findTensor(std::span<const TensorInfo> sorted, std::string_view name);

/// Immutable after opening, held by shared_ptr<const Model>; thread-safe.
struct Model {
    std::string name; // folder or file name; org/name for a hub cache entry
    std::string revision; // hub cache only
    std::filesystem::path path; // what was opened
    std::filesystem::path directory; // where side files are
    ModelFormat format = ModelFormat::safetensors;
    std::vector<Shard> shards;
    std::vector<TensorInfo> tensors; // sorted by name, natural order; TensorId indexes it
    ConfigFacts config;
    std::string configText; // config.json, checked; empty when absent
    std::shared_ptr<const GgufMetadata> metadata; // GGUF only: of the first file of a split
    std::optional<QuantizedSource> quantized;
    std::vector<ModelWarning> warnings; // at most 100, then one that counts the rest

    const TensorInfo& tensor(TensorId id) const { return tensors[id.index()]; }
    std::optional<TensorId> find(std::string_view tensorName) const;
    std::uint64_t totalBytes() const; // of tensor data
    std::uint64_t parameters() const; // elements of all tensors but auxiliary ones
    /// Words of integers hold several weights each: parameters() is no count of weights.
    bool isPacked() const;

    /// SHA-256 over names, dtypes, shapes, sizes and header digests: the same for the same files
    /// whatever their place. Cost: no weights are read.
    std::string digest() const;

    /// Bytes [begin, begin + size) of a tensor's data. Errors: as SourceFile::window.
    Result<FileWindow> view(TensorId id, std::uint64_t begin, std::uint64_t size) const;

    /// changedOnDisk when any shard is not what it was when opened.
    Result<void> unchanged() const;
};

} // namespace bitloupe
