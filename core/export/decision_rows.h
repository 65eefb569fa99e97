// SPDX-License-Identifier: GPL-3.0-or-later
// A decision's output matrix as floats, read from its sources: stacked experts, halves of fused
// projections and transposed kernels look like one matrix of rows.
#pragma once

#include "model/float_reader.h"
#include "plan/target_profile.h"

#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace bitloupe {

/// A stretch of a decision's rows (all slabs one after another), worked on as a unit. Wide rows
/// are cut by columns as well, at multiples of every group size.
struct RowTile {
    std::uint32_t decision = 0;
    std::uint64_t rowBegin = 0, rowCount = 0;
    std::uint64_t columnBegin = 0, columnCount = 0;
    std::uint64_t elements() const { return rowCount * columnCount; }
};

/// Tiles of one decision in order, each of about 2^17 elements, never across slabs.
std::vector<RowTile> tilesOf(const Decision& decision, std::uint32_t index);

/// Thread-safe after open.
class DecisionRows {
public:
    /// Errors: as FloatReader::open; badShape when a source is not what the profile says.
    static Result<DecisionRows> open(
        const std::shared_ptr<const Model>& model, const Decision& decision);

    /// tile.elements() floats, row after row. Errors: as FloatReader::read.
    Result<void> read(const RowTile& tile, std::span<float> out) const;

private:
    Result<void> readStraight(const FloatReader& reader, std::uint64_t sourceRow,
        const RowTile& tile, std::span<float> out) const;
    Result<void> readInterleaved(const FloatReader& reader, std::uint64_t slab,
        const RowTile& tile, std::span<float> out) const;
    Result<void> readTransposed(const FloatReader& reader, std::uint64_t slab, std::uint64_t row,
        const RowTile& tile, std::span<float> out) const;

    std::vector<FloatReader> m_readers;
    SourceCut m_cut;
    std::uint64_t m_rowsPerSlab = 0; // of the output
    std::uint64_t m_slabsPerReader = 0;
    std::uint64_t m_sourceRowsPerSlab = 0; // as stored
};

/// Opens a decision's rows when its first tile comes and lets go after its last. Thread-safe.
class DecisionRowsPool {
public:
    DecisionRowsPool(std::shared_ptr<const Model> model, std::span<const Decision> decisions,
        std::span<const RowTile> tiles);
    Result<std::shared_ptr<const DecisionRows>> acquire(std::uint32_t decision);
    /// One tile of the decision is done.
    void release(std::uint32_t decision);

private:
    struct Slot {
        std::shared_ptr<const DecisionRows> rows;
        std::size_t tilesLeft = 0;
    };
    std::shared_ptr<const Model> m_model;
    std::span<const Decision> m_decisions;
    std::mutex m_mutex;
    std::vector<Slot> m_slots;
};

} // namespace bitloupe
