// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/ggml/small_scales.h"

namespace bitloupe {
namespace {

constexpr int scaleBias = 32;

std::int8_t withoutBias(unsigned stored)
{
    return static_cast<std::int8_t>(static_cast<int>(stored) - scaleBias);
}

unsigned withBias(std::int8_t scale) { return static_cast<unsigned>(scale + scaleBias) & 63u; }

std::uint8_t lowByte(unsigned value) { return static_cast<std::uint8_t>(value); }

} // namespace

void readScalesAndMins(const std::uint8_t* in, BlockNumbers& numbers)
{
    for (std::size_t g = 0; g < 4; ++g) {
        const unsigned a = in[g], b = in[g + 4], c = in[g + 8];
        numbers.scales[g] = static_cast<std::int8_t>(a & 63u);
        numbers.mins[g] = lowByte(b & 63u);
        numbers.scales[g + 4] = static_cast<std::int8_t>((c & 15u) | (a >> 6) << 4);
        numbers.mins[g + 4] = lowByte((c >> 4) | (b >> 6) << 4);
    }
}

void writeScalesAndMins(const BlockNumbers& numbers, std::uint8_t* out)
{
    for (std::size_t g = 0; g < 4; ++g) {
        const unsigned scale = static_cast<unsigned>(numbers.scales[g + 4]) & 63u;
        const unsigned min = numbers.mins[g + 4] & 63u;
        out[g] = lowByte((static_cast<unsigned>(numbers.scales[g]) & 63u) | (scale >> 4) << 6);
        out[g + 4] = lowByte((numbers.mins[g] & 63u) | (min >> 4) << 6);
        out[g + 8] = lowByte((scale & 15u) | (min & 15u) << 4);
    }
}

void readSixteenScales(const std::uint8_t* in, BlockNumbers& numbers)
{
    for (std::size_t g = 0; g < 16; ++g) {
        const unsigned low = g < 8 ? in[g] & 15u : in[g - 8] >> 4u;
        const unsigned high = (in[8 + g % 4] >> (2 * (g / 4))) & 3u;
        numbers.scales[g] = withoutBias(low | high << 4);
    }
}

void writeSixteenScales(const BlockNumbers& numbers, std::uint8_t* out)
{
    for (std::size_t g = 0; g < 8; ++g)
        out[g] = lowByte(
            (withBias(numbers.scales[g]) & 15u) | (withBias(numbers.scales[g + 8]) & 15u) << 4);
    for (std::size_t g = 0; g < 4; ++g) {
        unsigned byte = 0;
        for (std::size_t k = 0; k < 4; ++k)
            byte |= (withBias(numbers.scales[g + 4 * k]) >> 4) << (2 * k);
        out[8 + g] = lowByte(byte);
    }
}

void readEightScales(const std::uint8_t* in, BlockNumbers& numbers)
{
    for (std::size_t g = 0; g < 8; ++g) {
        const unsigned low = (static_cast<unsigned>(in[2 + g / 2]) >> (4 * (g % 2))) & 15u;
        const unsigned high = (static_cast<unsigned>(in[g / 4]) >> (2 * (g % 4))) & 3u;
        numbers.scales[g] = withoutBias(low | high << 4);
    }
}

void writeEightScales(const BlockNumbers& numbers, std::uint8_t* out)
{
    out[0] = out[1] = 0;
    for (std::size_t g = 0; g < 8; ++g) {
        const unsigned scale = withBias(numbers.scales[g]);
        out[g / 4] = lowByte(out[g / 4] | (scale >> 4) << (2 * (g % 4)));
    }
    for (std::size_t g = 0; g < 4; ++g)
        out[2 + g] = lowByte((withBias(numbers.scales[2 * g]) & 15u)
            | (withBias(numbers.scales[2 * g + 1]) & 15u) << 4);
}

} // namespace bitloupe
