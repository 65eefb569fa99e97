// SPDX-License-Identifier: GPL-3.0-or-later
// Narrow float formats to and from float: one value (constexpr, the oracle) and many (Highway,
// run-time dispatch, any alignment).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace bitloupe {

float bf16ToFloat(std::uint16_t bits);
float f16ToFloat(std::uint16_t bits);
float f8E4m3ToFloat(std::uint8_t bits); // "fn": no infinity, NaN at 0x7f and 0xff
float f8E5m2ToFloat(std::uint8_t bits);
/// Nearest even; NaN becomes a quiet NaN. Overflow becomes infinity.
std::uint16_t floatToBf16(float value);
std::uint16_t floatToF16(float value);

/// The nearest value that the format can hold.
inline float roundToBf16(float value) { return bf16ToFloat(floatToBf16(value)); }
inline float roundToF16(float value) { return f16ToFloat(floatToF16(value)); }

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
