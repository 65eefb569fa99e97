// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the client's compiled-in splitting rules a tokenizer.json asks for. The rules are
// recognised by the text of their patterns; what is not recognised is refused, never guessed.
#pragma once

#include "base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace bitloupe {

/// The value of tokenizer.ggml.pre for the document of a byte-level BPE tokenizer.json.
/// Errors: unsupported, with the patterns found in the detail.
Result<std::string> preTokenizerName(const nlohmann::json& tokenizer);

} // namespace bitloupe
