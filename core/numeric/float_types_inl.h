// SPDX-License-Identifier: GPL-3.0-or-later
// Vectors of narrow floats to and from float, for kernels: included once for each Highway target,
// after its headers. Bit for bit the scalar functions of float_types.h.

// Per-target include guard, as Highway's own headers have it.
#if defined(BITLOUPE_FLOAT_TYPES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef BITLOUPE_FLOAT_TYPES_INL_H
#undef BITLOUPE_FLOAT_TYPES_INL_H
#else
#define BITLOUPE_FLOAT_TYPES_INL_H
#endif

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 16>;
using Words = hn::RebindToUnsigned<Floats>;
using FloatVector = hn::Vec<Floats>;
using WordVector = hn::Vec<Words>;

HWY_INLINE FloatVector widenF16Words(WordVector half)
{
    const Words w;
    const auto magnitude = hn::And(half, hn::Set(w, 0x7fff));
    const auto sign = hn::ShiftLeft<16>(hn::And(half, hn::Set(w, 0x8000)));
    const auto shifted = hn::ShiftLeft<13>(magnitude);
    const auto normal = hn::Add(shifted, hn::Set(w, 112u << 23));
    const auto special = hn::Add(shifted, hn::Set(w, 224u << 23));
    // 2^-14 + fraction * 2^-24, less 2^-14: exact, and no subnormal on the way
    const auto offset = hn::BitCast(Floats(), hn::Set(w, 113u << 23));
    const auto raised = hn::BitCast(Floats(), hn::Add(shifted, hn::Set(w, 113u << 23)));
    const auto subnormal = hn::BitCast(w, hn::Sub(raised, offset));
    auto bits = hn::IfThenElse(hn::Lt(magnitude, hn::Set(w, 0x0400)), subnormal, normal);
    bits = hn::IfThenElse(hn::Gt(magnitude, hn::Set(w, 0x7bff)), special, bits);
    return hn::BitCast(Floats(), hn::Or(bits, sign));
}

HWY_INLINE WordVector narrowToBf16Words(WordVector bits)
{
    const Words w;
    const auto isNan
        = hn::Gt(hn::And(bits, hn::Set(w, 0x7fff'ffff)), hn::Set(w, 0x7f80'0000));
    const auto upper = hn::ShiftRight<16>(bits);
    const auto odd = hn::And(upper, hn::Set(w, 1));
    const auto rounded
        = hn::ShiftRight<16>(hn::Add(bits, hn::Add(odd, hn::Set(w, 0x7fff))));
    return hn::IfThenElse(isNan, hn::Or(upper, hn::Set(w, 0x40)), rounded);
}

HWY_INLINE WordVector narrowToF16Words(WordVector bits)
{
    const Words w;
    const auto magnitude = hn::And(bits, hn::Set(w, 0x7fff'ffff));
    const auto sign = hn::And(hn::ShiftRight<16>(bits), hn::Set(w, 0x8000));
    const auto thirteenth = hn::ShiftRight<13>(magnitude);
    const auto odd = hn::And(thirteenth, hn::Set(w, 1));
    const auto rebased = hn::Sub(magnitude, hn::Set(w, 0x3800'0000 - 0xfff));
    const auto normal = hn::ShiftRight<13>(hn::Add(rebased, odd));
    const auto raised
        = hn::Add(hn::BitCast(Floats(), magnitude), hn::Set(Floats(), 0.5f));
    const auto subnormal = hn::Sub(hn::BitCast(w, raised), hn::Set(w, 0x3f00'0000));
    const auto nan
        = hn::Or(hn::Set(w, 0x7e00), hn::And(thirteenth, hn::Set(w, 0x3ff)));
    auto half = hn::IfThenElse(hn::Lt(magnitude, hn::Set(w, 0x3880'0000)), subnormal, normal);
    half = hn::IfThenElse(hn::Gt(magnitude, hn::Set(w, 0x477f'ffff)), hn::Set(w, 0x7c00), half);
    half = hn::IfThenElse(hn::Gt(magnitude, hn::Set(w, 0x7f80'0000)), nan, half);
    return hn::Or(half, sign);
}

HWY_INLINE FloatVector roundVectorToBf16(FloatVector values)
{
    const auto narrow = narrowToBf16Words(hn::BitCast(Words(), values));
    return hn::BitCast(Floats(), hn::ShiftLeft<16>(narrow));
}

HWY_INLINE FloatVector roundVectorToF16(FloatVector values)
{
    return widenF16Words(narrowToF16Words(hn::BitCast(Words(), values)));
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
