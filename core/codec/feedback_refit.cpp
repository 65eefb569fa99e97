// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/feedback_kernels.h"
#include "numeric/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/feedback_refit.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/levels_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

// With codes c, ones 1 and gradient g: what a change of scale and bias does to the error.
struct Slopes {
    FloatVector codeCode, codeOne, oneOne; // c H c, c H 1, 1 H 1
    FloatVector code, one; // g c, g 1
};

struct Step {
    FloatVector scale, bias;
};

HWY_INLINE Slopes slopesOf(const FeedbackGroup& group, std::size_t lane)
{
    const Floats d;
    const auto zero = hn::Zero(d);
    Slopes s { zero, zero, zero, zero, zero };
    for (std::size_t j = 0; j < group.columns; ++j) {
        const std::size_t at = j * feedbackRows + lane;
        const auto code = hn::Mul(all(group.member[j]), hn::LoadU(d, group.lanes.codes + at));
        const auto gradient = hn::LoadU(d, group.gradient + at);
        const auto biased = all(group.biased[j]);
        const auto ones = all(group.momentOnes[j]);
        s.codeCode = hn::Add(s.codeCode, hn::Mul(code, hn::LoadU(d, group.momentCodes + at)));
        s.codeOne = hn::Add(s.codeOne, hn::Mul(code, ones));
        s.oneOne = hn::Add(s.oneOne, hn::Mul(biased, ones));
        s.code = hn::Add(s.code, hn::Mul(gradient, code));
        s.one = hn::Add(s.one, hn::Mul(biased, gradient));
    }
    return s;
}

HWY_INLINE FloatVector quotientOrZero(FloatVector dividend, FloatVector divisor)
{
    const auto usable = hn::Gt(divisor, hn::Zero(Floats()));
    return hn::IfThenElseZero(usable, hn::Div(dividend, hn::IfThenElse(usable, divisor, all(1))));
}

// What scale and bias can be.
struct StoredNumbers {
    const FeedbackRule& rule;
    FloatVector scaleUnit, biasUnit;

    HWY_INLINE StoredNumbers(const FeedbackRule& of, const FeedbackGrid& grid, std::size_t lane)
        : rule(of)
        , scaleUnit(hn::Load(Floats(), grid.scaleUnit.data() + lane))
        , biasUnit(hn::Load(Floats(), grid.biasUnit.data() + lane))
    {
    }
    static HWY_INLINE FloatVector multiple(
        FloatVector value, FloatVector unit, float low, float high)
    {
        const auto usable = hn::Gt(hn::Abs(unit), all(0x1p-120f));
        const auto count = hn::Div(value, hn::IfThenElse(usable, unit, all(1)));
        const auto inside = clampVector(count, all(low), all(high));
        return hn::IfThenElseZero(usable, hn::Mul(unit, nearestInteger(inside)));
    }
    HWY_INLINE FloatVector scale(FloatVector value) const
    {
        return rule.multiples ? multiple(value, scaleUnit, rule.lowestScale, rule.highestScale)
                              : storable(rule.numberType, rule.scaleLimit, value, all(1), all(1));
    }
    HWY_INLINE FloatVector bias(FloatVector value) const
    {
        if (!rule.hasBias)
            return hn::Zero(Floats());
        return rule.multiples
            ? hn::Neg(multiple(hn::Neg(value), biasUnit, 0, rule.highestMin))
            : storable(rule.numberType, rule.biasLimit, value, all(1), all(1));
    }
};

// Bias first; the scale then makes the best of the rounded bias.
HWY_INLINE Step bestStep(
    const StoredNumbers& stored, const Slopes& s, FloatVector scale, FloatVector bias)
{
    const auto one = all(1);
    const auto product = hn::Mul(s.codeCode, s.oneOne);
    const auto determinant = hn::Sub(product, hn::Mul(s.codeOne, s.codeOne));
    const auto solvable = hn::Gt(determinant, hn::Mul(product, all(1e-5f)));
    const auto numerator = hn::Sub(hn::Mul(s.codeCode, s.one), hn::Mul(s.codeOne, s.code));
    const auto shift = hn::IfThenElse(solvable,
        hn::Div(numerator, hn::IfThenElse(solvable, determinant, one)),
        quotientOrZero(s.one, s.oneOne));
    const auto moved = hn::Sub(stored.bias(hn::Add(bias, shift)), bias);
    const auto stretch
        = quotientOrZero(hn::Sub(s.code, hn::Mul(moved, s.codeOne)), s.codeCode);
    return { hn::Sub(stored.scale(hn::Add(scale, stretch)), scale), moved };
}

// Half of what the error changes by.
HWY_INLINE FloatVector changeOf(const Slopes& s, const Step& step)
{
    const auto along = hn::Add(hn::Mul(step.scale, s.codeCode), hn::Mul(step.bias, s.codeOne));
    const auto across = hn::Add(hn::Mul(step.scale, s.codeOne), hn::Mul(step.bias, s.oneOne));
    const auto square = hn::Add(hn::Mul(step.scale, along), hn::Mul(step.bias, across));
    const auto linear = hn::Add(hn::Mul(step.scale, s.code), hn::Mul(step.bias, s.one));
    return hn::Sub(hn::Mul(all(0.5f), square), linear);
}

HWY_INLINE void follow(const FeedbackGroup& group, std::size_t lane, const Step& step,
    FloatVector scale, FloatVector bias)
{
    const Floats d;
    for (std::size_t j = 0; j < group.columns; ++j) {
        const std::size_t at = j * feedbackRows + lane;
        const auto code = hn::LoadU(d, group.lanes.codes + at);
        const auto value = hn::LoadU(d, group.lanes.values + at);
        if (group.member[j] != 0)
            hn::StoreU(hn::Sub(value, decoded(scale, code, bias)), d, group.lanes.errors + at);
        const auto moved = hn::Add(hn::Mul(step.scale, hn::LoadU(d, group.momentCodes + at)),
            hn::Mul(step.bias, all(group.momentOnes[j])));
        hn::StoreU(hn::Sub(hn::LoadU(d, group.gradient + at), moved), d, group.gradient + at);
    }
}

void refitKernel(const FeedbackRule& rule, FeedbackGrid& grid, const FeedbackGroup& group)
{
    const Floats d;
    for (std::size_t lane = 0; lane < feedbackRows; lane += vectorLanes) {
        const StoredNumbers stored(rule, grid, lane);
        const auto scale = hn::Load(d, grid.scale.data() + lane);
        const auto bias = hn::Load(d, grid.bias.data() + lane);
        const Slopes slopes = slopesOf(group, lane);
        Step step = bestStep(stored, slopes, scale, bias);
        const auto better = hn::Lt(changeOf(slopes, step), hn::Zero(d));
        if (hn::AllFalse(d, better))
            continue;
        step.scale = hn::IfThenElseZero(better, step.scale);
        step.bias = hn::IfThenElseZero(better, step.bias);
        // The difference of two stored numbers may be rounded: store what follow() decodes with.
        const auto newScale = stored.scale(hn::Add(scale, step.scale));
        const auto newBias = stored.bias(hn::Add(bias, step.bias));
        hn::Store(newScale, d, grid.scale.data() + lane);
        hn::Store(newBias, d, grid.bias.data() + lane);
        follow(group, lane, step, newScale, newBias);
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(refitKernel);

void refitGrid(const FeedbackRule& rule, FeedbackGrid& grid, const FeedbackGroup& group)
{
    HWY_DYNAMIC_DISPATCH(refitKernel)(rule, grid, group);
}

} // namespace bitloupe
#endif // HWY_ONCE
