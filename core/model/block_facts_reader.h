// SPDX-License-Identifier: GPL-3.0-or-later
// Reads BlockFacts. Private to the configuration reader.
#pragma once

#include "model/block_facts.h"
#include "model/model.h"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace bitloupe {

/// Facts of the language model's part; `outer` is the whole document, where token ids may stand.
/// Adds a warning for each value that makes no sense.
BlockFacts readBlockFacts(const nlohmann::json& text, const nlohmann::json& outer,
    std::vector<ModelWarning>& warnings);

} // namespace bitloupe
