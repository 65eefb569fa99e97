// SPDX-License-Identifier: GPL-3.0-or-later
// What a file is instead of what its name says, from its first bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace bitloupe {

inline constexpr std::size_t sniffBytes = 512;

/// Plain words with advice ("a git-lfs pointer: run git lfs pull"); empty when it is nothing known.
std::optional<std::string_view> foreignContent(std::span<const std::byte> firstBytes);

bool isGguf(std::span<const std::byte> firstBytes);

} // namespace bitloupe
