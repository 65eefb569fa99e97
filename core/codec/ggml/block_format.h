// SPDX-License-Identifier: GPL-3.0-or-later
// What the weight blocks of ggml can express, as one table; how their bits lie is block_bits.h.
// A value is (d * scale) * level, less dmin * min or plus m where the format has either.
#pragma once

#include "codec/dtype.h"

#include <array>

namespace bitloupe {

inline constexpr std::size_t largestBlock = 256;
inline constexpr std::size_t mostBlockGroups = 16;

/// How a group's offset is stored.
enum class BlockOffset : std::uint8_t {
    none,
    added, // one f16 a block
    subtracted, // f16 dmin times a small number that is not negative
};

using BlockLevels = std::array<std::int8_t, 16>;

/// The levels of IQ4_NL and IQ4_XS.
inline constexpr BlockLevels iq4Levels { -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38,
    53, 69, 89, 113 };
/// The numbers of E2M1, doubled.
inline constexpr BlockLevels e2m1Levels { 0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12 };

struct BlockFormat {
    DType dtype;
    std::size_t size; // values of a block
    std::size_t groupSize; // values that share scale and offset
    int bits; // of a code
    int zeroCode; // level = code - zeroCode, or from the table
    const BlockLevels* levels; // null: the codes are equidistant
    int lowestScale, highestScale; // multiples of d that a group can have
    BlockOffset offset;
    int highestMin; // multiples of dmin

    /// Of equidistant codes, those that are written: Q8_0 can hold -128, but ggml never makes it.
    int lowestLevel() const { return bits == 8 ? -127 : -zeroCode; }
    int highestLevel() const { return (1 << bits) - 1 - zeroCode; }
    std::size_t groups() const { return size / groupSize; }
    std::size_t bytes() const { return static_cast<std::size_t>(dtypeInfo(dtype).blockBytes); }
    /// Whether groups share d, so that their scales are small whole numbers.
    bool isSuperblock() const { return groups() > 1; }
};

/// Null for other dtypes, among them blocks whose values are not read.
const BlockFormat* findBlockFormat(DType dtype);

} // namespace bitloupe
