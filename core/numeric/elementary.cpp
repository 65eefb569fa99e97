// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/elementary.h"
#include "numeric/simd_targets.h"

#include <algorithm>
#include <cassert>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numeric/elementary.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "numeric/fused_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

constexpr std::size_t lanes = 16; // every sweep works on whole sixteens

HWY_INLINE Vector set(float value) { return hn::Set(Floats(), value); }

// 2^n e^r with x = n ln 2 + r, |r| <= 0.35, by the series of e^r to the seventh power.
HWY_INLINE Vector exponential(Vector x)
{
    const Floats d;
    const hn::RebindToSigned<Floats> integers;
    const auto clamped = hn::Min(hn::Max(x, set(-104.0f)), set(89.0f));
    const auto n = hn::Round(hn::Mul(clamped, set(1.44269504f)));
    auto r = fusedMultiplyAdd(n, set(-0.693359375f), clamped);
    r = fusedMultiplyAdd(n, set(2.12194440e-4f), r);
    auto series = set(1.0f / 5040);
    series = fusedMultiplyAdd(series, r, set(1.0f / 720));
    series = fusedMultiplyAdd(series, r, set(1.0f / 120));
    series = fusedMultiplyAdd(series, r, set(1.0f / 24));
    series = fusedMultiplyAdd(series, r, set(1.0f / 6));
    series = fusedMultiplyAdd(series, r, set(0.5f));
    series = fusedMultiplyAdd(series, r, set(1.0f));
    series = fusedMultiplyAdd(series, r, set(1.0f));
    // Two factors, each a normal number, so that the product may overflow or be subnormal.
    const auto exponent = hn::ConvertTo(integers, n);
    const auto half = hn::ShiftRight<1>(exponent);
    const auto power = [&](auto e) {
        return hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(e, hn::Set(integers, 127))));
    };
    const auto value
        = hn::Mul(hn::Mul(series, power(half)), power(hn::Sub(exponent, half)));
    return hn::IfThenElse(hn::IsNaN(x), x, value);
}

HWY_INLINE Vector sigmoid(Vector x)
{
    return hn::Div(set(1), hn::Add(set(1), exponential(hn::Neg(x))));
}

// By the odd series near 0, where 1 - 2 / (e^2x + 1) would cancel.
HWY_INLINE Vector hyperbolicTangent(Vector x)
{
    const auto square = hn::Mul(x, x);
    auto series = set(-21844.0f / 6081075);
    series = fusedMultiplyAdd(series, square, set(1382.0f / 155925));
    series = fusedMultiplyAdd(series, square, set(-62.0f / 2835));
    series = fusedMultiplyAdd(series, square, set(17.0f / 315));
    series = fusedMultiplyAdd(series, square, set(-2.0f / 15));
    series = fusedMultiplyAdd(series, square, set(1.0f / 3));
    const auto nearZero = hn::Sub(x, hn::Mul(hn::Mul(x, square), series));
    const auto far = hn::Sub(set(1),
        hn::Div(set(2), hn::Add(exponential(hn::Add(x, x)), set(1))));
    return hn::IfThenElse(hn::Lt(hn::Abs(x), set(0.3f)), nearZero, far);
}

// Error below 2e-7, absolute. Source: Abramowitz and Stegun, 7.1.26.
HWY_INLINE Vector errorFunction(Vector x)
{
    const auto magnitude = hn::Abs(x);
    const auto t = hn::Div(set(1), fusedMultiplyAdd(magnitude, set(0.3275911f), set(1)));
    auto series = set(1.061405429f);
    series = fusedMultiplyAdd(series, t, set(-1.453152027f));
    series = fusedMultiplyAdd(series, t, set(1.421413741f));
    series = fusedMultiplyAdd(series, t, set(-0.284496736f));
    series = fusedMultiplyAdd(series, t, set(0.254829592f));
    const auto tail = hn::Mul(hn::Mul(series, t), exponential(hn::Neg(hn::Mul(x, x))));
    return hn::CopySign(hn::Sub(set(1), tail), x);
}

HWY_INLINE Vector tanhGeluArgument(Vector x)
{
    const auto cubic = fusedMultiplyAdd(hn::Mul(x, x), set(0.044715f), set(1));
    return hn::Mul(hn::Mul(set(0.797884560802865f), x), cubic);
}

template <Activation kind>
HWY_INLINE Vector activated(Vector x)
{
    const auto zero = hn::Zero(Floats());
    if constexpr (kind == Activation::silu) {
        return hn::Mul(x, sigmoid(x));
    } else if constexpr (kind == Activation::quickGelu) {
        return hn::Mul(x, sigmoid(hn::Mul(set(1.702f), x)));
    } else if constexpr (kind == Activation::gelu) {
        const auto half = hn::Mul(set(0.5f), x);
        return fusedMultiplyAdd(half, errorFunction(hn::Mul(x, set(0.707106781f))), half);
    } else if constexpr (kind == Activation::geluTanh) {
        const auto half = hn::Mul(set(0.5f), x);
        return fusedMultiplyAdd(half, hyperbolicTangent(tanhGeluArgument(x)), half);
    } else if constexpr (kind == Activation::relu) {
        return hn::Max(x, zero);
    } else {
        const auto positive = hn::Max(x, zero);
        return hn::Mul(positive, positive);
    }
}

// y + c x y (1 - y) with y = sigmoid(c x).
HWY_INLINE Vector sigmoidUnitSlope(Vector x, float c)
{
    const auto y = sigmoid(hn::Mul(set(c), x));
    const auto fall = hn::Mul(y, hn::Sub(set(1), y));
    return fusedMultiplyAdd(hn::Mul(set(c), x), fall, y);
}

template <Activation kind>
HWY_INLINE Vector slope(Vector x)
{
    const auto zero = hn::Zero(Floats());
    if constexpr (kind == Activation::silu) {
        return sigmoidUnitSlope(x, 1);
    } else if constexpr (kind == Activation::quickGelu) {
        return sigmoidUnitSlope(x, 1.702f);
    } else if constexpr (kind == Activation::gelu) {
        const auto erf = errorFunction(hn::Mul(x, set(0.707106781f)));
        const auto bell
            = hn::Mul(set(0.398942280f), exponential(hn::Mul(set(-0.5f), hn::Mul(x, x))));
        return fusedMultiplyAdd(x, bell, fusedMultiplyAdd(erf, set(0.5f), set(0.5f)));
    } else if constexpr (kind == Activation::geluTanh) {
        const auto tangent = hyperbolicTangent(tanhGeluArgument(x));
        const auto fall = hn::Sub(set(1), hn::Mul(tangent, tangent));
        const auto inner = hn::Mul(set(0.797884560802865f),
            fusedMultiplyAdd(hn::Mul(x, x), set(3 * 0.044715f), set(1)));
        const auto bend = hn::Mul(hn::Mul(set(0.5f), x), hn::Mul(fall, inner));
        return hn::Add(fusedMultiplyAdd(tangent, set(0.5f), set(0.5f)), bend);
    } else if constexpr (kind == Activation::relu) {
        return hn::IfThenElseZero(hn::Gt(x, zero), set(1));
    } else {
        return hn::Mul(set(2), hn::Max(x, zero));
    }
}

template <typename Function>
HWY_INLINE void sweep(const float* in, float* out, std::size_t count, const Function& function)
{
    const Floats d;
    std::size_t i = 0;
    for (; i + vectorLanes <= count; i += vectorLanes)
        hn::StoreU(function(hn::LoadU(d, in + i)), d, out + i);
    if (i == count)
        return;
    HWY_ALIGN float rest[lanes] = {};
    std::copy(in + i, in + count, rest);
    hn::Store(function(hn::Load(d, rest)), d, rest);
    std::copy(rest, rest + (count - i), out + i);
}

void shiftedExponentialsKernel(const float* in, float shift, float* out, std::size_t count)
{
    const auto offset = set(shift);
    sweep(in, out, count, [&](Vector x) { return exponential(hn::Sub(x, offset)); });
}

void softcapKernel(float c, float* values, std::size_t count)
{
    const auto inverse = set(1 / c);
    sweep(values, values, count,
        [&](Vector x) { return hn::Mul(set(c), hyperbolicTangent(hn::Mul(x, inverse))); });
}

double sumKernel(const float* values, std::size_t count)
{
    const hn::CappedTag<double, 8> d;
    const hn::Rebind<float, decltype(d)> narrow;
    constexpr std::size_t doubleLanes = hn::MaxLanes(d);
    hn::Vec<decltype(d)> sums[lanes / doubleLanes];
    for (auto& sum : sums)
        sum = hn::Zero(d);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t v = 0; v < lanes / doubleLanes; ++v) {
            const auto value = hn::LoadU(narrow, values + i + v * doubleLanes);
            sums[v] = hn::Add(sums[v], hn::PromoteTo(d, value));
        }
    }
    HWY_ALIGN double lane[lanes];
    for (std::size_t v = 0; v < lanes / doubleLanes; ++v)
        hn::Store(sums[v], d, lane + v * doubleLanes);
    for (std::size_t k = 0; i < count; ++i, ++k)
        lane[k] += static_cast<double>(values[i]);
    for (std::size_t half = lanes / 2; half > 0; half /= 2) {
        for (std::size_t k = 0; k < half; ++k)
            lane[k] += lane[k + half];
    }
    return lane[0];
}

float largestKernel(const float* values, std::size_t count)
{
    const Floats d;
    auto most = set(-std::numeric_limits<float>::infinity());
    std::size_t i = 0;
    for (; i + vectorLanes <= count; i += vectorLanes)
        most = hn::Max(most, hn::LoadU(d, values + i));
    float result = hn::GetLane(hn::MaxOfLanes(d, most));
    for (; i < count; ++i)
        result = std::max(result, values[i]);
    return result;
}

template <Activation kind>
void activateAs(const float* in, float* out, std::size_t count, bool wantsSlope)
{
    if (wantsSlope)
        sweep(in, out, count, [](Vector x) { return slope<kind>(x); });
    else
        sweep(in, out, count, [](Vector x) { return activated<kind>(x); });
}

void activationKernel(
    Activation kind, const float* in, float* out, std::size_t count, bool wantsSlope)
{
    switch (kind) {
    case Activation::silu: return activateAs<Activation::silu>(in, out, count, wantsSlope);
    case Activation::gelu: return activateAs<Activation::gelu>(in, out, count, wantsSlope);
    case Activation::geluTanh: return activateAs<Activation::geluTanh>(in, out, count, wantsSlope);
    case Activation::quickGelu:
        return activateAs<Activation::quickGelu>(in, out, count, wantsSlope);
    case Activation::relu: return activateAs<Activation::relu>(in, out, count, wantsSlope);
    case Activation::reluSquared:
        return activateAs<Activation::reluSquared>(in, out, count, wantsSlope);
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(shiftedExponentialsKernel);
HWY_EXPORT(softcapKernel);
HWY_EXPORT(sumKernel);
HWY_EXPORT(largestKernel);
HWY_EXPORT(activationKernel);

void exponentials(std::span<const float> in, std::span<float> out)
{
    assert(in.size() == out.size());
    HWY_DYNAMIC_DISPATCH(shiftedExponentialsKernel)(in.data(), 0.0f, out.data(), in.size());
}

float largest(std::span<const float> values)
{
    return HWY_DYNAMIC_DISPATCH(largestKernel)(values.data(), values.size());
}

double sum(std::span<const float> values)
{
    return HWY_DYNAMIC_DISPATCH(sumKernel)(values.data(), values.size());
}

double shiftedExponentials(std::span<const float> in, float shift, std::span<float> out)
{
    assert(in.size() == out.size());
    HWY_DYNAMIC_DISPATCH(shiftedExponentialsKernel)(in.data(), shift, out.data(), in.size());
    return sum(out);
}

void softcap(float c, std::span<float> values)
{
    HWY_DYNAMIC_DISPATCH(softcapKernel)(c, values.data(), values.size());
}

void activation(Activation kind, std::span<const float> in, std::span<float> out)
{
    assert(in.size() == out.size());
    HWY_DYNAMIC_DISPATCH(activationKernel)(kind, in.data(), out.data(), in.size(), false);
}

void activationSlope(Activation kind, std::span<const float> in, std::span<float> out)
{
    assert(in.size() == out.size());
    HWY_DYNAMIC_DISPATCH(activationKernel)(kind, in.data(), out.data(), in.size(), true);
}

} // namespace bitloupe
#endif // HWY_ONCE
