// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/float_reader.h"

#include "base/text.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace bitloupe {
namespace {

/// E8M0: a power of two without a sign; 0xff is NaN.
float e8m0ToFloat(std::byte bits)
{
    constexpr int bias = 127;
    const int code = std::to_integer<int>(bits);
    return code == 0xff ? std::nanf("") : std::ldexp(1.0f, code - bias);
}

Result<std::vector<float>> readScales(const Model& model, TensorId id)
{
    const TensorInfo& scale = model.tensor(id);
    if (!dtypeInfo(scale.dtype).analysed && scale.dtype != DType::F8_E8M0)
        return Error {Errc::unsupported, scale.name,
            "scales of dtype " + std::string(dtypeInfo(scale.dtype).name) + " are not read"};
    const auto window = model.view(id, 0, scale.byteSize);
    if (!window)
        return window.error();
    std::vector<float> values(scale.elements());
    const std::span<const std::byte> bytes = window->bytes();
    if (scale.dtype == DType::F8_E8M0)
        std::transform(bytes.begin(), bytes.end(), values.begin(), e8m0ToFloat);
    else
        widen(scale.dtype, bytes.data(), values);
    if (auto intact = window->intact(); !intact)
        return intact.error();
    return values;
}

std::string oddScales(const TensorInfo& scale, std::span<const float> values)
{
    const auto odd = std::count_if(values.begin(), values.end(),
        [](float value) { return !(value > 0) || std::isinf(value); });
    if (odd == 0)
        return {};
    return std::to_string(odd) + " of " + std::to_string(values.size()) + " scales in \""
        + printable(scale.name) + "\" are zero, negative, NaN or infinite";
}

} // namespace

Result<FloatReader> FloatReader::open(std::shared_ptr<const Model> model, TensorId id)
{
    const TensorInfo& tensor = model->tensor(id);
    const auto view = matrixView(tensor.shape);
    if (!dtypeInfo(tensor.dtype).analysed)
        return Error {Errc::unsupported, tensor.name,
            "the dtype " + std::string(dtypeInfo(tensor.dtype).name) + " is not analysed"};
    if (!view && tensor.shape.size() >= 2)
        return Error {Errc::unsupported, tensor.name, "the tensor has no elements"};
    FloatReader reader;
    reader.m_model = std::move(model);
    reader.m_id = id;
    reader.m_rowsPerSlab = view ? view->rows : 1;
    reader.m_rows = view ? view->slabs * view->rows : 1;
    reader.m_columns = view ? view->columns : tensor.elements();
    if (isScaledFloat8(tensor.dtype)) {
        if (auto scales = reader.openScales(); !scales)
            return scales.error();
    }
    return reader;
}

Result<void> FloatReader::openScales()
{
    const TensorInfo& tensor = m_model->tensor(m_id);
    if (!tensor.scale && m_model->config.fp8)
        return Error {Errc::badShape, tensor.name,
            "expected its scales \"" + printable(tensor.name + "_scale_inv") + "\", found none"};
    if (!tensor.scale)
        return {}; // a checkpoint of plain FP8 values
    const TensorInfo& scale = m_model->tensor(*tensor.scale);
    const auto grid = scaleGrid(tensor, scale, m_model->config.fp8BlockSize);
    if (!grid)
        return grid.error();
    auto values = readScales(*m_model, *tensor.scale);
    if (!values)
        return values.error();
    m_grid = *grid;
    m_scales = std::move(*values);
    m_scaleWarning = oddScales(scale, m_scales);
    return {};
}

Result<void> FloatReader::readRows(
    std::uint64_t rowBegin, std::uint64_t rowCount, std::span<float> out) const
{
    return read(rowBegin, rowCount, 0, m_columns, out);
}

Result<void> FloatReader::read(std::uint64_t rowBegin, std::uint64_t rowCount,
    std::uint64_t columnBegin, std::uint64_t columnCount, std::span<float> out) const
{
    assert(rowBegin <= m_rows && rowCount <= m_rows - rowBegin);
    assert(columnBegin <= m_columns && columnCount <= m_columns - columnBegin);
    assert(out.size() >= rowCount * columnCount);
    if (rowCount == 0 || columnCount == 0)
        return {};
    // Rows of all dtypes that are analysed fill whole bytes, and the header's sizes fit 64 bits.
    const TensorInfo& tensor = m_model->tensor(m_id);
    const std::uint64_t stride = columnBytes(tensor.dtype, 0, m_columns).size;
    const ColumnBytes part = columnBytes(tensor.dtype, columnBegin, columnCount);
    const auto window = m_model->view(
        m_id, rowBegin * stride + part.begin, (rowCount - 1) * stride + part.size);
    if (!window)
        return window.error();
    const std::byte* const bytes = window->bytes().data();
    const auto values = out.first(rowCount * columnCount);
    if (columnCount == m_columns) {
        widen(tensor.dtype, bytes, values);
    } else {
        for (std::uint64_t row = 0; row < rowCount; ++row)
            widenColumns(tensor.dtype, bytes + row * stride, part.firstColumn,
                values.subspan(row * columnCount, columnCount));
    }
    if (auto intact = window->intact(); !intact)
        return intact;
    applyScales(rowBegin, rowCount, columnBegin, columnCount, values);
    return {};
}

void FloatReader::applyScales(
    std::uint64_t rowBegin, std::uint64_t rowCount, std::span<float> rows) const
{
    applyScales(rowBegin, rowCount, 0, m_columns, rows);
}

void FloatReader::applyScales(std::uint64_t rowBegin, std::uint64_t rowCount,
    std::uint64_t columnBegin, std::uint64_t columnCount, std::span<float> values) const
{
    if (m_scales.empty())
        return;
    for (std::uint64_t i = 0; i < rowCount; ++i) {
        const std::uint64_t slab = m_grid.perSlab ? (rowBegin + i) / m_rowsPerSlab : 0;
        const std::uint64_t row = (rowBegin + i) % m_rowsPerSlab;
        const std::uint64_t gridRow = slab * m_grid.rows + row / m_grid.blockRows;
        const float* const scales = m_scales.data() + gridRow * m_grid.columns;
        float* const out = values.data() + i * columnCount;
        std::uint64_t column = columnBegin;
        while (column < columnBegin + columnCount) {
            const std::uint64_t block = column / m_grid.blockColumns;
            const std::uint64_t end
                = std::min((block + 1) * m_grid.blockColumns, columnBegin + columnCount);
            const float scale = scales[block];
            for (; column < end; ++column)
                out[column - columnBegin] *= scale;
        }
    }
}

} // namespace bitloupe
