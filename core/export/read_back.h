// SPDX-License-Identifier: GPL-3.0-or-later
// The written file against its source: every tensor found under its name, decoded, compared.
#pragma once

#include "export/encode_weights.h"

#include <functional>
#include <memory>
#include <vector>

namespace bitloupe {

/// Relative difference that sums of the same numbers in another order may have.
inline constexpr double sameError = 1e-9;

/// A file to hash, with its place for the digest.
struct FileDigest {
    std::filesystem::path path;
    std::uint64_t bytes = 0; // as found when hashed
    std::string sha256;
    std::shared_ptr<const SourceFile> file; // when it is open already; else `path` is opened
};

/// The weight files of a model, to be hashed as they were opened.
std::vector<FileDigest> sourceDigests(const Model& model);

/// What decoding found of one decision.
struct FoundSums {
    DecisionSums sums;
    // Elements of plain floats that are not the source's, rounded; elements or blocks copied.
    std::uint64_t differing = 0;
};

/// Tensors of a written directory by decision.
class WrittenWeights {
public:
    /// Errors: verifyMismatch naming the tensor that is absent or has another dtype or shape, or
    /// that no decision accounts for.
    static Result<WrittenWeights> find(std::shared_ptr<const Model> written,
        const TargetProfile& profile, std::vector<CodecId> codecs);

    /// Decodes a tile and compares it with the source's floats. Errors: as Model::view.
    Result<FoundSums> compare(const RowTile& tile, std::span<const float> source) const;
    /// As above for a decision whose bytes are those of its one source.
    Result<FoundSums> compareCopied(
        const RowTile& tile, const Model& source, TensorId copied) const;
    bool isCopied(std::uint32_t decision) const;

private:
    struct Place {
        CodecId codec;
        TensorId parts[3];
    };
    Result<FoundSums> compareStored(
        const RowTile& tile, const Place& place, std::span<const float> source) const;
    Result<FoundSums> compareEncoded(
        const RowTile& tile, const Place& place, std::span<const float> source) const;

    std::shared_ptr<const Model> m_written;
    DType m_scaleType = DType::BF16;
    std::vector<Place> m_places; // by decision
    std::vector<std::uint64_t> m_columns;
};

struct ReadBackInput {
    std::shared_ptr<const Model> source; // null: hash only
    const TargetProfile* profile = nullptr;
    const WrittenWeights* written = nullptr;
};

/// Hashes `digests` and compares all tiles in one parallel sweep; sums by decision.
/// Errors: ioRead, changedOnDisk, cancelled.
Result<std::vector<FoundSums>> readBack(
    const ReadBackInput& input, std::span<FileDigest> digests, const Job& job);

} // namespace bitloupe
