// SPDX-License-Identifier: GPL-3.0-or-later
// The vector kernels behind affine.cpp; each works on up to 16 groups of a row at a time. Sums run
// in an order that does not depend on the vector width, and products and sums are rounded one by
// one, so that every Highway target gives the same bits.
//
// A group whose largest magnitude lies outside [2^-30, 2^30] is worked on after multiplication by a
// power of two, so that no square or range overflows or vanishes.
#pragma once

#include "codec/codec.h"

namespace bitloupe {

inline constexpr std::size_t affineBlockGroups = 16;
inline constexpr std::size_t affineMaxGroupSize = 128;

/// What the kernels need to know of a codec.
struct AffineFormat {
    int bits = 0;
    std::size_t groupSize = 0;
    DType scaleType = DType::F32;
    float topCode = 0; // 2^bits - 1
    float valueLimit = 0; // largest finite number of scaleType
    float scaleLimit = 0; // largest of scaleType that times topCode is within valueLimit
    std::array<float, 3> clips {}; // of the half range, tried by the search at either end
};

/// Of an affine codec.
AffineFormat affineFormat(const Codec& codec, DType scaleType);

/// Writes numbers of scaleType as they are stored.
void writeAffineNumbers(DType scaleType, std::span<const float> numbers, std::byte* out);

/// Scales and biases of up to 16 consecutive groups, and what is known of the groups.
struct AffineBlock {
    using Lanes = std::array<float, affineBlockGroups>;
    alignas(64) Lanes scale {}, bias {}; // numbers of scaleType, as they are stored
    alignas(64) Lanes down {}, up {}; // exact powers of two and their inverse; 1 as a rule
    alignas(64) Lanes low {}, high {}; // smallest and largest value, times `down`
    bool scaled = false; // some `down` is not 1
};

/// Errors of a row in 16 lanes: lane j sums the columns j, j + 16, ...
struct AffineErrors {
    alignas(64) std::array<double, 16> squared {};
    alignas(64) std::array<double, 16> weighted {};
};

/// Smallest and largest value of each group.
void findRanges(
    const float* values, std::size_t groupSize, std::size_t groups, float* low, float* high);

/// Fills the block with the client's own choice of scale and bias, rounded to scaleType.
void chooseAsClient(
    const AffineFormat& format, const float* values, std::size_t groups, AffineBlock& block);

/// Replaces the block's scales and biases where the search finds better ones. `weights` has one
/// number a value, or is null.
void searchBlock(const AffineFormat& format, const float* values, const float* weights,
    std::size_t groups, AffineBlock& block);

/// Gives each value the code whose decoded value is nearest and adds up the errors; packs the
/// codes unless `codes` is null.
void assignCodes(const AffineFormat& format, const AffineBlock& block, const float* values,
    const float* weights, std::size_t groups, std::byte* codes, AffineErrors& errors);

/// out[i] = scale * codes[i] + bias; rounded after each of the two to `rounding` (F32: not at all).
void decodeGroup(const std::uint8_t* codes, float scale, float bias, DType rounding,
    std::span<float> out);

} // namespace bitloupe
