// SPDX-License-Identifier: GPL-3.0-or-later
// Codes spread over the planes of a block's bytes, and gathered again. Code i of a plane of b bits
// lies with those i + run, i + 2 run, ... in one byte, lowest bits first.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bitloupe {

/// Adds `bits` of each code at `shift`: bytes of `run` codes each, span by span.
template <int bits, std::size_t run>
void gatherPlanes(const std::uint8_t* in, std::size_t count, int shift, std::uint8_t* codes)
{
    constexpr int perByte = 8 / bits;
    constexpr unsigned mask = (1u << bits) - 1;
    for (std::size_t first = 0; first < count; first += run * perByte, in += run) {
        for (int plane = 0; plane < perByte; ++plane) {
            std::uint8_t* to = codes + first + static_cast<std::size_t>(plane) * run;
            for (std::size_t l = 0; l < run; ++l) {
                const unsigned part = (static_cast<unsigned>(in[l]) >> (plane * bits)) & mask;
                to[l] = static_cast<std::uint8_t>(to[l] | part << shift);
            }
        }
    }
}

/// The inverse: writes `bits` of each code, those from `shift` on.
template <int bits, std::size_t run>
void spreadPlanes(const std::uint8_t* codes, std::size_t count, int shift, std::uint8_t* out)
{
    constexpr int perByte = 8 / bits;
    constexpr unsigned mask = (1u << bits) - 1;
    for (std::size_t first = 0; first < count; first += run * perByte, out += run) {
        for (std::size_t l = 0; l < run; ++l) {
            unsigned byte = 0;
            for (int plane = 0; plane < perByte; ++plane) {
                const unsigned code = codes[first + static_cast<std::size_t>(plane) * run + l];
                byte |= ((code >> shift) & mask) << (plane * bits);
            }
            out[l] = static_cast<std::uint8_t>(byte);
        }
    }
}

} // namespace bitloupe
