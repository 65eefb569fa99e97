// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix y = W x in memory as the checkpoint stores it, widened to floats tile by tile.
#pragma once

#include "job/job.h"
#include "model/model.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bitloupe {

/// W [out, in]; copies share the values. Immutable, thread-safe.
class Weight {
public:
    Weight() = default;

    /// One slab of a tensor; F32, F16 and BF16 are kept as stored, other dtypes and those stored
    /// as [in, out] (`transposed`) as floats. Errors: as FloatReader; cancelled, outOfMemory.
    /// Cost: reads the slab once.
    static Result<Weight> read(const std::shared_ptr<const Model>& model, TensorId tensor,
        std::uint64_t slab, bool transposed, const Job& job);

    /// Shapes: values [out, in].
    static Weight fromFloats(std::vector<float> values, std::size_t out, std::size_t in);

    /// Rows [begin, begin + count) of this one, for matrices stored as one.
    Weight rows(std::size_t begin, std::size_t count) const;

    std::size_t out() const { return m_rows; }
    std::size_t in() const { return m_columns; }
    bool empty() const { return m_rows == 0; }
    std::uint64_t bytes() const; // as kept

    /// A block as floats, `stride` from row to row.
    void widenBlock(std::size_t rowBegin, std::size_t rowCount, std::size_t columnBegin,
        std::size_t columnCount, float* out, std::size_t stride) const;
    /// The whole row.
    void widenRow(std::size_t row, std::span<float> out) const;

private:
    struct Storage;
    std::shared_ptr<const Storage> m_storage;
    std::size_t m_firstRow = 0;
    std::size_t m_rows = 0;
    std::size_t m_columns = 0;
};

/// A vector (norm weight, bias) as floats. Errors: as FloatReader.
Result<std::vector<float>> readVector(const std::shared_ptr<const Model>& model, TensorId tensor);

} // namespace bitloupe
