// SPDX-License-Identifier: GPL-3.0-or-later
// The GGUF target: decisions under the names of llama.cpp, the types their rows allow, exact sizes.
#pragma once

#include "export/export_target.h"
#include "export/weight_files.h"

namespace bitloupe {

Result<TargetProfile> ggufProfile(const Model& model, const ProfileOptions& options);

Result<WeightFiles> ggufWeightFiles(const Model& model, const TargetProfile& profile,
    std::span<const std::uint16_t> choice, const std::string& fileName);

/// What llama-quantize makes under its names, by falling size, as far as blocks are in it.
std::vector<NamedMix> ggufMixes(const TargetProfile& profile);

/// "BASE-BL-Q4_K_M.gguf", as nearestRecipe names it.
std::string ggufFileName(
    const Model& model, const TargetProfile& profile, std::span<const std::uint16_t> choice);

} // namespace bitloupe
