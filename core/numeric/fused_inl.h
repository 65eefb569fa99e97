// SPDX-License-Identifier: GPL-3.0-or-later
// Fused multiply-add of float vectors on every target, for kernels: included once for each Highway
// target, after its headers.

// Per-target include guard, as Highway's own headers have it.
#if defined(BITLOUPE_FUSED_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef BITLOUPE_FUSED_INL_H
#undef BITLOUPE_FUSED_INL_H
#else
#define BITLOUPE_FUSED_INL_H
#endif

#include <cmath>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Floats>;
constexpr std::size_t vectorLanes = hn::MaxLanes(Floats());

HWY_INLINE Vector fusedMultiplyAdd(Vector a, Vector b, Vector sum)
{
#if HWY_NATIVE_FMA
    return hn::MulAdd(a, b, sum);
#else
    // A product rounded before the sum would give other bits than the targets that fuse.
    const Floats d;
    HWY_ALIGN float x[vectorLanes];
    HWY_ALIGN float y[vectorLanes];
    HWY_ALIGN float z[vectorLanes];
    hn::Store(a, d, x);
    hn::Store(b, d, y);
    hn::Store(sum, d, z);
    for (std::size_t i = 0; i < vectorLanes; ++i)
        z[i] = std::fma(x[i], y[i], z[i]);
    return hn::Load(d, z);
#endif
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
