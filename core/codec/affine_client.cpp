// SPDX-License-Identifier: GPL-3.0-or-later
// The scale and bias that the client itself would choose.
#include "codec/affine_kernels.h"
#include "numeric/simd_targets.h"

#include <algorithm>
#include <bit>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/affine_client.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/affine_kernels_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

void rangesKernel(
    const float* values, std::size_t groupSize, std::size_t groups, float* low, float* high)
{
    const Floats d;
    for (std::size_t g = 0; g < groups; ++g, values += groupSize) {
        auto smallest = hn::LoadU(d, values);
        auto largest = smallest;
        for (std::size_t j = vectorLanes; j < groupSize; j += vectorLanes) {
            const auto x = hn::LoadU(d, values + j);
            smallest = hn::Min(smallest, x);
            largest = hn::Max(largest, x);
        }
        low[g] = hn::GetLane(hn::MinOfLanes(d, smallest));
        high[g] = hn::GetLane(hn::MaxOfLanes(d, largest));
    }
}

// In float, as the client does: the end with the larger magnitude becomes code 0 and 0.0 a code.
void clientKernel(const AffineFormat& format, AffineBlock& block)
{
    const Floats d;
    const auto limit = format.valueLimit;
    for (std::size_t lane = 0; lane < affineBlockGroups; lane += vectorLanes) {
        const auto low = hn::Load(d, block.low.data() + lane);
        const auto high = hn::Load(d, block.high.data() + lane);
        const auto up = hn::Load(d, block.up.data() + lane);
        const auto down = hn::Load(d, block.down.data() + lane);
        const auto lowIsEdge = hn::Gt(hn::Abs(low), hn::Abs(high));
        const auto smallest = hn::Mul(all(1e-7f), down);
        const auto step = hn::Max(hn::Div(hn::Sub(high, low), all(format.topCode)), smallest);
        const auto towards = hn::IfThenElse(lowIsEdge, step, hn::Neg(step));
        const auto edge = hn::IfThenElse(lowIsEdge, low, high);
        const auto steps = hn::Round(hn::Div(edge, towards));
        const auto none = hn::Eq(steps, hn::Zero(d));
        const auto divisor = hn::IfThenElse(none, all(1), steps);
        const auto scale = hn::IfThenElse(none, towards, hn::Div(edge, divisor));
        const auto bias = hn::IfThenZeroElse(none, edge);
        const auto scaleNumber = storable(format.scaleType, format.scaleLimit, scale, up, down);
        const auto biasNumber = storable(format.scaleType, limit, bias, up, down);
        hn::Store(hn::Mul(scaleNumber, up), d, block.scale.data() + lane);
        hn::Store(hn::Mul(biasNumber, up), d, block.bias.data() + lane);
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(rangesKernel);
HWY_EXPORT(clientKernel);

namespace {

constexpr float powerOfTwo(int exponent)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(exponent + 127) << 23);
}

// Brings the group's largest magnitude near 1 when it is so large or small that squares would
// overflow or vanish.
void normalise(AffineBlock& block, std::size_t lane)
{
    const float magnitude = std::max(-block.low[lane], block.high[lane]);
    block.up[lane] = block.down[lane] = 1;
    if (magnitude == 0 || (magnitude >= 0x1p-30f && magnitude <= 0x1p30f))
        return;
    const auto exponent = static_cast<int>(std::bit_cast<std::uint32_t>(magnitude) >> 23) - 127;
    const int power = std::clamp(exponent, -126, 126);
    block.up[lane] = powerOfTwo(power);
    block.down[lane] = powerOfTwo(-power);
    block.low[lane] *= block.down[lane];
    block.high[lane] *= block.down[lane];
    block.scaled = true;
}

} // namespace

void findRanges(
    const float* values, std::size_t groupSize, std::size_t groups, float* low, float* high)
{
    HWY_DYNAMIC_DISPATCH(rangesKernel)(values, groupSize, groups, low, high);
}

void chooseAsClient(
    const AffineFormat& format, const float* values, std::size_t groups, AffineBlock& block)
{
    block.low.fill(0);
    block.high.fill(0);
    block.scaled = false;
    findRanges(values, format.groupSize, groups, block.low.data(), block.high.data());
    for (std::size_t lane = 0; lane < affineBlockGroups; ++lane)
        normalise(block, lane);
    HWY_DYNAMIC_DISPATCH(clientKernel)(format, block);
}

} // namespace bitloupe
#endif // HWY_ONCE
