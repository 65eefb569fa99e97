// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/error_tile.h"

#include "measure/error_weights.h"
#include "model/float_reader.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace bitloupe {
namespace {

double nrmseOf(const ErrorTile& tile)
{
    double squared = 0, energy = 0;
    for (std::size_t i = 0; i < tile.before.size(); ++i) {
        const double lost = double(tile.before[i]) - double(tile.after[i]);
        squared += lost * lost;
        energy += double(tile.before[i]) * double(tile.before[i]);
    }
    return energy > 0 ? std::sqrt(squared / energy) : unknownValue;
}

} // namespace

Result<ErrorTile> errorTile(const std::shared_ptr<const Model>& model, TensorId tensor,
    const Codec& codec, DType scaleType, const std::shared_ptr<const Moments>& moments, std::uint64_t row,
    std::uint64_t column, const Job& job)
{
    const auto reader = FloatReader::open(model, tensor);
    if (!reader)
        return reader.error();
    const std::string& name = model->tensor(tensor).name;
    if (row >= reader->rows() || column >= reader->columns())
        return Error {Errc::badArgument, name, "there is no such row and column"};
    ErrorTile tile;
    tile.firstRow = row / errorTileSide * errorTileSide;
    tile.firstColumn = column / errorTileSide * errorTileSide;
    tile.rows = std::min(errorTileSide, reader->rows() - tile.firstRow);
    tile.columns = std::min(errorTileSide, reader->columns() - tile.firstColumn);
    const auto layout = rowLayout(codec, tile.columns, scaleType);
    if (!layout || !rowLayout(codec, reader->columns(), scaleType))
        return Error {
            Errc::badArgument, name, "its rows do not fit " + std::string(codec.name)};
    tile.before.resize(tile.rows * tile.columns);
    tile.after.resize(tile.before.size());
    std::vector<std::byte> codes(layout->codes), scales(layout->scales), biases(layout->biases);
    const auto weights = ErrorWeights::make(model->tensor(tensor), tensor, moments);
    if (!weights)
        return weights.error();
    const bool steered = weights->any() && weights->columns() == reader->columns()
        && !model->tensor(tensor).transposed;
    std::vector<float> steering(steered ? tile.columns : 0);
    for (std::uint64_t i = 0; i < tile.rows; ++i) {
        if (job.stopRequested())
            return Job::cancelled();
        const std::span<float> line = std::span(tile.before).subspan(i * tile.columns, tile.columns);
        if (auto read = reader->read(tile.firstRow + i, 1, tile.firstColumn, tile.columns, line); !read)
            return read.error();
        for (float& value : line)
            value = std::isfinite(value) ? value : 0;
        if (steered)
            weights->steering(tile.firstRow + i, tile.firstColumn, 1, steering);
        encodeRow(codec, scaleType, Encoder::search, line, steering, {codes, scales, biases});
        decodeRow(codec, scaleType, {codes, scales, biases}, Decode::exact,
            std::span(tile.after).subspan(i * tile.columns, tile.columns));
    }
    tile.nrmse = nrmseOf(tile);
    return tile;
}

} // namespace bitloupe
