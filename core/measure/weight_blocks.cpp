// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/weight_blocks.h"

#include "numeric/tile_sums.h"

#include <cmath>

namespace bitloupe {
namespace {

// Within these magnitudes sums of many squares stay far inside the range of float.
constexpr int largestUnscaledExponent = 30;

double factorFor(const TensorFacts& facts)
{
    if (!(facts.absoluteMaximum > 0))
        return 1;
    const int exponent = std::ilogb(facts.absoluteMaximum);
    return std::abs(exponent) <= largestUnscaledExponent ? 1 : std::ldexp(1.0, -exponent);
}

// A block's rows lie far apart, where the processor's own prefetching does not look.
constexpr std::uint64_t rowsAhead = 8;

void prefetch(const std::byte* bytes, std::uint64_t size)
{
    constexpr std::uint64_t cacheLine = 64;
    for (std::uint64_t at = 0; at < size; at += cacheLine)
        __builtin_prefetch(bytes + at);
}

} // namespace

WeightMatrix::WeightMatrix(std::shared_ptr<const Model> model, TensorId id,
    const FloatReader& reader, std::uint64_t slab, const TensorFacts& facts)
    : m_model(std::move(model))
    , m_id(id)
    , m_reader(reader)
    , m_view(matrixView(m_model->tensor(id).shape).value_or(MatrixView {}))
    , m_dtype(m_model->tensor(id).dtype)
    , m_rowBytes(columnBytes(m_dtype, 0, m_view.columns).size)
    , m_firstRow(slab * m_view.rows)
    , m_finite(facts.nans == 0 && facts.infinities == 0)
    , m_factor(factorFor(facts))
{
}

Result<WeightMatrix::Rows> WeightMatrix::map(std::uint64_t rowBegin, std::uint64_t rowCount) const
{
    auto window
        = m_model->view(m_id, (m_firstRow + rowBegin) * m_rowBytes, rowCount * m_rowBytes);
    if (!window)
        return window.error();
    Rows rows;
    rows.m_matrix = this;
    rows.m_rowBegin = rowBegin;
    rows.m_window = std::move(*window);
    return rows;
}

void WeightMatrix::Rows::read(std::uint64_t rowBegin, std::uint64_t rowCount,
    std::uint64_t columnBegin, std::uint64_t columnCount, float* out, std::size_t stride) const
{
    const WeightMatrix& matrix = *m_matrix;
    const std::byte* const bytes = m_window.bytes().data();
    const std::uint64_t rowBytes = matrix.m_rowBytes;
    const ColumnBytes part = columnBytes(matrix.m_dtype, columnBegin, columnCount);
    for (std::uint64_t row = rowBegin; row < rowBegin + rowCount; ++row) {
        const std::span<float> values(out + (row - rowBegin) * stride, columnCount);
        const std::byte* const from = bytes + (row - m_rowBegin) * rowBytes + part.begin;
        if (row + rowsAhead < rowBegin + rowCount)
            prefetch(from + rowsAhead * rowBytes, part.size);
        widenColumns(matrix.m_dtype, from, part.firstColumn, values);
        matrix.correct(row, columnBegin, values);
    }
}

void WeightMatrix::correct(
    std::uint64_t row, std::uint64_t columnBegin, std::span<float> values) const
{
    if (m_reader.scaled())
        m_reader.applyScales(m_firstRow + row, 1, columnBegin, values.size(), values);
    if (!m_finite)
        zeroNonFinite(values);
    if (m_factor == 1)
        return;
    for (float& value : values)
        value = static_cast<float>(static_cast<double>(value) * m_factor);
}

} // namespace bitloupe
