// SPDX-License-Identifier: GPL-3.0-or-later
// Which layers attend to everything, which to a window, which keep a constant state. Private to
// the readers of configurations.
#pragma once

#include "model/config_facts.h"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace bitloupe {

/// One kind a layer, or nothing when all are full or the configuration does not say.
/// `facts` has layers, window and model type already.
std::vector<LayerKind> readLayerKinds(const nlohmann::json& text, const ConfigFacts& facts);

/// Every period-th layer is full, the others are `rest`. `period` is positive.
std::vector<LayerKind> periodicKinds(std::int64_t layers, std::int64_t period, LayerKind rest);

} // namespace bitloupe
