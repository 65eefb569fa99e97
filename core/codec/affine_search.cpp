// SPDX-License-Identifier: GPL-3.0-or-later
// A better scale and bias for a group than the client's. Nine clipped ranges (three ends below,
// three above), each tried once; the best grid found so far is then moved three times to the
// weighted least-squares solution for its own codes. Every grid that is tried consists of numbers
// of the scale's dtype and is judged by the error of its decoded values.
#include "codec/affine_kernels.h"
#include "numeric/simd_targets.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/affine_search.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/affine_kernels_inl.h"
#include "codec/group_lanes_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

struct Lanes {
    const AffineFormat& format;
    const float* values;
    const float* weights; // null: all ones
    FloatVector low, high, up, down;
    FloatVector totalWeight;
};

struct Grid {
    FloatVector scale, bias; // stored numbers times `down`
};

struct Trial {
    FloatVector error;
    Grid grid;
};

struct Moments { // of codes q and residuals r, weighted
    FloatVector q, qq, r, rq;
};

HWY_INLINE FloatVector storableScale(const Lanes& lanes, FloatVector scale)
{
    const AffineFormat& f = lanes.format;
    return storable(f.scaleType, f.scaleLimit, scale, lanes.up, lanes.down);
}

HWY_INLINE FloatVector storableBias(const Lanes& lanes, FloatVector bias)
{
    const AffineFormat& f = lanes.format;
    return storable(f.scaleType, f.valueLimit, bias, lanes.up, lanes.down);
}

// Of the decoded values; the largest float for a grid whose far end overflows.
template <bool weighted>
HWY_INLINE FloatVector errorOf(const Lanes& lanes, const Grid& grid)
{
    const Floats d;
    const auto inverse = inverseOrZero(grid.scale);
    const auto top = all(lanes.format.topCode);
    const auto zero = hn::Zero(d);
    auto sum = zero;
    const std::size_t end = lanes.format.groupSize * stride;
    for (std::size_t at = 0; at < end; at += stride) {
        const auto x = hn::Load(d, lanes.values + at);
        const auto wanted = hn::Mul(hn::Sub(x, grid.bias), inverse);
        const auto code = nearestCode(clampVector(wanted, zero, top));
        const auto residual = hn::Sub(x, decoded(grid.scale, code, grid.bias));
        auto square = hn::Mul(residual, residual);
        if constexpr (weighted)
            square = hn::Mul(hn::Load(d, lanes.weights + at), square);
        sum = hn::Add(sum, square);
    }
    const float limit = lanes.format.valueLimit;
    const auto farEnd = hn::Abs(decoded(grid.scale, top, grid.bias));
    const auto finite = hn::Le(farEnd, hn::Mul(all(limit), lanes.down));
    return hn::IfThenElse(finite, sum, all(limit));
}

template <bool weighted>
HWY_INLINE Moments momentsOf(const Lanes& lanes, const Grid& grid)
{
    const Floats d;
    const auto inverse = inverseOrZero(grid.scale);
    const auto top = all(lanes.format.topCode);
    const auto zero = hn::Zero(d);
    auto q = zero, qq = zero, r = zero, rq = zero;
    const std::size_t end = lanes.format.groupSize * stride;
    for (std::size_t at = 0; at < end; at += stride) {
        const auto x = hn::Load(d, lanes.values + at);
        const auto wanted = hn::Mul(hn::Sub(x, grid.bias), inverse);
        const auto code = nearestCode(clampVector(wanted, zero, top));
        const auto residual = hn::Sub(x, decoded(grid.scale, code, grid.bias));
        auto weightedCode = code;
        auto weightedResidual = residual;
        if constexpr (weighted) {
            const auto weight = hn::Load(d, lanes.weights + at);
            weightedCode = hn::Mul(weight, code);
            weightedResidual = hn::Mul(weight, residual);
        }
        q = hn::Add(q, weightedCode);
        qq = hn::Add(qq, hn::Mul(weightedCode, code));
        r = hn::Add(r, weightedResidual);
        rq = hn::Add(rq, hn::Mul(weightedResidual, code));
    }
    return { q, qq, r, rq };
}

// Bias first; the scale then makes the best of the rounded bias.
HWY_INLINE Grid refine(const Lanes& lanes, const Grid& grid, const Moments& m)
{
    const Floats d;
    const auto total = hn::Mul(lanes.totalWeight, m.qq);
    const auto determinant = hn::Sub(total, hn::Mul(m.q, m.q));
    const auto solvable = hn::Gt(determinant, hn::Mul(total, all(1e-6f)));
    const auto numerator = hn::Sub(hn::Mul(m.qq, m.r), hn::Mul(m.q, m.rq));
    const auto solved = hn::Div(numerator, hn::IfThenElse(solvable, determinant, all(1)));
    const auto shift = hn::IfThenElse(solvable, solved, hn::Div(m.r, lanes.totalWeight));
    const auto bias = storableBias(lanes, hn::Add(grid.bias, shift));
    const auto moved = hn::Sub(m.rq, hn::Mul(hn::Sub(bias, grid.bias), m.q));
    const auto coded = hn::Gt(m.qq, hn::Zero(d));
    const auto stretch = hn::IfThenElseZero(
        coded, hn::Div(moved, hn::IfThenElse(coded, m.qq, all(1))));
    return { storableScale(lanes, hn::Add(grid.scale, stretch)), bias };
}

// The range with its half widths multiplied; the end with the smaller magnitude becomes code 0,
// because its rounding costs least.
HWY_INLINE Grid clipped(const Lanes& lanes, float below, float above)
{
    const auto middle = hn::Mul(hn::Add(lanes.low, lanes.high), all(0.5f));
    const auto half = hn::Mul(hn::Sub(lanes.high, lanes.low), all(0.5f));
    const auto low = hn::Sub(middle, hn::Mul(half, all(below)));
    const auto high = hn::Add(middle, hn::Mul(half, all(above)));
    const auto lowIsNear = hn::Le(hn::Abs(low), hn::Abs(high));
    const auto bias = storableBias(lanes, hn::IfThenElse(lowIsNear, low, high));
    const auto far = hn::IfThenElse(lowIsNear, high, low);
    const auto scale = hn::Div(hn::Sub(far, bias), all(lanes.format.topCode));
    return { storableScale(lanes, scale), bias };
}

HWY_INLINE void keepBetter(Trial& best, const Trial& trial)
{
    const auto better = hn::Lt(trial.error, best.error);
    best.error = hn::IfThenElse(better, trial.error, best.error);
    best.grid.scale = hn::IfThenElse(better, trial.grid.scale, best.grid.scale);
    best.grid.bias = hn::IfThenElse(better, trial.grid.bias, best.grid.bias);
}

// More than rounding can change in two sums of 128 squares and in the choice of codes near a tie,
// so that what is kept is better in exact arithmetic too.
constexpr float clearlyBetter = 1 - 0x1p-11f;

template <bool weighted>
HWY_INLINE Grid searchLanes(const Lanes& lanes, const Grid& client)
{
    const Trial start { errorOf<weighted>(lanes, client), client };
    Trial best = start;
    const auto attempt = [&](const Grid& grid) HWY_ATTR {
        keepBetter(best, { errorOf<weighted>(lanes, grid), grid });
    };
    for (const float below : lanes.format.clips) {
        for (const float above : lanes.format.clips)
            attempt(clipped(lanes, below, above));
    }
    for (int round = 0; round < 3; ++round)
        attempt(refine(lanes, best.grid, momentsOf<weighted>(lanes, best.grid)));
    const auto better = hn::Lt(best.error, hn::Mul(start.error, all(clearlyBetter)));
    return { hn::IfThenElse(better, best.grid.scale, client.scale),
        hn::IfThenElse(better, best.grid.bias, client.bias) };
}

void scaleLanes(const AffineBlock& block, std::size_t groupSize, float* values)
{
    const Floats d;
    for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
        const auto down = hn::Load(d, block.down.data() + lane);
        for (std::size_t at = lane; at < groupSize * stride; at += stride)
            hn::Store(hn::Mul(hn::Load(d, values + at), down), d, values + at);
    }
}

// Divides each group's weights by their largest; groups without any weight get ones.
void normaliseWeights(std::size_t groupSize, float* weights, float* totals)
{
    const Floats d;
    for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
        auto largest = hn::Zero(d);
        for (std::size_t at = lane; at < groupSize * stride; at += stride)
            largest = hn::Max(largest, hn::Load(d, weights + at));
        const auto none = hn::Eq(largest, hn::Zero(d));
        auto total = hn::Zero(d);
        for (std::size_t at = lane; at < groupSize * stride; at += stride) {
            const auto weight = hn::IfThenElse(none, all(1),
                hn::Div(hn::Load(d, weights + at), hn::IfThenElse(none, all(1), largest)));
            total = hn::Add(total, weight);
            hn::Store(weight, d, weights + at);
        }
        hn::Store(total, d, totals + lane);
    }
}

struct SearchScratch {
    alignas(64) float values[affineMaxGroupSize * stride];
    alignas(64) float weights[affineMaxGroupSize * stride];
    alignas(64) float totals[stride];
};

template <bool weighted>
HWY_INLINE void searchScratch(
    const AffineFormat& format, const SearchScratch& scratch, AffineBlock& block)
{
    const Floats d;
    for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
        const auto up = hn::Load(d, block.up.data() + lane);
        const auto down = hn::Load(d, block.down.data() + lane);
        const Lanes lanes { format, scratch.values + lane, scratch.weights + lane,
            hn::Load(d, block.low.data() + lane), hn::Load(d, block.high.data() + lane), up, down,
            weighted ? hn::Load(d, scratch.totals + lane)
                     : all(static_cast<float>(format.groupSize)) };
        const Grid client { hn::Mul(hn::Load(d, block.scale.data() + lane), down),
            hn::Mul(hn::Load(d, block.bias.data() + lane), down) };
        const Grid found = searchLanes<weighted>(lanes, client);
        hn::Store(hn::Mul(found.scale, up), d, block.scale.data() + lane);
        hn::Store(hn::Mul(found.bias, up), d, block.bias.data() + lane);
    }
}

void searchBlockKernel(const AffineFormat& format, const float* values, const float* weights,
    std::size_t groups, AffineBlock& block)
{
    SearchScratch scratch;
    const std::size_t size = format.groupSize;
    if (groups < stride)
        std::fill_n(scratch.values, size * stride, 0.0f);
    transposeGroups(values, size, groups, scratch.values);
    if (block.scaled)
        scaleLanes(block, size, scratch.values);
    if (!weights)
        return searchScratch<false>(format, scratch, block);
    if (groups < stride)
        std::fill_n(scratch.weights, size * stride, 1.0f);
    transposeGroups(weights, size, groups, scratch.weights);
    normaliseWeights(size, scratch.weights, scratch.totals);
    searchScratch<true>(format, scratch, block);
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(searchBlockKernel);

void searchBlock(const AffineFormat& format, const float* values, const float* weights,
    std::size_t groups, AffineBlock& block)
{
    HWY_DYNAMIC_DISPATCH(searchBlockKernel)(format, values, weights, groups, block);
}

} // namespace bitloupe
#endif // HWY_ONCE
