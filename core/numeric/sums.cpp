// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/sums.h"
#include "numeric/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numeric/sums.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::CappedTag<double, 8>;
using Vector = hn::Vec<Doubles>;
constexpr std::size_t sumLanes = 16;
constexpr std::size_t vectorLanes = hn::MaxLanes(Doubles());
constexpr std::size_t vectors = sumLanes / vectorLanes;

// Sixteen running sums, however many vectors they take.
struct Lanes {
    Vector sums[vectors];

    HWY_INLINE void clear()
    {
        HWY_UNROLL(8)
        for (std::size_t v = 0; v < vectors; ++v)
            sums[v] = hn::Zero(Doubles());
    }
    // `tail[i]` holds the terms of lane i that filled no vector.
    HWY_INLINE double total(const double* tail) const
    {
        HWY_ALIGN double lane[sumLanes];
        HWY_UNROLL(8)
        for (std::size_t v = 0; v < vectors; ++v)
            hn::Store(sums[v], Doubles(), lane + v * vectorLanes);
        for (std::size_t i = 0; i < sumLanes; ++i)
            lane[i] += tail[i];
        for (std::size_t half = sumLanes / 2; half > 0; half /= 2) {
            for (std::size_t i = 0; i < half; ++i)
                lane[i] += lane[i + half];
        }
        return lane[0];
    }
};

HWY_INLINE Vector widened(const float* from)
{
    return hn::PromoteTo(Doubles(), hn::LoadU(hn::Rebind<float, Doubles>(), from));
}

double dotProductKernel(const float* a, const float* b, std::size_t count)
{
    Lanes lanes;
    lanes.clear();
    std::size_t i = 0;
    for (; i + sumLanes <= count; i += sumLanes) {
        HWY_UNROLL(8)
        for (std::size_t v = 0; v < vectors; ++v) {
            const std::size_t at = i + v * vectorLanes;
            lanes.sums[v] = hn::Add(lanes.sums[v], hn::Mul(widened(a + at), widened(b + at)));
        }
    }
    double tail[sumLanes] = {};
    for (std::size_t lane = 0; i < count; ++i, ++lane)
        tail[lane] = static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return lanes.total(tail);
}

void addScaledKernel(float factor, const float* x, float* y, std::size_t count)
{
    const hn::CappedTag<float, 16> d;
    const std::size_t step = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + step <= count; i += step) {
        const auto scaled = hn::Mul(hn::Set(d, factor), hn::LoadU(d, x + i));
        hn::StoreU(hn::Add(hn::LoadU(d, y + i), scaled), d, y + i);
    }
    for (; i < count; ++i)
        y[i] += factor * x[i];
}

double updateAndDotKernel(double* HWY_RESTRICT row, double a, const double* HWY_RESTRICT x,
    double b, const double* HWY_RESTRICT y, const double* HWY_RESTRICT z, std::size_t count)
{
    const Doubles d;
    const Vector aVector = hn::Set(d, a);
    const Vector bVector = hn::Set(d, b);
    Lanes lanes;
    lanes.clear();
    std::size_t i = 0;
    for (; i + sumLanes <= count; i += sumLanes) {
        HWY_UNROLL(8)
        for (std::size_t v = 0; v < vectors; ++v) {
            const std::size_t at = i + v * vectorLanes;
            const Vector change = hn::Add(hn::Mul(aVector, hn::LoadU(d, x + at)),
                hn::Mul(bVector, hn::LoadU(d, y + at)));
            const Vector updated = hn::Sub(hn::LoadU(d, row + at), change);
            hn::StoreU(updated, d, row + at);
            lanes.sums[v] = hn::Add(lanes.sums[v], hn::Mul(updated, hn::LoadU(d, z + at)));
        }
    }
    double tail[sumLanes] = {};
    for (std::size_t lane = 0; i < count; ++i, ++lane) {
        row[i] -= a * x[i] + b * y[i];
        tail[lane] = row[i] * z[i];
    }
    return lanes.total(tail);
}

void rotateKernel(
    double* HWY_RESTRICT a, double* HWY_RESTRICT b, double c, double s, std::size_t count)
{
    const Doubles d;
    const Vector cVector = hn::Set(d, c);
    const Vector sVector = hn::Set(d, s);
    const std::size_t step = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + step <= count; i += step) {
        const Vector first = hn::LoadU(d, a + i);
        const Vector second = hn::LoadU(d, b + i);
        hn::StoreU(hn::Sub(hn::Mul(cVector, first), hn::Mul(sVector, second)), d, a + i);
        hn::StoreU(hn::Add(hn::Mul(sVector, first), hn::Mul(cVector, second)), d, b + i);
    }
    for (; i < count; ++i) {
        const double first = a[i];
        a[i] = c * first - s * b[i];
        b[i] = s * first + c * b[i];
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(dotProductKernel);
HWY_EXPORT(addScaledKernel);
HWY_EXPORT(updateAndDotKernel);
HWY_EXPORT(rotateKernel);

double dotProduct(const float* a, const float* b, std::size_t count)
{
    return HWY_DYNAMIC_DISPATCH(dotProductKernel)(a, b, count);
}

void addScaled(float factor, const float* x, float* y, std::size_t count)
{
    HWY_DYNAMIC_DISPATCH(addScaledKernel)(factor, x, y, count);
}

double updateAndDot(double* row, double a, const double* x, double b, const double* y,
    const double* z, std::size_t count)
{
    return HWY_DYNAMIC_DISPATCH(updateAndDotKernel)(row, a, x, b, y, z, count);
}

void rotate(double* a, double* b, double c, double s, std::size_t count)
{
    HWY_DYNAMIC_DISPATCH(rotateKernel)(a, b, c, s, count);
}

} // namespace bitloupe
#endif // HWY_ONCE
