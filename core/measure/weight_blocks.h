// SPDX-License-Identifier: GPL-3.0-or-later
// One matrix of a tensor as float blocks, read many times over: mapped once, widened per block.
#pragma once

#include "measure/analysis.h"
#include "model/float_reader.h"
#include "numeric/matrix_product.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace bitloupe {

/// A matrix [rows, columns] of a tensor, NaN and infinities as 0, multiplied by a power of two so
/// that squares neither overflow nor vanish in float. Thread-safe.
class WeightMatrix {
public:
    WeightMatrix(std::shared_ptr<const Model> model, TensorId id, const FloatReader& reader,
        std::uint64_t slab, const TensorFacts& facts);

    std::uint64_t rows() const { return m_view.rows; }
    std::uint64_t columns() const { return m_view.columns; }
    /// What elements were multiplied by.
    double factor() const { return m_factor; }

    /// Some rows, mapped. Single-thread but for read().
    class Rows {
    public:
        /// Widens a block into `out`, `stride` floats from row to row.
        void read(std::uint64_t rowBegin, std::uint64_t rowCount, std::uint64_t columnBegin,
            std::uint64_t columnCount, float* out, std::size_t stride) const;
        Result<void> intact() const { return m_window.intact(); }

    private:
        friend class WeightMatrix;
        const WeightMatrix* m_matrix = nullptr;
        std::uint64_t m_rowBegin = 0;
        FileWindow m_window;
    };

    /// Errors: ioRead.
    Result<Rows> map(std::uint64_t rowBegin, std::uint64_t rowCount) const;

private:
    void correct(std::uint64_t row, std::uint64_t columnBegin, std::span<float> values) const;

    std::shared_ptr<const Model> m_model;
    TensorId m_id;
    const FloatReader& m_reader;
    MatrixView m_view;
    DType m_dtype;
    std::uint64_t m_rowBytes;
    std::uint64_t m_firstRow;
    bool m_finite;
    double m_factor = 1;
};

} // namespace bitloupe
