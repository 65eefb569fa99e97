// SPDX-License-Identifier: GPL-3.0-or-later
// What the block kernels share; included once for each Highway target, after its headers.

#include "codec/affine_kernels_inl.h"
#include "codec/group_lanes_inl.h"
#include "codec/levels_inl.h"

#if defined(BITLOUPE_BLOCK_LANES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef BITLOUPE_BLOCK_LANES_INL_H
#undef BITLOUPE_BLOCK_LANES_INL_H
#else
#define BITLOUPE_BLOCK_LANES_INL_H
#endif

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

HWY_INLINE FloatVector quotientOr(FloatVector dividend, FloatVector divisor, FloatVector other)
{
    const auto usable = hn::Gt(hn::Abs(divisor), all(0x1p-120f));
    return hn::IfThenElse(
        usable, hn::Div(dividend, hn::IfThenElse(usable, divisor, all(1))), other);
}

/// As many groups as a vector holds, from `lane` on.
struct LaneView {
    const float* values;
    const float* weights;
    std::size_t end;

    LaneView(const BlockLanes& lanes, std::size_t lane)
        : values(lanes.values.data() + lane)
        , weights(lanes.weights.data() + lane)
        , end(lanes.groupSize * stride)
    {
    }
};

struct LaneFit {
    FloatVector scale, offset;
    FloatVector error, q, qq, r, rq;
};

struct RoundedLanes {
    FloatVector level, residual;
};

// The nearest levels of the values there, and what is left over. `inverse` is that of the scale.
template <bool withOffset, typename Levels>
HWY_INLINE RoundedLanes roundedAt(const float* values, const Levels& levels, FloatVector scale,
    FloatVector inverse, FloatVector offset)
{
    const auto x = hn::Load(Floats(), values);
    const auto level = levels.nearest(hn::Mul(withOffset ? hn::Sub(x, offset) : x, inverse));
    auto back = hn::Mul(scale, level);
    if constexpr (withOffset)
        back = hn::Add(back, offset);
    return { level, hn::Sub(x, back) };
}

template <bool withOffset, typename Levels>
HWY_INLINE LaneFit measured(
    const LaneView& view, const Levels& levels, FloatVector scale, FloatVector offset)
{
    const Floats d;
    const auto inverse = inverseOrZero(scale);
    const auto zero = hn::Zero(d);
    LaneFit fit { scale, offset, zero, zero, zero, zero, zero };
    for (std::size_t at = 0; at < view.end; at += stride) {
        const auto weight = hn::Load(d, view.weights + at);
        const auto [level, residual]
            = roundedAt<withOffset>(view.values + at, levels, scale, inverse, offset);
        const auto weightedLevel = hn::Mul(weight, level);
        const auto weightedResidual = hn::Mul(weight, residual);
        fit.error = hn::Add(fit.error, hn::Mul(weightedResidual, residual));
        fit.qq = hn::Add(fit.qq, hn::Mul(weightedLevel, level));
        fit.rq = hn::Add(fit.rq, hn::Mul(weightedResidual, level));
        if constexpr (withOffset) {
            fit.q = hn::Add(fit.q, weightedLevel);
            fit.r = hn::Add(fit.r, weightedResidual);
        }
    }
    return fit;
}

template <bool withOffset, typename Levels>
HWY_INLINE FloatVector errorOfLanes(
    const LaneView& view, const Levels& levels, FloatVector scale, FloatVector offset)
{
    const Floats d;
    const auto inverse = inverseOrZero(scale);
    auto sum = hn::Zero(d);
    for (std::size_t at = 0; at < view.end; at += stride) {
        const auto residual
            = roundedAt<withOffset>(view.values + at, levels, scale, inverse, offset).residual;
        const auto square = hn::Mul(residual, residual);
        sum = hn::Add(sum, hn::Mul(hn::Load(d, view.weights + at), square));
    }
    return sum;
}

HWY_INLINE void keepBetterFit(LaneFit& best, const LaneFit& trial)
{
    const auto better = hn::Lt(trial.error, best.error);
    const auto keep = [&](FloatVector& to, FloatVector from) HWY_ATTR {
        to = hn::IfThenElse(better, from, to);
    };
    keep(best.scale, trial.scale);
    keep(best.offset, trial.offset);
    keep(best.error, trial.error);
    keep(best.q, trial.q);
    keep(best.qq, trial.qq);
    keep(best.r, trial.r);
    keep(best.rq, trial.rq);
}

HWY_INLINE LaneFit loadFit(const LaneFits& fits, std::size_t lane)
{
    const Floats d;
    const auto at
        = [&](const GroupLanes& from) HWY_ATTR { return hn::Load(d, from.data() + lane); };
    return { at(fits.scale), at(fits.offset), at(fits.error), at(fits.q), at(fits.qq), at(fits.r),
        at(fits.rq) };
}

HWY_INLINE void storeFit(const LaneFit& fit, std::size_t lane, LaneFits& fits)
{
    const Floats d;
    const auto at
        = [&](FloatVector from, GroupLanes& to) HWY_ATTR { hn::Store(from, d, to.data() + lane); };
    at(fit.scale, fits.scale);
    at(fit.offset, fits.offset);
    at(fit.error, fits.error);
    at(fit.q, fits.q);
    at(fit.qq, fits.qq);
    at(fit.r, fits.r);
    at(fit.rq, fits.rq);
}

/// work(levels, whether groups have an offset), with both as types.
template <typename Work>
HWY_INLINE void withLevels(const BlockFormat& format, const Work& work)
{
    if (format.levels != nullptr)
        return work(TableLevels(), std::false_type());
    const auto lowest = static_cast<float>(format.lowestLevel());
    const LinearLevels levels(lowest, static_cast<float>(format.highestLevel()));
    if (format.offset == BlockOffset::none)
        return work(levels, std::false_type());
    return work(levels, std::true_type());
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
