// SPDX-License-Identifier: GPL-3.0-or-later
// Codes of 2, 3, 4, 5, 6 or 8 bits as one little-endian bit stream: code i occupies the bits
// [i * bits, (i + 1) * bits), bit 0 being the least significant bit of byte 0.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bitloupe {

/// Packs `count` codes, each below 2^bits, into count * bits / 8 bytes. count % 8 == 0.
void packCodes(int bits, const std::uint8_t* codes, std::size_t count, std::byte* out);

/// The inverse of packCodes.
void unpackCodes(int bits, const std::byte* in, std::size_t count, std::uint8_t* codes);

} // namespace bitloupe
