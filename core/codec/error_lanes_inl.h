// SPDX-License-Identifier: GPL-3.0-or-later
// Squared errors summed in 16 fixed lanes; included once for each Highway target, after its
// headers.

#if defined(BITLOUPE_ERROR_LANES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef BITLOUPE_ERROR_LANES_INL_H
#undef BITLOUPE_ERROR_LANES_INL_H
#else
#define BITLOUPE_ERROR_LANES_INL_H
#endif

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::CappedTag<double, 8>;

template <bool weighted>
HWY_INLINE void addSquares(const float* residuals, const float* weights, std::size_t groupSize,
    double unit, AffineErrors& errors)
{
    const Doubles d;
    const hn::Rebind<float, Doubles> half;
    const auto factor = hn::Set(d, unit);
    for (std::size_t lane = 0; lane < errors.squared.size(); lane += hn::Lanes(d)) {
        auto sum = hn::Load(d, errors.squared.data() + lane);
        auto weightedSum = hn::Load(d, errors.weighted.data() + lane);
        for (std::size_t j = lane; j < groupSize; j += errors.squared.size()) {
            const auto residual
                = hn::Mul(hn::PromoteTo(d, hn::Load(half, residuals + j)), factor);
            const auto square = hn::Mul(residual, residual);
            sum = hn::Add(sum, square);
            if constexpr (weighted) {
                const auto weight = hn::PromoteTo(d, hn::LoadU(half, weights + j));
                weightedSum = hn::Add(weightedSum, hn::Mul(weight, square));
            }
        }
        hn::Store(sum, d, errors.squared.data() + lane);
        if constexpr (weighted)
            hn::Store(weightedSum, d, errors.weighted.data() + lane);
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
