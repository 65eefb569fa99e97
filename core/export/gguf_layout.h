// SPDX-License-Identifier: GPL-3.0-or-later
// The GGUF files of a plan, laid out before a weight is read: header bytes and every tensor's
// offset, contiguous in the order of the infos.
#pragma once

#include "export/gguf_header.h"
#include "export/weight_files.h"

#include <span>

namespace bitloupe {

inline constexpr std::string_view ggufSuffix = ".gguf";

/// Number by which GGUF names the type that a codec stores; empty when it has none.
std::optional<std::uint32_t> ggufTypeOf(const Codec& codec);

/// `fileName` ends in ".gguf"; files of a split set are named after it. Errors: badShape (rank,
/// length of a name), badPlan (more files than can be numbered).
Result<WeightFiles> layoutGgufFiles(const TargetProfile& profile,
    std::span<const std::uint16_t> choice, const GgufContents& contents,
    const std::string& fileName);

} // namespace bitloupe
