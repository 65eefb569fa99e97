// SPDX-License-Identifier: GPL-3.0-or-later
// Text that must not depend on the locale: numbers, sizes, escaping of names from hostile files.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace bitloupe {

/// Shortest text that reads back as the same double; "nan", "inf", "-inf" for those.
std::string numberText(double value);

/// `digits` significant digits, no exponent between 1e-4 and 1e6, e.g. "0.0935".
std::string roundedText(double value, int digits);

/// Exactly `decimals` digits after the point, e.g. "4.50".
std::string fixedText(double value, int decimals);

/// "75,732,544".
std::string groupedText(std::uint64_t value);

/// Decimal units as on the box: "75.7 MB", "4.83 GB"; bytes below 1,000.
std::string sizeText(std::uint64_t bytes);

/// Bytes meant by "4.5GB", "4.2GiB", "800M", "75715200" (any of k M G T, with B, iB or nothing;
/// "4.5G" means 10^9). Empty for anything else, negative numbers and overflow.
std::optional<std::uint64_t> parseSize(std::string_view text);

/// A finite double, the whole text, with a point whatever the locale; empty otherwise.
std::optional<double> parseDouble(std::string_view text);

/// A decimal unsigned integer, the whole text; empty otherwise.
std::optional<std::uint64_t> parseUnsigned(std::string_view text);

/// The text made safe for one line of a terminal: control characters, invalid UTF-8 and
/// direction overrides written as \xNN or \u{N}; longer than `maxBytes` is elided in the middle.
std::string printable(std::string_view text, std::size_t maxBytes = 200);

/// True when the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
bool isUtf8(std::string_view bytes);

/// True when the text ends with one of the suffixes.
bool endsWithAny(std::string_view text, std::initializer_list<std::string_view> suffixes);

/// Order of names in which "layers.2" stands before "layers.10".
bool naturalLess(std::string_view a, std::string_view b);

} // namespace bitloupe
