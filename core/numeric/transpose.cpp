// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/transpose.h"
#include "numeric/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numeric/transpose.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

HWY_INLINE void transposeFour(
    const float* in, std::size_t inStride, float* out, std::size_t outStride)
{
#if HWY_TARGET == HWY_SCALAR
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = 0; j < 4; ++j)
            out[j * outStride + i] = in[i * inStride + j];
    }
#else
    const hn::FixedTag<float, 4> d;
    const hn::RepartitionToWide<decltype(d)> wide;
    const auto a = hn::LoadU(d, in);
    const auto b = hn::LoadU(d, in + inStride);
    const auto c = hn::LoadU(d, in + 2 * inStride);
    const auto e = hn::LoadU(d, in + 3 * inStride);
    const auto abLow = hn::BitCast(wide, hn::InterleaveLower(d, a, b));
    const auto abHigh = hn::BitCast(wide, hn::InterleaveUpper(d, a, b));
    const auto ceLow = hn::BitCast(wide, hn::InterleaveLower(d, c, e));
    const auto ceHigh = hn::BitCast(wide, hn::InterleaveUpper(d, c, e));
    hn::StoreU(hn::BitCast(d, hn::InterleaveLower(wide, abLow, ceLow)), d, out);
    hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(wide, abLow, ceLow)), d, out + outStride);
    hn::StoreU(hn::BitCast(d, hn::InterleaveLower(wide, abHigh, ceHigh)), d, out + 2 * outStride);
    hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(wide, abHigh, ceHigh)), d, out + 3 * outStride);
#endif
}

void transposeKernel(const float* in, std::size_t inStride, std::size_t rows, std::size_t columns,
    float* out, std::size_t outStride)
{
    // Blocks of 16 by 16 use whole cache lines on both sides.
    constexpr std::size_t block = 16;
    for (std::size_t row = 0; row < rows; row += block) {
        const std::size_t rowEnd = row + block < rows ? row + block : rows;
        for (std::size_t column = 0; column < columns; column += block) {
            const std::size_t columnEnd = column + block < columns ? column + block : columns;
            std::size_t i = row;
            for (; i + 4 <= rowEnd; i += 4) {
                std::size_t j = column;
                for (; j + 4 <= columnEnd; j += 4)
                    transposeFour(
                        in + i * inStride + j, inStride, out + j * outStride + i, outStride);
                for (; j < columnEnd; ++j) {
                    for (std::size_t k = i; k < i + 4; ++k)
                        out[j * outStride + k] = in[k * inStride + j];
                }
            }
            for (; i < rowEnd; ++i) {
                for (std::size_t j = column; j < columnEnd; ++j)
                    out[j * outStride + i] = in[i * inStride + j];
            }
        }
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(transposeKernel);

void transpose(const float* in, std::size_t inStride, std::size_t rows, std::size_t columns,
    float* out, std::size_t outStride)
{
    HWY_DYNAMIC_DISPATCH(transposeKernel)(in, inStride, rows, columns, out, outStride);
}

} // namespace bitloupe
#endif // HWY_ONCE
