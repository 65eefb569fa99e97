// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/ggml/block_decode.h"

#include "numeric/float_types.h"
#include "numeric/simd_targets.h"

#include <bit>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/ggml/block_decode.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 16>;

// Without an offset nothing is added: a sum with zero would lose the sign of -0.
template <bool withOffset>
HWY_INLINE void applyGroup(
    const std::int8_t* levels, float scale, float offset, std::size_t count, float* out)
{
    const Floats d;
    const hn::Rebind<std::int8_t, Floats> bytes;
    const hn::RebindToSigned<Floats> words;
    const auto factor = hn::Set(d, scale);
    const auto shift = hn::Set(d, offset);
    for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
        const auto level = hn::ConvertTo(d, hn::PromoteTo(words, hn::LoadU(bytes, levels + i)));
        auto value = hn::Mul(factor, level);
        if constexpr (withOffset)
            value = hn::Add(value, shift);
        hn::StoreU(value, d, out + i);
    }
}

void applyGridKernel(
    const BlockFormat& format, const BlockGrid& grid, const std::int8_t* levels, float* out)
{
    const std::size_t size = format.groupSize;
    for (std::size_t g = 0; g < format.groups(); ++g) {
        const std::size_t at = g * size;
        if (format.offset == BlockOffset::none)
            applyGroup<false>(levels + at, grid.scale[g], 0, size, out + at);
        else
            applyGroup<true>(levels + at, grid.scale[g], grid.offset[g], size, out + at);
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(applyGridKernel);

namespace {

// 2^(exponent - 128); the first two are below the normal floats.
float halvedPowerOfTwo(std::uint16_t exponent)
{
    if (exponent == 255)
        return std::numeric_limits<float>::quiet_NaN();
    const std::uint32_t bits
        = exponent < 2 ? 0x0020'0000u << exponent : (exponent - 1u) << 23;
    return std::bit_cast<float>(bits);
}

void fillLevels(const BlockFormat& format, const BlockNumbers& numbers, std::int8_t* levels)
{
    if (format.levels != nullptr) {
        for (std::size_t i = 0; i < format.size; ++i)
            levels[i] = (*format.levels)[numbers.codes[i]];
        return;
    }
    const int zero = format.zeroCode;
    for (std::size_t i = 0; i < format.size; ++i)
        levels[i] = static_cast<std::int8_t>(numbers.codes[i] - zero);
}

} // namespace

BlockGrid blockGrid(const BlockFormat& format, const BlockNumbers& numbers)
{
    BlockGrid grid;
    const float d
        = format.dtype == DType::MXFP4 ? halvedPowerOfTwo(numbers.d) : f16ToFloat(numbers.d);
    const float offset = f16ToFloat(numbers.offset);
    if (!format.isSuperblock()) {
        grid.scale[0] = d;
        grid.offset[0] = offset;
        return grid;
    }
    for (std::size_t g = 0; g < format.groups(); ++g) {
        grid.scale[g] = d * static_cast<float>(numbers.scales[g]);
        grid.offset[g] = -(offset * static_cast<float>(numbers.mins[g]));
    }
    return grid;
}

void decodeBlocks(DType dtype, const std::byte* in, std::span<float> out)
{
    const BlockFormat& format = *findBlockFormat(dtype);
    const std::size_t bytes = format.bytes();
    BlockNumbers numbers;
    alignas(64) std::array<std::int8_t, largestBlock> levels;
    for (std::size_t at = 0; at + format.size <= out.size(); at += format.size, in += bytes) {
        readBlock(dtype, in, numbers);
        fillLevels(format, numbers, levels.data());
        const BlockGrid grid = blockGrid(format, numbers);
        HWY_DYNAMIC_DISPATCH(applyGridKernel)(format, grid, levels.data(), out.data() + at);
    }
}

} // namespace bitloupe
#endif // HWY_ONCE
