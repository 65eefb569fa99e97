// SPDX-License-Identifier: GPL-3.0-or-later
// The safetensors files of a plan, laid out before a weight is read: every tensor's file and
// offset, every header's bytes. Layout: 8 bytes length n, n bytes JSON padded with spaces, data
// without holes, tensors by falling element size and then name.
#pragma once

#include "base/result.h"
#include "export/output_tensors.h"
#include "plan/file_layout.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace bitloupe {

/// Where one decision's parts lie: absolute offsets in its shard's file.
struct PlacedDecision {
    std::uint32_t shard = 0;
    std::array<std::uint64_t, 3> offset {}; // by TensorPart
    std::array<std::uint64_t, 3> rowBytes {};
};

struct WeightFile {
    std::string name; // "model.safetensors" or "model-00001-of-00002.safetensors"
    std::string header; // length field included
    std::uint64_t dataBytes = 0;
    std::uint64_t fileBytes() const { return header.size() + dataBytes; }
};

struct WeightFiles {
    std::vector<WeightFile> files;
    std::vector<PlacedDecision> placed; // as the profile's decisions
    std::string index; // model.safetensors.index.json; empty for a single file
    std::uint64_t dataBytes = 0, fileBytes = 0;
};

/// The files of a plan's choices. Errors: headerTooLarge, duplicateName (two outputs of one name).
Result<WeightFiles> layoutWeightFiles(
    const TargetProfile& profile, std::span<const std::uint16_t> choice);

} // namespace bitloupe
