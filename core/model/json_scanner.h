// SPDX-License-Identifier: GPL-3.0-or-later
// A strict JSON reader that reports events: RFC 8259 and nothing else (no byte order mark,
// comments, NaN, trailing comma or second document), valid UTF-8, no duplicate keys. Iterative;
// numbers stay text, so that the caller decides what they may be. Builds nothing.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bitloupe {

enum class JsonEvent : std::uint8_t {
    beginObject, endObject, beginArray, endArray, key, string, number, trueValue, falseValue, null,
};

struct JsonLimits {
    std::size_t maxBytes = 64u << 20;
    std::size_t maxDepth = 64;
    std::size_t maxValues = 5'000'000; // keys count as values
    Errc malformed = Errc::badJson;
    Errc duplicateRootKey = Errc::badJson; // deeper duplicates are `malformed`
};

/// Receives the events in order; an Error ends the scan and becomes its result.
class JsonHandler {
public:
    virtual ~JsonHandler() = default;
    /// `text` is the decoded key or string, or the number as written; valid during the call.
    virtual Result<void> on(JsonEvent event, std::string_view text) = 0;
};

/// Errors: limits.malformed (with the byte position), limits.duplicateRootKey, headerTooLarge
/// when the text is longer than maxBytes, or what the handler returned.
/// Cost: one pass; memory for the keys of the objects that are open.
Result<void> scanJson(std::string_view text, const JsonLimits& limits, JsonHandler& handler);

/// True when the number token has neither fraction nor exponent.
bool isJsonInteger(std::string_view numberToken);

} // namespace bitloupe
