// SPDX-License-Identifier: GPL-3.0-or-later
// Groups side by side, one a lane; included once for each Highway target, after its headers.

#if defined(BITLOUPE_GROUP_LANES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef BITLOUPE_GROUP_LANES_INL_H
#undef BITLOUPE_GROUP_LANES_INL_H
#else
#define BITLOUPE_GROUP_LANES_INL_H
#endif

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Value j of lane i is at [16 * j + i].
constexpr std::size_t stride = affineBlockGroups;

// Groups in rows become groups in lanes.
inline void transposeGroups(const float* in, std::size_t groupSize, std::size_t groups, float* out)
{
    std::size_t g = 0;
#if HWY_TARGET != HWY_SCALAR
    const hn::FixedTag<float, 4> four;
    for (; g + 4 <= groups; g += 4) {
        const float* row = in + g * groupSize;
        for (std::size_t j = 0; j < groupSize; j += 4) {
            const auto a = hn::LoadU(four, row + j);
            const auto b = hn::LoadU(four, row + j + groupSize);
            const auto c = hn::LoadU(four, row + j + 2 * groupSize);
            const auto e = hn::LoadU(four, row + j + 3 * groupSize);
            const auto ac = hn::InterleaveLower(four, a, c); // a0 c0 a1 c1
            const auto be = hn::InterleaveLower(four, b, e);
            const auto acUpper = hn::InterleaveUpper(four, a, c);
            const auto beUpper = hn::InterleaveUpper(four, b, e);
            float* lane = out + j * stride + g;
            hn::Store(hn::InterleaveLower(four, ac, be), four, lane);
            hn::Store(hn::InterleaveUpper(four, ac, be), four, lane + stride);
            hn::Store(hn::InterleaveLower(four, acUpper, beUpper), four, lane + 2 * stride);
            hn::Store(hn::InterleaveUpper(four, acUpper, beUpper), four, lane + 3 * stride);
        }
    }
#endif
    for (; g < groups; ++g) {
        for (std::size_t j = 0; j < groupSize; ++j)
            out[j * stride + g] = in[g * groupSize + j];
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
