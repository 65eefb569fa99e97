// SPDX-License-Identifier: GPL-3.0-or-later
// The first pass over one tensor: every element read once, chunk by chunk.
#pragma once

#include "job/job.h"
#include "measure/analysis.h"
#include "measure/tiling.h"
#include "model/float_reader.h"
#include "numeric/tile_sums.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace bitloupe {

/// Chunks may come from any thread, each once; finish() after all of them. NaN and infinite
/// elements are counted and stand as 0 in every norm and error. Thread-safe.
class FirstPass {
public:
    FirstPass(std::shared_ptr<const Model> model, TensorId id, FloatReader reader);

    std::uint64_t chunks() const { return m_tiling.chunks(); }

    /// Errors: cancelled, ioRead, changedOnDisk.
    Result<void> measureChunk(std::uint64_t chunk, const Job& job, ProgressMeter& meter);

    /// Facts, Frobenius norm, and (with two dimensions or more) the scores but svd.
    /// Cost: for F32, F64 and scaled F8 the tensor is read again, for its histogram.
    /// Errors: cancelled, ioRead, changedOnDisk.
    Result<void> finish(const Job& job, TensorScore& score);

private:
    // What one chunk adds to the tensor's sums.
    struct Partial {
        std::vector<std::uint64_t> codes; // counts, for 16-bit floats
        CentralMoments moments; // otherwise
        std::uint64_t nans = 0, infinities = 0;
        double rounding = 0; // squared 4-bit error
        std::vector<double> rows; // energies, tile after tile
        std::vector<double> columns;
    };
    struct Scratch;

    Result<void> measureTile(const Tile& tile, Scratch& scratch, Partial& partial) const;
    Result<void> readPiece(const Tile& tile, Scratch& scratch, Partial& partial) const;
    void sweepRows(const Tile& tile, Scratch& scratch, Partial& partial) const;
    void merge(std::uint64_t chunk, Partial&& partial);
    void add(std::uint64_t chunk, Partial& partial);
    Result<void> addHistogram(const Job& job, TensorFacts& facts) const;
    void fillNorms(TensorScore& score);

    std::shared_ptr<const Model> m_model;
    TensorId m_id;
    FloatReader m_reader;
    Tiling m_tiling;
    bool m_counted; // facts follow from counts of 16-bit codes
    bool m_columnNorms;
    bool m_rowNorms;

    std::mutex m_mutex;
    std::uint64_t m_nextChunk = 0;
    std::map<std::uint64_t, Partial> m_early; // done before an earlier chunk was
    Partial m_sum;
    double m_energy = 0; // sum of squares
};

} // namespace bitloupe
