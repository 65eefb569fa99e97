// SPDX-License-Identifier: GPL-3.0-or-later
// What the key-values of a GGUF file say about its architecture, as the facts that config.json
// gives for other checkpoints.
#pragma once

#include "model/config_reader.h"
#include "model/gguf_metadata.h"

#include <functional>

namespace bitloupe {

/// A small F32 tensor by name; empty when there is none of that kind.
using GgufVector = std::function<std::optional<std::vector<float>>(std::string_view name)>;

/// Facts and warnings; a value of the wrong type or without sense is a warning and stays empty.
/// `tensors` have roles. `vectors` reads factors of rotary frequencies, which are tensors here.
ConfigReading readGgufConfig(const GgufMetadata& metadata, std::span<const TensorInfo> tensors,
    const GgufVector& vectors);

/// Whether llama.cpp gives models of this type a cache for every token, whatever window their
/// configuration names.
bool ggufIgnoresWindow(std::string_view modelType);

/// How llama.cpp calls what reconcileConfig compares.
ConfigNames ggufConfigNames(const GgufMetadata& metadata, std::string where);

} // namespace bitloupe
