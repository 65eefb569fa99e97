// SPDX-License-Identifier: GPL-3.0-or-later
// Small JSON files as a checked document, and getters that check types and ranges. The document
// is built only from text that scanJson accepts. For the .cpp files of model, export and report.
#pragma once

#include "base/result.h"
#include "model/json_scanner.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

/// The document. Integers of 64 bits are exact; other numbers are doubles, beyond their range
/// infinite. Errors: as scanJson.
Result<nlohmann::json> parseStrictJson(std::string_view text, const JsonLimits& limits = {});

/// The value under `key` of an object; null when absent, null or when `object` is none.
const nlohmann::json* findJson(const nlohmann::json& object, std::string_view key);

/// The getters are empty when the value is absent, of another type or out of range.
std::optional<std::string> jsonString(const nlohmann::json& object, std::string_view key);
std::optional<bool> jsonBool(const nlohmann::json& object, std::string_view key);
std::optional<double> jsonNumber(const nlohmann::json& object, std::string_view key); // finite
std::optional<std::int64_t> jsonInteger(const nlohmann::json& object, std::string_view key,
    std::int64_t least = std::numeric_limits<std::int64_t>::min(),
    std::int64_t most = std::numeric_limits<std::int64_t>::max());
std::optional<std::uint64_t> jsonUnsigned(const nlohmann::json& object, std::string_view key,
    std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
std::optional<std::vector<std::string>> jsonStrings(
    const nlohmann::json& object, std::string_view key);

/// The integer a value holds, also written as 4.0; empty otherwise.
std::optional<std::int64_t> integerOf(const nlohmann::json& value, std::int64_t least,
    std::int64_t most);

} // namespace bitloupe
