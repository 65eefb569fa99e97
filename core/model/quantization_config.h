// SPDX-License-Identifier: GPL-3.0-or-later
// What a configuration says about quantization. Private to the configuration reader.
#pragma once

#include "base/result.h"
#include "model/model.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <optional>

namespace bitloupe {

struct QuantizationConfig {
    std::optional<QuantizedSource> quantized;
    bool fp8 = false; // float8 weights with scales: analysed, not refused
    std::optional<std::array<std::uint64_t, 2>> fp8BlockSize;
};

/// `text` is the nested language part or `outer` itself; either may hold the keys.
/// Errors: badConfig when there is a value that cannot be read.
Result<QuantizationConfig> readQuantizationConfig(
    const nlohmann::json& outer, const nlohmann::json& text);

} // namespace bitloupe
