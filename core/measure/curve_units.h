// SPDX-License-Identifier: GPL-3.0-or-later
// A tensor cut into the pieces that codecs are tried on, and the order in which a sample takes
// them: rows in even strata, segments of the row in turn, both by the tensor's name alone.
#pragma once

#include "base/result.h"
#include "measure/analysis.h"
#include "model/float_reader.h"

#include <cstdint>
#include <span>
#include <vector>

namespace bitloupe {

/// Immutable after construction. A unit is a segment of one codec row, or of 16 of them where the
/// tensor is stored transposed (codec rows are columns then).
class CurveUnits {
public:
    /// Segments hold whole groups of `largestGroup` columns, or of the largest half, quarter, ...
    /// of it that divides a row.
    CurveUnits(const TensorInfo& tensor, const MatrixView& view, std::uint64_t largestGroup);

    /// Length of a codec row: what rowLayout is asked about.
    std::uint64_t rowLength() const { return m_rowLength; }
    std::uint64_t units() const { return m_bundles * m_segments; }
    std::uint64_t elements() const { return m_elements; }

    /// Appends the unit's values, one codec row after another; 0 for NaN and infinities.
    Result<void> append(
        const FloatReader& reader, std::uint64_t unit, std::vector<float>& values) const;

    /// What append() appends, codec row by codec row: rows of matrices [out, in], slab after slab.
    struct Stretch {
        std::uint64_t row = 0;
        std::uint64_t columnBegin = 0, columnCount = 0;
    };
    void appendStretches(std::uint64_t unit, std::vector<Stretch>& stretches) const;

    /// The unit that a sample of `count` takes at `index`; rising bundles.
    std::uint64_t sampledUnit(std::uint64_t key, std::uint64_t count, std::uint64_t index) const;

private:
    std::uint64_t segmentBegin(std::uint64_t segment) const;

    bool m_transposed;
    MatrixView m_view;
    std::uint64_t m_elements;
    std::uint64_t m_rowLength;
    std::uint64_t m_group; // largest that divides the row; 1 when below 32
    std::uint64_t m_segments; // of a codec row
    std::uint64_t m_bundlesPerSlab;
    std::uint64_t m_bundles; // of codec rows
};

} // namespace bitloupe
