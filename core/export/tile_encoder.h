// SPDX-License-Identifier: GPL-3.0-or-later
// What every encoder does with a tile of weights: read it, refuse what no format holds, encode it,
// put the bytes where they belong.
#pragma once

#include "base/output_directory.h"
#include "codec/feedback.h"
#include "export/decision_rows.h"
#include "export/decision_weights.h"
#include "export/encode_weights.h"
#include "export/row_factors.h"
#include "export/wanted_rows.h"
#include "job/job.h"

#include <atomic>
#include <deque>
#include <vector>

namespace bitloupe {

/// Encoded rows of a tile, part by part as they lie in the file.
struct EncodedTile {
    std::vector<std::byte> codes, scales, biases;
};

/// All tiles of an export. Each is done once, from any thread, in any order. Thread-safe.
class TileEncoder {
public:
    TileEncoder(const EncodeInput& input, std::span<OutputFile> outputs, const Job& job);

    /// Looks up the moments. Errors: badPlan when they do not fit.
    Result<void> prepare();

    std::span<const RowTile> tiles() const { return m_tiles; }
    bool takesFeedback(std::uint32_t decision) const;
    bool isStored(std::uint32_t decision) const;

    /// Reads, encodes and writes a tile: with the factors when there are any (the tile has whole
    /// rows then), else as the options say. `decoded`, when given, is filled with what the bytes
    /// decode to. `wanted`: encode these rows in the place of the weights; sums are of the error to
    /// the weights all the same. Errors: badWeights, changedOnDisk, ioRead, ioWrite, noSpace.
    Result<void> encode(
        std::size_t tile, const RowFactors* factors, std::vector<float>* decoded = nullptr,
        const WantedRows* wanted = nullptr);

    /// Sums of all tiles, by decision, in the order of tiles.
    std::vector<DecisionSums> sums() const;

private:
    const Codec& codecOf(std::uint32_t decision) const;
    Result<void> checkFit(const RowTile& tile, std::span<const float> rows) const;
    bool copies(const Decision& decision, const Codec& codec) const;
    Result<void> copyTile(const RowTile& tile, const Codec& codec);
    Result<void> copySource(const RowTile& tile, const Codec& codec, EncodedTile& out) const;
    void search(const Codec& codec, const RowTile& tile, std::span<const float> rows,
        EncodedTile& out) const;
    Result<void> write(const RowTile& tile, const EncodedTile& encoded);

    const EncodeInput& m_input;
    std::span<OutputFile> m_outputs;
    std::vector<RowTile> m_tiles;
    DecisionRowsPool m_pool;
    ProgressMeter m_meter;
    std::vector<DecisionWeights> m_weights; // by decision; empty: no moments
    struct TileSums {
        double squaredError = 0, energy = 0;
    };
    std::vector<TileSums> m_sums; // by tile
    std::deque<std::atomic<std::uint64_t>> m_unflushed; // by file
};

} // namespace bitloupe
