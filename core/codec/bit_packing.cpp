// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/bit_packing.h"

#include "base/checked.h"

#include <cassert>
#include <cstring>

namespace bitloupe {
namespace {

constexpr std::uint64_t evenBytes = 0x00ff'00ff'00ff'00ffu;
constexpr std::uint64_t evenHalves = 0x0000'ffff'0000'ffffu;
constexpr std::uint64_t lowWord = 0x0000'0000'ffff'ffffu;

// Eight codes in the bytes of a word move together: pairs, then fours, then all eight.
template <int bits>
std::uint64_t squeeze(std::uint64_t codes)
{
    codes = (codes & evenBytes) | ((codes >> 8 & evenBytes) << bits);
    codes = (codes & evenHalves) | ((codes >> 16 & evenHalves) << 2 * bits);
    return (codes & lowWord) | (codes >> 32) << 4 * bits;
}

template <int bits>
std::uint64_t spread(std::uint64_t packed)
{
    constexpr std::uint64_t four = (std::uint64_t { 1 } << 4 * bits) - 1;
    constexpr std::uint64_t two = ((std::uint64_t { 1 } << 2 * bits) - 1) * 0x1'0000'0001u;
    constexpr std::uint64_t one = ((std::uint64_t { 1 } << bits) - 1) * 0x0001'0001'0001'0001u;
    packed = (packed & four) | (packed >> 4 * bits & four) << 32;
    packed = (packed & two) | (packed >> 2 * bits & two) << 16;
    return (packed & one) | (packed >> bits & one) << 8;
}

// Bytes to move for eight codes: a whole word where it stays inside and no smaller one fits, since
// what it holds beyond the eight codes is written again by the next, or not looked at.
template <int bits>
constexpr std::size_t wordBytes(std::size_t left)
{
    if constexpr (bits == 2 || bits == 4)
        return bits;
    return left >= sizeof(std::uint64_t) ? sizeof(std::uint64_t) : bits;
}

template <int bits>
void pack(const std::uint8_t* codes, std::size_t count, std::byte* out)
{
    std::uint64_t word = 0;
    for (std::size_t left = count / 8 * bits; left > 0; left -= bits) {
        std::memcpy(&word, codes, sizeof word);
        word = squeeze<bits>(word);
        std::memcpy(out, &word, wordBytes<bits>(left));
        codes += 8;
        out += bits;
    }
}

template <int bits>
void unpack(const std::byte* in, std::size_t count, std::uint8_t* codes)
{
    std::uint64_t word = 0;
    for (std::size_t left = count / 8 * bits; left > 0; left -= bits) {
        std::memcpy(&word, in, wordBytes<bits>(left));
        word = spread<bits>(word);
        std::memcpy(codes, &word, sizeof word);
        codes += 8;
        in += bits;
    }
}

} // namespace

void packCodes(int bits, const std::uint8_t* codes, std::size_t count, std::byte* out)
{
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
    assert(count % 8 == 0);
    switch (bits) {
    case 2: return pack<2>(codes, count, out);
    case 3: return pack<3>(codes, count, out);
    case 4: return pack<4>(codes, count, out);
    case 5: return pack<5>(codes, count, out);
    case 6: return pack<6>(codes, count, out);
    case 8: copyBytes(out, codes, count); return;
    default: assert(false && "no such width");
    }
}

void unpackCodes(int bits, const std::byte* in, std::size_t count, std::uint8_t* codes)
{
    assert(count % 8 == 0);
    switch (bits) {
    case 2: return unpack<2>(in, count, codes);
    case 3: return unpack<3>(in, count, codes);
    case 4: return unpack<4>(in, count, codes);
    case 5: return unpack<5>(in, count, codes);
    case 6: return unpack<6>(in, count, codes);
    case 8: copyBytes(codes, in, count); return;
    default: assert(false && "no such width");
    }
}

} // namespace bitloupe
