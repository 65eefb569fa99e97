// SPDX-License-Identifier: GPL-3.0-or-later
// How the scale tensor of an FP8 weight covers it: value = fp8 * scale of its block, whatever the
// suffix ("_inv" in a name does not mean a division).
#pragma once

#include "base/result.h"
#include "model/tensor.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace bitloupe {

/// Blocks of one slab; the last of a row or column may be ragged.
struct ScaleGrid {
    std::uint64_t blockRows = 1, blockColumns = 1;
    std::uint64_t rows = 1, columns = 1; // scales per slab
    bool perSlab = false; // false: one slab of scales for all
};

/// Sets `scale` of every FP8 tensor that has one, by name: NAME_scale_inv, NAME_scale, or .scale
/// in place of .weight; the scales become auxiliary. Returns whether any has. `sorted` is in name order.
bool linkScales(std::span<TensorInfo> sorted);

bool isScaledFloat8(DType dtype);

/// Errors: badShape, naming both tensors, when the grid does not cover the weight. `blockSize`
/// is what the configuration says; without it the shapes decide, 128 first.
Result<ScaleGrid> scaleGrid(const TensorInfo& weight, const TensorInfo& scale,
    const std::optional<std::array<std::uint64_t, 2>>& blockSize);

struct Model;

/// Whether every FP8 matrix of a model with scales has its own, of shapes that fit. Of a model that
/// is not `complete` those may lie in a file that is not here.
/// Errors: badShape, naming the tensor and its scales.
Result<void> checkScales(const Model& model, bool complete);

} // namespace bitloupe
