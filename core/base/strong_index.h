// SPDX-License-Identifier: GPL-3.0-or-later
// An index into one table that cannot be used in another (TensorId, CodecId).
#pragma once

#include <cstddef>
#include <cstdint>

#include <compare> // after <cstddef>, without which Qt's moc cannot read it

namespace bitloupe {

template <typename Tag, typename Int = std::uint32_t>
struct StrongIndex {
    Int value = 0;

    constexpr std::size_t index() const { return static_cast<std::size_t>(value); }
    friend constexpr auto operator<=>(StrongIndex, StrongIndex) = default;
};

} // namespace bitloupe
