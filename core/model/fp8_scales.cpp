// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/fp8_scales.h"

#include "base/text.h"
#include "model/model.h"

#include <string>

namespace bitloupe {
namespace {

std::uint64_t blocksOf(std::uint64_t size, std::uint64_t block)
{
    return size / block + (size % block != 0 ? 1 : 0);
}

/// Block size with which `count` blocks cover `size`; 0 when the shapes do not say.
std::uint64_t blockFrom(std::uint64_t size, std::uint64_t count)
{
    if (count == size)
        return 1;
    if (count == 1)
        return size;
    for (const std::uint64_t block : {128u, 64u, 32u, 16u, 256u, 512u, 1024u}) {
        if (blocksOf(size, block) == count)
            return block;
    }
    return count != 0 && size % count == 0 ? size / count : 0;
}

std::string shapeText(const Shape& shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size() && i < 8; ++i)
        text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
    return text + (shape.size() > 8 ? ", ...]" : "]");
}

Error misfit(const TensorInfo& weight, const TensorInfo& scale)
{
    return {Errc::badShape, weight.name,
        "its scales \"" + printable(scale.name) + "\" have the shape " + shapeText(scale.shape)
            + ", which does not cover " + shapeText(weight.shape)};
}

} // namespace

bool isScaledFloat8(DType dtype) { return dtype == DType::F8_E4M3 || dtype == DType::F8_E5M2; }

bool linkScales(std::span<TensorInfo> sorted)
{
    bool any = false;
    for (TensorInfo& tensor : sorted) {
        if (!isScaledFloat8(tensor.dtype))
            continue;
        std::vector<std::string> names {tensor.name + "_scale_inv", tensor.name + "_scale"};
        constexpr std::string_view weight = "weight";
        if (tensor.name.ends_with(".weight"))
            names.push_back(tensor.name.substr(0, tensor.name.size() - weight.size()) + "scale");
        for (const std::string& name : names) {
            if (!tensor.scale)
                tensor.scale = findTensor(sorted, name);
        }
        if (tensor.scale)
            sorted[tensor.scale->index()].role = TensorRole::auxiliary;
        any = any || tensor.scale;
    }
    return any;
}

Result<ScaleGrid> scaleGrid(const TensorInfo& weight, const TensorInfo& scale,
    const std::optional<std::array<std::uint64_t, 2>>& blockSize)
{
    const auto view = matrixView(weight.shape).value_or(MatrixView {1, 1, weight.elements()});
    ScaleGrid grid;
    grid.blockRows = view.rows;
    grid.blockColumns = view.columns;
    if (scale.elements() == 1)
        return grid;
    Shape counts = scale.shape; // rows and columns of scales in a slab
    if (view.slabs > 1) {
        if (counts.empty() || counts[0] != view.slabs)
            return misfit(weight, scale);
        counts.erase(counts.begin());
        grid.perSlab = true;
    }
    while (counts.size() < 2)
        counts.push_back(1);
    if (counts.size() != 2 || counts[0] == 0 || counts[1] == 0)
        return misfit(weight, scale);
    grid.rows = counts[0];
    grid.columns = counts[1];
    grid.blockRows = blockFrom(view.rows, grid.rows);
    grid.blockColumns = blockFrom(view.columns, grid.columns);
    if (blockSize && blocksOf(view.rows, (*blockSize)[0]) == grid.rows
        && blocksOf(view.columns, (*blockSize)[1]) == grid.columns) {
        grid.blockRows = (*blockSize)[0];
        grid.blockColumns = (*blockSize)[1];
    } else if (blockSize && !(grid.columns == 1 && (grid.rows == 1 || grid.rows == view.rows))) {
        return misfit(weight, scale); // neither the stated blocks nor one scale a row or tensor
    }
    if (grid.blockRows == 0 || grid.blockColumns == 0)
        return misfit(weight, scale);
    return grid;
}

Result<void> checkScales(const Model& model, bool complete)
{
    for (const TensorInfo& tensor : model.tensors) {
        if (!isScaledFloat8(tensor.dtype) || !model.config.fp8)
            continue;
        if (tensor.scale) {
            const TensorInfo& scale = model.tensor(*tensor.scale);
            if (auto grid = scaleGrid(tensor, scale, model.config.fp8BlockSize); !grid)
                return grid.error();
        } else if (complete) {
            return Error {Errc::badShape, tensor.name,
                "expected its scales \"" + printable(tensor.name + "_scale_inv")
                    + "\", found none"};
        }
    }
    return {};
}

} // namespace bitloupe
