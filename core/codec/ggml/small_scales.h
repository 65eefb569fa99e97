// SPDX-License-Identifier: GPL-3.0-or-later
// The groups' scales and mins of 6 bits, as superblocks pack them.
#pragma once

#include "codec/ggml/block_bits.h"

namespace bitloupe {

// Q4_K and Q5_K, 12 bytes: the low six bits of groups 0 to 3 (scales, then mins), whose upper two
// bits hold those of groups 4 to 7; then the low four bits of both for groups 4 to 7.
void readScalesAndMins(const std::uint8_t* in, BlockNumbers& numbers);
void writeScalesAndMins(const BlockNumbers& numbers, std::uint8_t* out);

// Q3_K, 12 bytes: the low four bits of groups g and g + 8 in eight bytes, then two bits of groups
// g, g + 4, g + 8, g + 12 in four; less 32.
void readSixteenScales(const std::uint8_t* in, BlockNumbers& numbers);
void writeSixteenScales(const BlockNumbers& numbers, std::uint8_t* out);

// IQ4_XS, 2 + 4 bytes: the upper two bits of all eight groups, then the low four; less 32.
void readEightScales(const std::uint8_t* in, BlockNumbers& numbers);
void writeEightScales(const BlockNumbers& numbers, std::uint8_t* out);

} // namespace bitloupe
