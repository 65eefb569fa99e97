// SPDX-License-Identifier: GPL-3.0-or-later
// What the affine kernels share; included once for each Highway target, after its headers.

#include "numeric/float_types_inl.h"

#if defined(BITLOUPE_AFFINE_KERNELS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef BITLOUPE_AFFINE_KERNELS_INL_H
#undef BITLOUPE_AFFINE_KERNELS_INL_H
#else
#define BITLOUPE_AFFINE_KERNELS_INL_H
#endif

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t vectorLanes = hn::MaxLanes(Floats());

HWY_INLINE FloatVector all(float value) { return hn::Set(Floats(), value); }

HWY_INLINE FloatVector roundVector(DType type, FloatVector values)
{
    if (type == DType::BF16)
        return roundVectorToBf16(values);
    return type == DType::F16 ? roundVectorToF16(values) : values;
}

HWY_INLINE FloatVector clampVector(FloatVector values, FloatVector low, FloatVector high)
{
    return hn::Min(hn::Max(values, low), high);
}

/// The number that is stored for `value` (both times `down`): rounded to the scale's dtype, kept
/// within +-limit.
HWY_INLINE FloatVector storable(
    DType type, float limit, FloatVector value, FloatVector up, FloatVector down)
{
    const auto inside = clampVector(hn::Mul(value, up), all(-limit), all(limit));
    return hn::Mul(roundVector(type, inside), down);
}

/// 1 / scale; 0 for a scale that is zero or as good as zero, which makes every code 0.
HWY_INLINE FloatVector inverseOrZero(FloatVector scale)
{
    const auto usable = hn::Gt(hn::Abs(scale), all(0x1p-100f));
    return hn::IfThenElseZero(usable, hn::Div(all(1), hn::IfThenElse(usable, scale, all(1))));
}

// In [2^23, 2^24) floats are the integers: adding rounds to nearest even.
constexpr float integerFloor = 0x1p23f;

/// Nearest integer to each of `values`, which lie in [0, 255].
HWY_INLINE FloatVector nearestCode(FloatVector values)
{
    return hn::Sub(hn::Add(values, all(integerFloor)), all(integerFloor));
}

HWY_INLINE FloatVector decoded(FloatVector scale, FloatVector code, FloatVector bias)
{
    return hn::Add(hn::Mul(scale, code), bias);
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
