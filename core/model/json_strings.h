// SPDX-License-Identifier: GPL-3.0-or-later
// The two lexical parts of JSON with rules of their own: strings and numbers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace bitloupe {

/// Length of the number at the front of `text` (the longest that the grammar allows), 0 if none.
std::size_t jsonNumberLength(std::string_view text);

/// Index of the closing quote of a string whose opening quote was before text[0]; empty when it
/// never closes or holds a control character.
std::optional<std::size_t> jsonStringEnd(std::string_view text);

/// Appends the meaning of a string's content (between the quotes) to `out`. False for an unknown
/// escape or half a surrogate pair.
bool decodeJsonString(std::string_view content, std::string& out);

} // namespace bitloupe
