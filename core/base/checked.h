// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic on sizes that come from a file: overflow is an empty optional, never a wrap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

namespace bitloupe {

inline std::optional<std::uint64_t> checkedAdd(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum))
        return std::nullopt;
    return sum;
}

inline std::optional<std::uint64_t> checkedMul(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product))
        return std::nullopt;
    return product;
}

/// Product of all factors; a zero does not excuse an overflow before it.
inline std::optional<std::uint64_t> checkedProduct(std::span<const std::uint64_t> factors)
{
    std::uint64_t product = 1;
    bool zero = false;
    for (const std::uint64_t factor : factors) {
        if (factor == 0) {
            zero = true;
            continue;
        }
        const auto next = checkedMul(product, factor);
        if (!next)
            return std::nullopt;
        product = *next;
    }
    return zero ? 0 : product;
}

/// True when [begin, begin + size) lies inside [0, total).
inline bool rangeInside(std::uint64_t begin, std::uint64_t size, std::uint64_t total)
{
    return begin <= total && size <= total - begin;
}

/// Rounds up to a multiple of a power of two. The caller has checked that the sum fits.
constexpr std::uint64_t roundUp(std::uint64_t value, std::uint64_t powerOfTwo)
{
    return (value + powerOfTwo - 1) & ~(powerOfTwo - 1);
}

/// memcpy that may be asked to copy nothing between null pointers, as empty spans have.
inline void copyBytes(void* to, const void* from, std::size_t size)
{
    if (size > 0)
        std::memcpy(to, from, size);
}

/// Little-endian load from bytes of any alignment.
template <typename T>
T loadLittleEndian(const std::byte* bytes)
{
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "big-endian hosts are not supported");
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

} // namespace bitloupe
