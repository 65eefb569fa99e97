// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/weight.h"

#include "base/checked.h"
#include "job/parallel.h"
#include "model/float_reader.h"
#include "numeric/transpose.h"

#include <algorithm>
#include <cassert>
#include <functional>

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

constexpr std::uint64_t pieceBytes = 4u << 20; // read between two looks at the stop

/// Pieces [begin, begin + size) of `total` at a time, from many threads.
Result<void> inPieces(const Job& job, std::uint64_t total, std::uint64_t piece,
    const std::function<Result<void>(std::uint64_t begin, std::uint64_t size)>& read)
{
    const std::uint64_t count = (total + piece - 1) / piece;
    return parallelFor(job, static_cast<std::size_t>(count), [&](std::size_t i) -> Result<void> {
        return read(i * piece, std::min(piece, total - i * piece));
    });
}

Result<void> readRaw(const Model& model, TensorId tensor, std::uint64_t begin,
    std::span<std::byte> out, const Job& job)
{
    const auto piece = [&](std::uint64_t first, std::uint64_t size) -> Result<void> {
        const auto window = model.view(tensor, begin + first, size);
        if (!window)
            return window.error();
        copyBytes(out.data() + first, window->bytes().data(), static_cast<std::size_t>(size));
        return window->intact();
    };
    return inPieces(job, out.size(), pieceBytes, piece);
}

Result<void> readFloats(const std::shared_ptr<const Model>& model, TensorId tensor,
    std::uint64_t firstRow, std::uint64_t rows, std::span<float> out, const Job& job)
{
    const auto reader = FloatReader::open(model, tensor);
    if (!reader)
        return reader.error();
    const std::uint64_t width = reader->columns();
    const std::uint64_t piece = std::max<std::uint64_t>(1, pieceBytes / 4 / width);
    return inPieces(job, rows, piece, [&](std::uint64_t first, std::uint64_t count) {
        return reader->readRows(firstRow + first, count,
            out.subspan(static_cast<std::size_t>(first * width),
                static_cast<std::size_t>(count * width)));
    });
}

} // namespace

Result<Weight> Weight::read(const std::shared_ptr<const Model>& model, TensorId tensor,
    std::uint64_t slab, bool transposed, const Job& job)
{
    const TensorInfo& info = model->tensor(tensor);
    const auto view = matrixView(info.shape);
    if (!view || slab >= view->slabs)
        return Error {Errc::badShape, info.name, "expected a matrix"};
    auto storage = std::make_shared<Storage>();
    Weight weight;
    weight.m_rows = static_cast<std::size_t>(transposed ? view->columns : view->rows);
    weight.m_columns = static_cast<std::size_t>(transposed ? view->rows : view->columns);
    const std::size_t count = weight.m_rows * weight.m_columns;
    if (keptAsStored(info.dtype) && !transposed) {
        storage->dtype = info.dtype;
        storage->raw.resize(count * bytesOf(info.dtype));
        auto done = readRaw(*model, tensor, slab * storage->raw.size(), storage->raw, job);
        if (!done)
            return done.error();
    } else {
        storage->values.resize(count);
        auto done = readFloats(
            model, tensor, slab * view->rows, view->rows, storage->values, job);
        if (!done)
            return done.error();
        if (transposed) {
            std::vector<float> turned(count);
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
