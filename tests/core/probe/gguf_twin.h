// SPDX-License-Identifier: GPL-3.0-or-later
// A made checkpoint once more as a GGUF file, with llama.cpp's names and order of rows.
#pragma once

#include "core/probe/made_model.h"

#include <optional>
#include <string>

namespace bitloupe::test {

struct GgufTwin {
    std::shared_ptr<const Model> model; // null when it cannot be opened
    std::shared_ptr<ScratchFolder> folder = std::make_shared<ScratchFolder>();
};

/// Of MadeModel::llama() or mixture(). Experts are stacked, rows of q and k are interleaved when
/// `neighbours`.
GgufTwin ggufTwin(const MadeModel& made, const std::string& architecture, bool neighbours,
    const std::optional<std::vector<float>>& ropeDivisors = std::nullopt);

/// "model.layers.1.mlp.up_proj.weight" of "blk.1.ffn_up.weight"; of a stack that of the expert.
std::string ggufName(const std::string& name);

} // namespace bitloupe::test
