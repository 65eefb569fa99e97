// SPDX-License-Identifier: GPL-3.0-or-later
// Any analysed dtype as rows of floats, FP8 with its scales applied.
#pragma once

#include "model/fp8_scales.h"
#include "model/model.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bitloupe {

/// Rows of one tensor, all slabs one after another. Keeps the model. Thread-safe.
class FloatReader {
public:
    /// Errors: unsupported for dtypes that are not analysed and for tensors of two or more
    /// dimensions one of which is zero; badShape when FP8 scales are missing or do not fit (both
    /// tensors named). Rank 0 and 1 read as one row. Cost: reads the FP8 scales.
    static Result<FloatReader> open(std::shared_ptr<const Model> model, TensorId id);

    std::uint64_t rows() const { return m_rows; }
    std::uint64_t columns() const { return m_columns; }
    bool scaled() const { return !m_scales.empty(); }

    /// Something odd about the FP8 scales (zero, negative, NaN, infinite), with a count; empty
    /// when there is nothing. The values are used as stored all the same.
    const std::string& scaleWarning() const { return m_scaleWarning; }

    /// rowCount * columnCount floats from rows [rowBegin, ...), columns [columnBegin, ...).
    /// Whole rows are one window; narrower columns are one window per call as well.
    /// Errors: changedOnDisk, ioRead.
    Result<void> read(std::uint64_t rowBegin, std::uint64_t rowCount, std::uint64_t columnBegin,
        std::uint64_t columnCount, std::span<float> out) const;
    Result<void> readRows(
        std::uint64_t rowBegin, std::uint64_t rowCount, std::span<float> out) const;

    /// Multiplies the FP8 scales into floats already widened from the raw bytes of whole rows.
    void applyScales(std::uint64_t rowBegin, std::uint64_t rowCount, std::span<float> rows) const;
    /// The same for a part of the columns.
    void applyScales(std::uint64_t rowBegin, std::uint64_t rowCount, std::uint64_t columnBegin,
        std::uint64_t columnCount, std::span<float> values) const;

private:
    Result<void> openScales();

    std::shared_ptr<const Model> m_model;
    TensorId m_id;
    std::uint64_t m_rows = 0;
    std::uint64_t m_columns = 0;
    std::uint64_t m_rowsPerSlab = 0;
    std::vector<float> m_scales; // FP8: row-major grid of blocks, slab after slab
    ScaleGrid m_grid;
    std::string m_scaleWarning;
};

} // namespace bitloupe
