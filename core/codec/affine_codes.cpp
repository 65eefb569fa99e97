// SPDX-License-Identifier: GPL-3.0-or-later
// From scales and biases to codes, and back.
#include "codec/affine_kernels.h"
#include "codec/bit_packing.h"
#include "numeric/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/affine_codes.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/affine_kernels_inl.h"
#include "codec/error_lanes_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

using CodeBytes = hn::Rebind<std::uint8_t, Floats>;
using CodeInts = hn::RebindToSigned<Floats>;

// One group's grid, and 1/scale and factor in all lanes.
struct GroupGrid {
    FloatVector scale, bias, inverse, down, topCode;
};

// A quotient this far from its code may have been rounded to the wrong side: try the other side.
constexpr float nearTie = 0.498f;

HWY_NOINLINE FloatVector nearerOfTwoCodes(
    const GroupGrid& grid, FloatVector x, FloatVector code, FloatVector residual)
{
    const Floats d;
    const auto side = hn::CopySign(all(1), hn::Mul(residual, grid.inverse));
    const auto other = clampVector(hn::Add(code, side), hn::Zero(d), grid.topCode);
    const auto otherResidual = hn::Sub(x, decoded(grid.scale, other, grid.bias));
    return hn::IfThenElse(hn::Lt(hn::Abs(otherResidual), hn::Abs(residual)), other, code);
}

template <bool scaled>
HWY_INLINE void assignGroup(const GroupGrid& grid, const float* values, std::size_t groupSize,
    std::uint8_t* codes, float* residuals)
{
    const Floats d;
    for (std::size_t j = 0; j < groupSize; j += vectorLanes) {
        auto x = hn::LoadU(d, values + j);
        if constexpr (scaled)
            x = hn::Mul(x, grid.down);
        const auto wanted = clampVector(
            hn::Mul(hn::Sub(x, grid.bias), grid.inverse), hn::Zero(d), grid.topCode);
        auto code = nearestCode(wanted);
        auto residual = hn::Sub(x, decoded(grid.scale, code, grid.bias));
        const auto close = hn::Gt(hn::Abs(hn::Sub(wanted, code)), all(nearTie));
        if (HWY_UNLIKELY(!hn::AllFalse(d, close))) {
            code = nearerOfTwoCodes(grid, x, code, residual);
            residual = hn::Sub(x, decoded(grid.scale, code, grid.bias));
        }
        hn::Store(residual, d, residuals + j);
        hn::Store(hn::DemoteTo(CodeBytes(), hn::ConvertTo(CodeInts(), code)), CodeBytes(),
            codes + j);
    }
}

void assignCodesKernel(const AffineFormat& format, const AffineBlock& block, const float* values,
    const float* weights, std::size_t groups, std::byte* packed, AffineErrors& errors)
{
    alignas(64) float residuals[affineMaxGroupSize];
    alignas(64) std::uint8_t codes[affineMaxGroupSize];
    const std::size_t bytes = format.groupSize * static_cast<std::size_t>(format.bits) / 8;
    for (std::size_t g = 0; g < groups; ++g) {
        const float* group = values + g * format.groupSize;
        const auto scale = all(block.scale[g] * block.down[g]);
        const GroupGrid grid { scale, all(block.bias[g] * block.down[g]), inverseOrZero(scale),
            all(block.down[g]), all(format.topCode) };
        if (block.scaled)
            assignGroup<true>(grid, group, format.groupSize, codes, residuals);
        else
            assignGroup<false>(grid, group, format.groupSize, codes, residuals);
        const double unit = block.up[g];
        if (weights)
            addSquares<true>(residuals, weights + g * format.groupSize, format.groupSize, unit, errors);
        else
            addSquares<false>(residuals, nullptr, format.groupSize, unit, errors);
        if (packed)
            packCodes(format.bits, codes, format.groupSize, packed + g * bytes);
    }
}

void decodeGroupKernel(const std::uint8_t* codes, float scale, float bias, DType rounding,
    float* out, std::size_t count)
{
    const Floats d;
    for (std::size_t j = 0; j < count; j += vectorLanes) {
        const auto code = hn::ConvertTo(d, hn::PromoteTo(CodeInts(), hn::LoadU(CodeBytes(), codes + j)));
        const auto product = roundVector(rounding, hn::Mul(all(scale), code));
        hn::StoreU(roundVector(rounding, hn::Add(product, all(bias))), d, out + j);
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(assignCodesKernel);
HWY_EXPORT(decodeGroupKernel);

void assignCodes(const AffineFormat& format, const AffineBlock& block, const float* values,
    const float* weights, std::size_t groups, std::byte* codes, AffineErrors& errors)
{
    HWY_DYNAMIC_DISPATCH(assignCodesKernel)
    (format, block, values, weights, groups, codes, errors);
}

void decodeGroup(const std::uint8_t* codes, float scale, float bias, DType rounding,
    std::span<float> out)
{
    HWY_DYNAMIC_DISPATCH(decodeGroupKernel)
    (codes, scale, bias, rounding, out.data(), out.size());
}

} // namespace bitloupe
#endif // HWY_ONCE
