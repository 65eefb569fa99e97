// SPDX-License-Identifier: GPL-3.0-or-later
// The rotary position embedding that a GGUF file describes. Private to the GGUF configuration.
#pragma once

#include "model/gguf_config.h"

namespace bitloupe {

/// `positive` reads a number by its key without the architecture, `kind` is rope.scaling.type.
RopeFacts readGgufRope(const std::function<std::optional<double>(std::string_view)>& positive,
    std::optional<std::string_view> kind, const GgufVector& vectors);

} // namespace bitloupe
