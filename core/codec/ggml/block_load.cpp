// SPDX-License-Identifier: GPL-3.0-or-later
// Groups brought side by side, with magnitudes and weights that squares cannot overflow.
#include "codec/ggml/block_kernels.h"
#include "numeric/simd_targets.h"

#include <algorithm>
#include <bit>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/ggml/block_load.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/affine_kernels_inl.h"
#include "codec/group_lanes_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

void transposeKernel(const float* in, std::size_t groupSize, std::size_t groups, float* out)
{
    transposeGroups(in, groupSize, groups, out);
}

void largestKernel(const float* values, std::size_t groupSize, float* largest)
{
    const Floats d;
    for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
        auto most = hn::Zero(d);
        for (std::size_t at = lane; at < groupSize * stride; at += stride)
            most = hn::Max(most, hn::Load(d, values + at));
        hn::Store(most, d, largest + lane);
    }
}

// values = max(values / divisor, least); gives their sums by lane.
void divideKernel(
    const float* divisors, float least, std::size_t groupSize, float* values, float* sums)
{
    const Floats d;
    for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
        const auto divisor = hn::Load(d, divisors + lane);
        auto sum = hn::Zero(d);
        for (std::size_t at = lane; at < groupSize * stride; at += stride) {
            const auto value
                = hn::Max(hn::Div(hn::Load(d, values + at), divisor), all(least));
            sum = hn::Add(sum, value);
            hn::Store(value, d, values + at);
        }
        hn::Store(sum, d, sums + lane);
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(transposeKernel);
HWY_EXPORT(largestKernel);
HWY_EXPORT(divideKernel);

namespace {

// Of a superblock's largest weight; so a group without weight is still encoded for itself.
constexpr float leastWeight = 0x1p-33f;

constexpr float exactPower(int exponent)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(exponent + 127) << 23);
}

// The power of two that brings a magnitude near 1; 1 for those whose squares are harmless.
float powerTowardsOne(float magnitude)
{
    if (magnitude == 0 || (magnitude >= 0x1p-30f && magnitude <= 0x1p30f))
        return 1;
    const auto exponent = static_cast<int>(std::bit_cast<std::uint32_t>(magnitude) >> 23) - 127;
    return exactPower(-std::clamp(exponent, -126, 126));
}

bool normaliseValues(const BlockFormat& format, BlockLanes& lanes)
{
    bool scaled = false;
    const std::size_t together = format.groups();
    for (std::size_t first = 0; first < affineBlockGroups; first += together) {
        float magnitude = 0, lowest = lanes.low[first];
        for (std::size_t g = first; g < first + together; ++g) {
            magnitude = std::max({ magnitude, -lanes.low[g], lanes.high[g] });
            lowest = std::min(lowest, lanes.low[g]);
        }
        const float down = powerTowardsOne(magnitude);
        scaled = scaled || down != 1;
        for (std::size_t g = first; g < first + together; ++g) {
            lanes.down[g] = down;
            lanes.up[g] = 1 / down;
            lanes.low[g] *= down;
            lanes.high[g] *= down;
            lanes.aboveZero[g] = lowest > 0 ? 1 : 0;
        }
    }
    return scaled;
}

void normaliseBlockWeights(const BlockFormat& format, BlockLanes& lanes)
{
    alignas(64) GroupLanes largest, divisor;
    HWY_DYNAMIC_DISPATCH(largestKernel)
    (lanes.weights.data(), format.groupSize, largest.data());
    const std::size_t together = format.groups();
    for (std::size_t first = 0; first < affineBlockGroups; first += together) {
        const auto begin = largest.begin() + static_cast<std::ptrdiff_t>(first);
        const float most = *std::max_element(begin, begin + static_cast<std::ptrdiff_t>(together));
        // Weights that are as good as none count alike.
        const float by = most > 0x1p-120f ? most : std::numeric_limits<float>::infinity();
        std::fill_n(divisor.begin() + static_cast<std::ptrdiff_t>(first), together, by);
    }
    HWY_DYNAMIC_DISPATCH(divideKernel)
    (divisor.data(), leastWeight, format.groupSize, lanes.weights.data(), lanes.totalWeight.data());
}

} // namespace

void loadLanes(const BlockFormat& format, const float* values, const float* weights,
    std::size_t groups, BlockLanes& lanes)
{
    const std::size_t size = format.groupSize;
    lanes.groupSize = size;
    lanes.low.fill(0);
    lanes.high.fill(0);
    findRanges(values, size, groups, lanes.low.data(), lanes.high.data());
    if (groups < affineBlockGroups)
        std::fill_n(lanes.values.data(), size * affineBlockGroups, 0.0f);
    HWY_DYNAMIC_DISPATCH(transposeKernel)(values, size, groups, lanes.values.data());
    if (normaliseValues(format, lanes)) {
        alignas(64) GroupLanes unused;
        HWY_DYNAMIC_DISPATCH(divideKernel)
        (lanes.up.data(), -std::numeric_limits<float>::max(), size, lanes.values.data(),
            unused.data());
    }
    if (weights == nullptr) {
        std::fill_n(lanes.weights.data(), size * affineBlockGroups, 1.0f);
        lanes.totalWeight.fill(static_cast<float>(size));
        return;
    }
    if (groups < affineBlockGroups)
        std::fill_n(lanes.weights.data(), size * affineBlockGroups, 1.0f);
    HWY_DYNAMIC_DISPATCH(transposeKernel)(weights, size, groups, lanes.weights.data());
    normaliseBlockWeights(format, lanes);
}

} // namespace bitloupe
#endif // HWY_ONCE
