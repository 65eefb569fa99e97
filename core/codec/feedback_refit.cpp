// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/feedback_kernels.h"
#include "numeric/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/feedback_refit.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/affine_kernels_inl.h"

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
        const auto code = hn::LoadU(d, group.lanes.codes + at);
        const auto gradient = hn::LoadU(d, group.gradient + at);
        const auto ones = all(group.momentOnes[j]);
        s.codeCode = hn::Add(s.codeCode, hn::Mul(code, hn::LoadU(d, group.momentCodes + at)));
        s.codeOne = hn::Add(s.codeOne, hn::Mul(code, ones));
        s.oneOne = hn::Add(s.oneOne, ones);
        s.code = hn::Add(s.code, hn::Mul(gradient, code));
        s.one = hn::Add(s.one, gradient);
    }
    return s;
}

HWY_INLINE FloatVector quotientOrZero(FloatVector dividend, FloatVector divisor)
{
    const auto usable = hn::Gt(divisor, hn::Zero(Floats()));
    return hn::IfThenElseZero(usable, hn::Div(dividend, hn::IfThenElse(usable, divisor, all(1))));
}

// Bias first; the scale then makes the best of the rounded bias.
HWY_INLINE Step bestStep(
    const AffineFormat& format, const Slopes& s, FloatVector scale, FloatVector bias)
{
    const auto one = all(1);
    const auto product = hn::Mul(s.codeCode, s.oneOne);
    const auto determinant = hn::Sub(product, hn::Mul(s.codeOne, s.codeOne));
    const auto solvable = hn::Gt(determinant, hn::Mul(product, all(1e-5f)));
    const auto numerator = hn::Sub(hn::Mul(s.codeCode, s.one), hn::Mul(s.codeOne, s.code));
    const auto shift = hn::IfThenElse(solvable,
        hn::Div(numerator, hn::IfThenElse(solvable, determinant, one)),
        quotientOrZero(s.one, s.oneOne));
    const auto newBias
        = storable(format.scaleType, format.valueLimit, hn::Add(bias, shift), one, one);
    const auto moved = hn::Sub(newBias, bias);
    const auto stretch
        = quotientOrZero(hn::Sub(s.code, hn::Mul(moved, s.codeOne)), s.codeCode);
    const auto newScale
        = storable(format.scaleType, format.scaleLimit, hn::Add(scale, stretch), one, one);
    return { hn::Sub(newScale, scale), moved };
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
        hn::StoreU(hn::Sub(value, decoded(scale, code, bias)), d, group.lanes.errors + at);
        const auto moved = hn::Add(hn::Mul(step.scale, hn::LoadU(d, group.momentCodes + at)),
            hn::Mul(step.bias, all(group.momentOnes[j])));
        hn::StoreU(hn::Sub(hn::LoadU(d, group.gradient + at), moved), d, group.gradient + at);
    }
}

void refitKernel(const AffineFormat& format, FeedbackGrid& grid, const FeedbackGroup& group)
{
    const Floats d;
    for (std::size_t lane = 0; lane < feedbackRows; lane += vectorLanes) {
        const auto scale = hn::Load(d, grid.scale.data() + lane);
        const auto bias = hn::Load(d, grid.bias.data() + lane);
        const Slopes slopes = slopesOf(group, lane);
        Step step = bestStep(format, slopes, scale, bias);
        const auto better = hn::Lt(changeOf(slopes, step), hn::Zero(d));
        if (hn::AllFalse(d, better))
            continue;
        step.scale = hn::IfThenElseZero(better, step.scale);
        step.bias = hn::IfThenElseZero(better, step.bias);
        // The difference of two stored numbers may be rounded: store what follow() decodes with.
        const auto newScale = storable(
            format.scaleType, format.scaleLimit, hn::Add(scale, step.scale), all(1), all(1));
        const auto newBias = storable(
            format.scaleType, format.valueLimit, hn::Add(bias, step.bias), all(1), all(1));
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

void refitGrid(const AffineFormat& format, FeedbackGrid& grid, const FeedbackGroup& group)
{
    HWY_DYNAMIC_DISPATCH(refitKernel)(format, grid, group);
}

} // namespace bitloupe
#endif // HWY_ONCE
