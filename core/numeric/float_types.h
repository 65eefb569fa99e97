// SPDX-License-Identifier: GPL-3.0-or-later
// Narrow float formats to and from float: one value (constexpr, the oracle) and many (Highway,
// run-time dispatch, any alignment). Integer arithmetic on the bits, so that neither the vector
// width nor a flush-to-zero mode changes a result.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace bitloupe {

constexpr float bf16ToFloat(std::uint16_t bits)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

/// Value of a small float with `mantissaBits`, an exponent of the rest below the sign, and IEEE
/// subnormals. Infinity and NaN are the caller's business.
constexpr float smallFloat(std::uint32_t magnitude, int mantissaBits, int bias)
{
    const std::uint32_t exponent = magnitude >> mantissaBits;
    const std::uint32_t fraction = magnitude & ((1u << mantissaBits) - 1u);
    if (exponent != 0) {
        return std::bit_cast<float>(
            (magnitude << (23 - mantissaBits)) + (static_cast<std::uint32_t>(127 - bias) << 23));
    }
    // fraction * 2^(1 - bias - mantissaBits): both factors and the product are normal floats.
    return static_cast<float>(fraction)
        * std::bit_cast<float>(static_cast<std::uint32_t>(128 - bias - mantissaBits) << 23);
}

constexpr float withSign(float magnitude, bool negative)
{
    return std::bit_cast<float>(
        std::bit_cast<std::uint32_t>(magnitude) | (negative ? 0x8000'0000u : 0u));
}

constexpr float f16ToFloat(std::uint16_t bits)
{
    const std::uint32_t magnitude = bits & 0x7fffu;
    if (magnitude >= 0x7c00u) { // infinity, or a NaN with its payload
        return std::bit_cast<float>(0x7f80'0000u | ((magnitude & 0x3ffu) << 13)
            | (static_cast<std::uint32_t>(bits & 0x8000u) << 16));
    }
    return withSign(smallFloat(magnitude, 10, 15), (bits & 0x8000u) != 0);
}

/// The "fn" variant: no infinity, NaN at 0x7f and 0xff.
constexpr float f8E4m3ToFloat(std::uint8_t bits)
{
    const std::uint32_t magnitude = bits & 0x7fu;
    const float value
        = magnitude == 0x7fu ? std::bit_cast<float>(0x7fc0'0000u) : smallFloat(magnitude, 3, 7);
    return withSign(value, (bits & 0x80u) != 0);
}

/// The upper half of an F16.
constexpr float f8E5m2ToFloat(std::uint8_t bits)
{
    return f16ToFloat(static_cast<std::uint16_t>(bits << 8));
}

/// Nearest even; overflow becomes infinity, NaN a quiet NaN with the upper bits of its payload.
constexpr std::uint16_t floatToBf16(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7fff'ffffu) > 0x7f80'0000u)
        return static_cast<std::uint16_t>((bits >> 16) | 0x40u);
    return static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

/// Nearest even; overflow becomes infinity, NaN a quiet NaN with the upper bits of its payload.
constexpr std::uint16_t floatToF16(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t magnitude = bits & 0x7fff'ffffu;
    const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000u);
    std::uint32_t half = 0;
    if (magnitude > 0x7f80'0000u)
        half = 0x7e00u | ((magnitude >> 13) & 0x3ffu);
    else if (magnitude >= 0x4780'0000u) // 65536
        half = 0x7c00u;
    else if (magnitude >= 0x3880'0000u) // 2^-14: carries run from the fraction to the exponent
        half = (magnitude - 0x3800'0000u + 0xfffu + ((magnitude >> 13) & 1u)) >> 13;
    else // adding 0.5 puts a unit of 2^-24 in the last place, rounded to nearest even
        half = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - 0x3f00'0000u;
    return static_cast<std::uint16_t>(sign | half);
}

/// The nearest value that the format can hold.
constexpr float roundToBf16(float value) { return bf16ToFloat(floatToBf16(value)); }
constexpr float roundToF16(float value) { return f16ToFloat(floatToF16(value)); }

/// out.size() values from unaligned little-endian bytes; exact but for F64 (rounded to nearest).
void widenBf16(const std::byte* in, std::span<float> out);
void widenF16(const std::byte* in, std::span<float> out);
void widenF32(const std::byte* in, std::span<float> out);
void widenF64(const std::byte* in, std::span<float> out);
void widenF8E4m3(const std::byte* in, std::span<float> out);
void widenF8E5m2(const std::byte* in, std::span<float> out);

/// in.size() values to unaligned little-endian bytes.
void narrowToBf16(std::span<const float> in, std::byte* out);
void narrowToF16(std::span<const float> in, std::byte* out);

} // namespace bitloupe
