// SPDX-License-Identifier: GPL-3.0-or-later
// The attention of one layer as its tensors and the configuration describe it. Private to the
// description of architectures.
#pragma once

#include "probe/families.h"
#include "probe/layer_tensors.h"

namespace bitloupe {

struct LayoutContext {
    const Family* family = nullptr; // null: tier 2 at most
    std::size_t hidden = 0;
    double epsilon = 0;
    std::size_t layer = 0;
};

struct HeadNorms {
    std::optional<TensorId> query, key; // of heads
    std::optional<TensorId> compressedQuery, compressedValue;
};

/// Obstacles are collected in `parts`; with one against tier 2 the result may be incomplete.
Attention describeAttention(TensorParts& parts, const LayerTensors& layer,
    const LayoutContext& context, const HeadNorms& norms);

} // namespace bitloupe
