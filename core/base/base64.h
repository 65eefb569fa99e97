// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as text of 64 characters. Source: RFC 4648, section 4.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

std::string base64(std::span<const std::byte> bytes);

/// Empty for anything but whole, padded groups of the alphabet with zero spare bits.
std::optional<std::vector<std::byte>> fromBase64(std::string_view text);

} // namespace bitloupe
