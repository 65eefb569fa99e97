// SPDX-License-Identifier: GPL-3.0-or-later
// config.json as facts and warnings. Follows transformers' spellings, old and new, and looks into
// text_config when there is one.
#pragma once

#include "base/result.h"
#include "model/config_facts.h"
#include "model/model.h"

#include <string_view>
#include <vector>

namespace bitloupe {

// Layers drive loops, and sizes products.
inline constexpr std::int64_t maxConfigLayers = 10'000;
inline constexpr std::int64_t maxConfigSize = std::int64_t {1} << 40;

struct ConfigReading {
    ConfigFacts facts;
    std::optional<QuantizedSource> quantized;
    std::vector<ModelWarning> warnings;
};

/// Errors: badJson; badConfig when it is not an object, or says something about quantization that
/// cannot be read (guessing there would treat codes as weights).
Result<ConfigReading> readConfig(std::string_view text);

/// What the facts are called where they come from, for warnings.
struct ConfigNames {
    std::string where = "config.json";
    std::string layers = "num_hidden_layers";
    std::string hiddenSize = "hidden_size";
    std::string vocabSize = "vocab_size";
    std::string experts = "num_experts";
    std::string kvHeads = "num_key_value_heads";
};

/// Compares facts with the tensors. Where they disagree the tensors win: the fact is replaced and
/// a warning returned. `complete`: all tensors of the model are there.
std::vector<ModelWarning> reconcileConfig(ConfigFacts& facts, std::span<const TensorInfo> tensors,
    bool complete, const ConfigNames& names = {});

} // namespace bitloupe
