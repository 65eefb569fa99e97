// SPDX-License-Identifier: GPL-3.0-or-later
// config.json of an MLX directory: the source's, with the quantization of every module and the
// spellings that the client reads.
#pragma once

#include "model/model.h"
#include "plan/target_profile.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

/// The text of config.json. Errors: badJson, unsupported (layer pattern without a period).
Result<std::string> mlxConfig(const Model& model, const TargetProfile& profile,
    std::span<const std::uint16_t> choice);

struct MlxModuleBits {
    std::string path;
    std::uint64_t bits = 0, groupSize = 0;
};
/// Modules that a configuration calls quantized, in its order. Errors: badJson, badConfig when its
/// two keys disagree.
Result<std::vector<MlxModuleBits>> readMlxQuantization(std::string_view configText);

} // namespace bitloupe
