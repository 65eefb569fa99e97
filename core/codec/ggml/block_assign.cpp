// SPDX-License-Identifier: GPL-3.0-or-later
// From grids to codes.
#include "codec/ggml/block_kernels.h"
#include "numeric/simd_targets.h"

#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/ggml/block_assign.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/error_lanes_inl.h"
#include "codec/ggml/block_lanes_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

using BlockCodeBytes = hn::Rebind<std::uint8_t, Floats>;
using BlockCodeInts = hn::RebindToSigned<Floats>;

HWY_INLINE FloatVector codeOfLevel(const LinearLevels&, float zeroCode, FloatVector level)
{
    return hn::Add(level, all(zeroCode));
}

HWY_INLINE FloatVector codeOfLevel(const TableLevels&, float, FloatVector level)
{
    auto code = hn::Zero(Floats());
    for (std::size_t k = 1; k < iq4Levels.size(); ++k) {
        const auto reached = hn::Ge(level, all(static_cast<float>(iq4Levels[k])));
        code = hn::Add(code, hn::IfThenElseZero(reached, all(1)));
    }
    return code;
}

template <bool withOffset, typename Levels>
HWY_INLINE void assignBlockGroup(const Levels& levels, float zeroCode, float scaleNumber,
    float offsetNumber, const float* values, std::size_t groupSize, std::uint8_t* codes,
    float* residuals)
{
    const Floats d;
    const auto scale = all(scaleNumber);
    const auto offset = all(offsetNumber);
    const auto inverse = inverseOrZero(scale);
    for (std::size_t j = 0; j < groupSize; j += vectorLanes) {
        const auto x = hn::LoadU(d, values + j);
        const auto level
            = levels.nearest(hn::Mul(withOffset ? hn::Sub(x, offset) : x, inverse));
        auto back = hn::Mul(scale, level);
        if constexpr (withOffset)
            back = hn::Add(back, offset);
        hn::Store(hn::Sub(x, back), d, residuals + j);
        const auto code = codeOfLevel(levels, zeroCode, level);
        hn::StoreU(hn::DemoteTo(BlockCodeBytes(), hn::ConvertTo(BlockCodeInts(), code)),
            BlockCodeBytes(), codes + j);
    }
}

void assignLevelsKernel(const BlockFormat& format, const BlockGrids& grids, const float* values,
    const float* weights, std::size_t groups, std::uint8_t* codes, AffineErrors& errors)
{
    // Of all groups, so that their squares are added in one go.
    alignas(64) float residuals[32 * affineBlockGroups];
    const std::size_t size = format.groupSize;
    const auto zeroCode = static_cast<float>(format.zeroCode);
    withLevels(format, [&](const auto& levels, auto offsets) HWY_ATTR {
        for (std::size_t g = 0; g < groups; ++g) {
            const std::size_t at = g * size;
            assignBlockGroup<decltype(offsets)::value>(levels, zeroCode, grids.scale[g],
                grids.offset[g], values + at, size, codes + at, residuals + at);
        }
    });
    if (weights)
        addSquares<true>(residuals, weights, groups * size, 1, errors);
    else
        addSquares<false>(residuals, nullptr, groups * size, 1, errors);
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(assignLevelsKernel);

void assignLevels(const BlockFormat& format, const BlockGrids& grids, const float* values,
    const float* weights, std::size_t groups, std::uint8_t* codes, AffineErrors& errors)
{
    HWY_DYNAMIC_DISPATCH(assignLevelsKernel)
    (format, grids, values, weights, groups, codes, errors);
}

} // namespace bitloupe
#endif // HWY_ONCE
