// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/weight.h"

#include "base/checked.h"
#include "model/float_reader.h"
#include "numeric/transpose.h"

#include <cassert>

namespace bitloupe {

struct Weight::Storage {
    DType dtype = DType::F32;
    std::vector<std::byte> raw; // as stored, or
    std::vector<float> values;
};

namespace {

bool keptAsStored(DType dtype)
{
    return dtype == DType::F32 || dtype == DType::F16 || dtype == DType::BF16;
}

std::size_t bytesOf(DType dtype) { return static_cast<std::size_t>(dtypeInfo(dtype).bits) / 8; }

Result<std::vector<std::byte>> readRaw(
    const Model& model, TensorId tensor, std::uint64_t begin, std::uint64_t size)
{
    const auto window = model.view(tensor, begin, size);
    if (!window)
        return window.error();
    std::vector<std::byte> bytes(window->bytes().begin(), window->bytes().end());
    if (auto intact = window->intact(); !intact)
        return intact.error();
    return bytes;
}

Result<std::vector<float>> readFloats(const std::shared_ptr<const Model>& model, TensorId tensor,
    std::uint64_t slab, std::uint64_t rows)
{
    const auto reader = FloatReader::open(model, tensor);
    if (!reader)
        return reader.error();
    std::vector<float> values(static_cast<std::size_t>(rows * reader->columns()));
    if (auto read = reader->readRows(slab * rows, rows, values); !read)
        return read.error();
    return values;
}

} // namespace

Result<Weight> Weight::read(const std::shared_ptr<const Model>& model, TensorId tensor,
    std::uint64_t slab, bool transposed)
{
    const TensorInfo& info = model->tensor(tensor);
    const auto view = matrixView(info.shape);
    if (!view || slab >= view->slabs)
        return Error {Errc::badShape, info.name, "expected a matrix"};
    auto storage = std::make_shared<Storage>();
    Weight weight;
    weight.m_rows = static_cast<std::size_t>(transposed ? view->columns : view->rows);
    weight.m_columns = static_cast<std::size_t>(transposed ? view->rows : view->columns);
    if (keptAsStored(info.dtype) && !transposed) {
        const std::uint64_t size = view->rows * view->columns * bytesOf(info.dtype);
        auto raw = readRaw(*model, tensor, slab * size, size);
        if (!raw)
            return raw.error();
        storage->dtype = info.dtype;
        storage->raw = std::move(*raw);
    } else {
        auto values = readFloats(model, tensor, slab, view->rows);
        if (!values)
            return values.error();
        storage->values = std::move(*values);
        if (transposed) {
            std::vector<float> turned(storage->values.size());
            transpose(storage->values.data(), weight.m_rows, weight.m_columns, weight.m_rows,
                turned.data(), weight.m_columns);
            storage->values = std::move(turned);
        }
    }
    weight.m_storage = std::move(storage);
    return weight;
}

Weight Weight::fromFloats(std::vector<float> values, std::size_t out, std::size_t in)
{
    assert(values.size() == out * in);
    auto storage = std::make_shared<Storage>();
    storage->values = std::move(values);
    Weight weight;
    weight.m_storage = std::move(storage);
    weight.m_rows = out;
    weight.m_columns = in;
    return weight;
}

Weight Weight::rows(std::size_t begin, std::size_t count) const
{
    assert(begin <= m_rows && count <= m_rows - begin);
    Weight part = *this;
    part.m_firstRow += begin;
    part.m_rows = count;
    return part;
}

std::uint64_t Weight::bytes() const
{
    return static_cast<std::uint64_t>(m_rows) * m_columns
        * (m_storage ? bytesOf(m_storage->dtype) : 0);
}

void Weight::widenBlock(std::size_t rowBegin, std::size_t rowCount, std::size_t columnBegin,
    std::size_t columnCount, float* out, std::size_t stride) const
{
    assert(rowBegin + rowCount <= m_rows && columnBegin + columnCount <= m_columns);
    for (std::size_t row = 0; row < rowCount; ++row) {
        const std::size_t first = (m_firstRow + rowBegin + row) * m_columns + columnBegin;
        const std::span<float> to {out + row * stride, columnCount};
        if (!m_storage->values.empty())
            copyBytes(to.data(), m_storage->values.data() + first, columnCount * sizeof(float));
        else
            widen(m_storage->dtype, m_storage->raw.data() + first * bytesOf(m_storage->dtype), to);
    }
}

void Weight::widenRow(std::size_t row, std::span<float> out) const
{
    assert(out.size() == m_columns);
    widenBlock(row, 1, 0, m_columns, out.data(), m_columns);
}

Result<std::vector<float>> readVector(const std::shared_ptr<const Model>& model, TensorId tensor)
{
    const auto reader = FloatReader::open(model, tensor);
    if (!reader)
        return reader.error();
    std::vector<float> values(static_cast<std::size_t>(reader->rows() * reader->columns()));
    if (auto read = reader->readRows(0, reader->rows(), values); !read)
        return read.error();
    return values;
}

} // namespace bitloupe
