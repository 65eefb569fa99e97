// SPDX-License-Identifier: GPL-3.0-or-later
// Steps of a hull counted by the leading bits of their slope, slice by slice, while the hull is
// made: what it takes to order them later without reading them all once more. Private to plan.
#pragma once

#include "base/large_pages.h"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace bitloupe {

/// Buckets of falling slope: those of bucket b are steeper than those of b + 1. Counts of a slice
/// are `count` numbers from slice * count on.
struct StepBuckets {
    // A positive float's bits rise with its value: exponent and 5 bits of mantissa, reversed.
    static constexpr std::size_t count = 1u << 13;

    LargeVector<std::uint32_t> steps;
    LargeVector<std::uint64_t> cost; // bytes that the steps add

    static std::size_t of(double slope)
    {
        const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(slope));
        return count - 1 - (bits >> 18);
    }
};

} // namespace bitloupe
