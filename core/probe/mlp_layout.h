// SPDX-License-Identifier: GPL-3.0-or-later
// The feed-forward half of one layer, dense or a mixture of experts. Private to the description
// of architectures.
#pragma once

#include "probe/attention_layout.h"

namespace bitloupe {

/// Sets block.mlp or block.experts; obstacles are collected in `parts`.
void describeMlp(TensorParts& parts, const LayerTensors& layer, const LayoutContext& context,
    Block& block);

} // namespace bitloupe
