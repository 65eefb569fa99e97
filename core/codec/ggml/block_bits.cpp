// SPDX-License-Identifier: GPL-3.0-or-later
// A block's parts, in the order of its bytes; reading and writing walk over the same list.
#include "codec/ggml/block_bits.h"

#include "codec/ggml/bit_planes.h"
#include "codec/ggml/small_scales.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace bitloupe {
namespace {

class BlockReader {
public:
    BlockReader(const std::byte* in, BlockNumbers& numbers)
        : m_at(reinterpret_cast<const std::uint8_t*>(in))
        , m_numbers(numbers)
    {
    }

    void d() { half(m_numbers.d); }
    void offset() { half(m_numbers.offset); }
    void exponent() { m_numbers.d = *m_at++; }
    void signedCodes()
    {
        for (std::size_t i = 0; i < 32; ++i)
            m_numbers.codes[i] = static_cast<std::uint8_t>(m_at[i] ^ 0x80u);
        m_at += 32;
    }
    void nibbleScalesAndMins()
    {
        for (std::size_t g = 0; g < 16; ++g) {
            m_numbers.scales[g] = static_cast<std::int8_t>(m_at[g] & 15u);
            m_numbers.mins[g] = static_cast<std::uint8_t>(m_at[g] >> 4u);
        }
        m_at += 16;
    }
    void byteScales()
    {
        std::memcpy(m_numbers.scales.data(), m_at, 16);
        m_at += 16;
    }
    void scalesAndMins() { small(12, readScalesAndMins); }
    void sixteenScales() { small(12, readSixteenScales); }
    void eightScales() { small(6, readEightScales); }

    template <int bits, std::size_t run>
    void codes(std::size_t count, int shift)
    {
        gatherPlanes<bits, run>(m_at, count, shift, m_numbers.codes.data());
        m_at += count * bits / 8;
    }
    void highBits() // 32 in a row
    {
        for (std::size_t j = 0; j < 32; ++j) {
            const unsigned bit = (static_cast<unsigned>(m_at[j / 8]) >> (j % 8)) & 1u;
            m_numbers.codes[j] = static_cast<std::uint8_t>(m_numbers.codes[j] | bit << 4);
        }
        m_at += 4;
    }

private:
    void half(std::uint16_t& bits)
    {
        std::memcpy(&bits, m_at, sizeof bits);
        m_at += sizeof bits;
    }
    void small(std::size_t bytes, void (*read)(const std::uint8_t*, BlockNumbers&))
    {
        read(m_at, m_numbers);
        m_at += bytes;
    }

    const std::uint8_t* m_at;
    BlockNumbers& m_numbers;
};

class BlockWriter {
public:
    BlockWriter(const BlockNumbers& numbers, std::byte* out)
        : m_at(reinterpret_cast<std::uint8_t*>(out))
        , m_numbers(numbers)
    {
    }

    void d() { half(m_numbers.d); }
    void offset() { half(m_numbers.offset); }
    void exponent() { *m_at++ = static_cast<std::uint8_t>(m_numbers.d); }
    void signedCodes()
    {
        for (std::size_t i = 0; i < 32; ++i)
            m_at[i] = static_cast<std::uint8_t>(m_numbers.codes[i] ^ 0x80u);
        m_at += 32;
    }
    void nibbleScalesAndMins()
    {
        for (std::size_t g = 0; g < 16; ++g) {
            const unsigned scale = static_cast<unsigned>(m_numbers.scales[g]) & 15u;
            m_at[g] = static_cast<std::uint8_t>(scale | (m_numbers.mins[g] & 15u) << 4);
        }
        m_at += 16;
    }
    void byteScales()
    {
        std::memcpy(m_at, m_numbers.scales.data(), 16);
        m_at += 16;
    }
    void scalesAndMins() { small(12, writeScalesAndMins); }
    void sixteenScales() { small(12, writeSixteenScales); }
    void eightScales() { small(6, writeEightScales); }

    template <int bits, std::size_t run>
    void codes(std::size_t count, int shift)
    {
        spreadPlanes<bits, run>(m_numbers.codes.data(), count, shift, m_at);
        m_at += count * bits / 8;
    }
    void highBits()
    {
        for (std::size_t j = 0; j < 32; j += 8) {
            std::uint64_t eight;
            std::memcpy(&eight, m_numbers.codes.data() + j, sizeof eight);
            // Bit 4 of byte k moves to bit 56 + k; no two products meet.
            const std::uint64_t bits = (eight >> 4) & 0x0101010101010101u;
            *m_at++ = static_cast<std::uint8_t>((bits * 0x0102040810204080u) >> 56);
        }
    }

private:
    void half(std::uint16_t bits)
    {
        std::memcpy(m_at, &bits, sizeof bits);
        m_at += sizeof bits;
    }
    void small(std::size_t bytes, void (*write)(const BlockNumbers&, std::uint8_t*))
    {
        write(m_numbers, m_at);
        m_at += bytes;
    }

    std::uint8_t* m_at;
    const BlockNumbers& m_numbers;
};

template <typename Parts>
void walkSmall(DType dtype, Parts parts)
{
    if (dtype == DType::MXFP4)
        parts.exponent();
    else
        parts.d();
    if (dtype == DType::Q8_0)
        return parts.signedCodes();
    if (dtype == DType::Q4_1 || dtype == DType::Q5_1)
        parts.offset();
    if (dtype == DType::Q5_0 || dtype == DType::Q5_1)
        parts.highBits();
    parts.template codes<4, 16>(32, 0);
}

template <typename Parts>
void walkQ2K(Parts parts)
{
    parts.nibbleScalesAndMins();
    parts.template codes<2, 32>(256, 0);
    parts.d();
    parts.offset();
}

template <typename Parts>
void walkQ3K(Parts parts)
{
    parts.template codes<1, 32>(256, 2);
    parts.template codes<2, 32>(256, 0);
    parts.sixteenScales();
    parts.d();
}

template <typename Parts>
void walkQ45K(DType dtype, Parts parts)
{
    parts.d();
    parts.offset();
    parts.scalesAndMins();
    if (dtype == DType::Q5_K)
        parts.template codes<1, 32>(256, 4);
    parts.template codes<4, 32>(256, 0);
}

template <typename Parts>
void walkQ6K(Parts parts)
{
    parts.template codes<4, 64>(256, 0);
    parts.template codes<2, 32>(256, 4);
    parts.byteScales();
    parts.d();
}

template <typename Parts>
void walkIq4Xs(Parts parts)
{
    parts.d();
    parts.eightScales();
    parts.template codes<4, 16>(256, 0);
}

template <typename Parts>
void walk(DType dtype, Parts parts)
{
    switch (dtype) {
    case DType::Q2_K: return walkQ2K(parts);
    case DType::Q3_K: return walkQ3K(parts);
    case DType::Q4_K:
    case DType::Q5_K: return walkQ45K(dtype, parts);
    case DType::Q6_K: return walkQ6K(parts);
    case DType::IQ4_XS: return walkIq4Xs(parts);
    default: return walkSmall(dtype, parts);
    }
}

} // namespace

void readBlock(DType dtype, const std::byte* in, BlockNumbers& numbers)
{
    assert(findBlockFormat(dtype) != nullptr);
    numbers.codes.fill(0);
    numbers.scales.fill(1);
    numbers.mins.fill(0);
    walk(dtype, BlockReader(in, numbers));
}

void writeBlock(DType dtype, const BlockNumbers& numbers, std::byte* out)
{
    assert(findBlockFormat(dtype) != nullptr);
    walk(dtype, BlockWriter(numbers, out));
}

} // namespace bitloupe
