// SPDX-License-Identifier: GPL-3.0-or-later
// From the best grid of each group to whole multiples of two numbers that a superblock shares.
// Those two are chosen by how much worse the groups' errors become by the parabola about their
// best; then exactly, code by code: each group tries the neighbours of its multiples, the two
// numbers move to the least squares for all codes, and the groups try once more.
#include "codec/ggml/block_kernels.h"
#include "numeric/float_types.h"
#include "numeric/simd_targets.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/ggml/block_superblocks.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/ggml/block_lanes_inl.h"
#include "codec/ggml/block_units.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

HWY_INLINE FloatVector multiple(FloatVector value, FloatVector unit, float low, float high)
{
    const auto wanted = quotientOr(value, unit, hn::Zero(Floats()));
    return nearestInteger(clampVector(wanted, all(low), all(high)));
}

struct UnitTrial {
    FloatVector error, multiples, mins;
};

HWY_INLINE void keepBetterUnits(UnitTrial& best, const UnitTrial& trial)
{
    const auto better = hn::Lt(trial.error, best.error);
    best.error = hn::IfThenElse(better, trial.error, best.error);
    best.multiples = hn::IfThenElse(better, trial.multiples, best.multiples);
    best.mins = hn::IfThenElse(better, trial.mins, best.mins);
}

// By the parabola: the best multiple of `unit` once the offset is shifted.
HWY_INLINE UnitTrial byParabola(const BlockFormat& format, const LaneFit& fit, FloatVector total,
    FloatVector unit, FloatVector mins, FloatVector shift)
{
    const auto slope = hn::Sub(fit.rq, hn::Mul(shift, fit.q));
    const auto wanted = hn::Add(fit.scale, quotientOr(slope, fit.qq, hn::Zero(Floats())));
    const auto multiples = multiple(wanted, unit, static_cast<float>(format.lowestScale),
        static_cast<float>(format.highestScale));
    const auto step = hn::Sub(hn::Mul(unit, multiples), fit.scale);
    const auto curve = hn::Mul(step, hn::Sub(hn::Mul(step, fit.qq), hn::Add(slope, slope)));
    const auto shifted
        = hn::Mul(shift, hn::Sub(hn::Mul(shift, total), hn::Add(fit.r, fit.r)));
    return { hn::Add(fit.error, hn::Add(curve, shifted)), multiples, mins };
}

void tryUnitsKernel(
    const BlockFormat& format, const BlockLanes& lanes, const LaneFits& wanted, UnitChoice& choice)
{
    const Floats d;
    for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
        const LaneFit fit = loadFit(wanted, lane);
        const auto unit = hn::Load(d, choice.unit.data() + lane);
        const auto zero = hn::Zero(d);
        UnitTrial best { zero, zero, zero };
        if (format.offset == BlockOffset::none) {
            best = byParabola(format, fit, zero, unit, zero, zero);
        } else {
            const auto total = hn::Load(d, lanes.totalWeight.data() + lane);
            const auto offsetUnit = hn::Load(d, choice.offsetUnit.data() + lane);
            const auto top = static_cast<float>(format.highestMin);
            const auto middle = multiple(hn::Neg(fit.offset), offsetUnit, 0, top);
            for (const float side : { 0.0f, -1.0f, 1.0f }) {
                const auto mins = clampVector(hn::Add(middle, all(side)), zero, all(top));
                const auto shift
                    = hn::Sub(hn::Neg(hn::Mul(offsetUnit, mins)), fit.offset);
                const auto trial = byParabola(format, fit, total, unit, mins, shift);
                if (side == 0)
                    best = trial;
                else
                    keepBetterUnits(best, trial);
            }
        }
        hn::Store(best.error, d, choice.error.data() + lane);
        hn::Store(best.multiples, d, choice.multiples.data() + lane);
        hn::Store(best.mins, d, choice.mins.data() + lane);
    }
}

// Multiples one up or down, where that is better with the codes that follow.
void tryNeighboursKernel(
    const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes, UnitChoice& choice)
{
    const Floats d;
    withLevels(format, [&](const auto& levels, auto offsets) HWY_ATTR {
        constexpr bool withOffset = decltype(offsets)::value;
        for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
            const LaneView view(lanes, lane);
            const auto unit = hn::Load(d, choice.unit.data() + lane);
            const auto offsetUnit = hn::Load(d, choice.offsetUnit.data() + lane);
            const auto trialOf = [&](FloatVector multiples, FloatVector mins) HWY_ATTR {
                const auto inside = clampVector(multiples,
                    all(static_cast<float>(format.lowestScale)),
                    all(static_cast<float>(format.highestScale)));
                const auto insideMins = clampVector(
                    mins, hn::Zero(d), all(static_cast<float>(format.highestMin)));
                const auto error = errorOfLanes<withOffset>(view, levels, hn::Mul(unit, inside),
                    hn::Neg(hn::Mul(offsetUnit, insideMins)));
                return UnitTrial { error, inside, insideMins };
            };
            const auto middle = hn::Load(d, choice.multiples.data() + lane);
            const auto middleMins = hn::Load(d, choice.mins.data() + lane);
            UnitTrial best = trialOf(middle, middleMins);
            for (const float up : { -1.0f, 0.0f, 1.0f }) {
                for (const float add : { -1.0f, 0.0f, 1.0f }) {
                    const bool corner = up != 0 && add != 0;
                    if ((up == 0 && add == 0) || (!withOffset && add != 0)
                        || (corner && effort == BlockEffort::quick))
                        continue;
                    auto trial
                        = trialOf(hn::Add(middle, all(up)), hn::Add(middleMins, all(add)));
                    keepBetterUnits(best, trial);
                }
            }
            hn::Store(best.error, d, choice.error.data() + lane);
            hn::Store(best.multiples, d, choice.multiples.data() + lane);
            hn::Store(best.mins, d, choice.mins.data() + lane);
        }
    });
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(tryUnitsKernel);
HWY_EXPORT(tryNeighboursKernel);

void tryUnits(const BlockFormat& format, const BlockLanes& lanes, const LaneFits& wanted,
    UnitChoice& choice)
{
    HWY_DYNAMIC_DISPATCH(tryUnitsKernel)(format, lanes, wanted, choice);
}

void tryNeighbours(const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes,
    UnitChoice& choice)
{
    HWY_DYNAMIC_DISPATCH(tryNeighboursKernel)(format, effort, lanes, choice);
}

} // namespace bitloupe
#endif // HWY_ONCE
