// SPDX-License-Identifier: GPL-3.0-or-later
// Codes spread over the planes of a block's bytes, and gathered again. Code i of a plane of b bits
// lies with those i + run, i + 2 run, ... in one byte, lowest bits first. A run of bytes is worked on
// in a copy, which cannot overlap the codes, so that the compiler may use vectors.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bitloupe {

/// Adds `bits` of each code at `shift`: bytes of `run` codes each, span by span.
template <int bits, std::size_t run>
void gatherPlanes(const std::uint8_t* in, std::size_t count, int shift, std::uint8_t* codes)
{
    constexpr int perByte = 8 / bits;
    constexpr unsigned mask = (1u << bits) - 1;
    std::array<std::uint8_t, run> bytes;
    for (std::size_t first = 0; first < count; first += run * perByte, in += run) {
        std::memcpy(bytes.data(), in, run);
        for (int plane = 0; plane < perByte; ++plane) {
            std::uint8_t* to = codes + first + static_cast<std::size_t>(plane) * run;
            for (std::size_t l = 0; l < run; ++l) {
                const unsigned part = (static_cast<unsigned>(bytes[l]) >> (plane * bits)) & mask;
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
        std::array<std::uint8_t, run> bytes {};
        for (int plane = 0; plane < perByte; ++plane) {
            const std::uint8_t* from = codes + first + static_cast<std::size_t>(plane) * run;
            for (std::size_t l = 0; l < run; ++l) {
                const unsigned part = (static_cast<unsigned>(from[l]) >> shift) & mask;
                bytes[l] = static_cast<std::uint8_t>(bytes[l] | part << (plane * bits));
            }
        }
        std::memcpy(out, bytes.data(), run);
    }
}

} // namespace bitloupe
