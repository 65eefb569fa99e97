// SPDX-License-Identifier: GPL-3.0-or-later
// An index into one table that cannot be used in another (TensorId, CodecId).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace bitloupe {

template <typename Tag, typename Int = std::uint32_t>
struct StrongIndex {
    Int value = 0;

    constexpr std::size_t index() const { return static_cast<std::size_t>(value); }
    friend constexpr auto operator<=>(StrongIndex, StrongIndex) = default;
};

} // namespace bitloupe
