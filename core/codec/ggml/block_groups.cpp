// SPDX-License-Identifier: GPL-3.0-or-later
// The best scale and offset of a group by itself. Clipped and stretched ranges are each moved to
// the weighted least-squares solution for their own codes; the best grid found is then moved so
// until it has settled. Numbers that are stored as f16 are rounded before codes are assigned.
#include "codec/ggml/block_kernels.h"
#include "numeric/simd_targets.h"

#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/ggml/block_groups.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/ggml/block_lanes_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

constexpr float largestHalf = 65504;

// The range is stretched by 1 + step * i, from -below to above. Tuned on Gaussian and Student-t (4)
// groups.
struct RangeSteps {
    int bits;
    float step;
    int below, above;
};
constexpr RangeSteps symmetricSteps[] {
    { 3, .08f, 4, 2 },
    { 4, .045f, 4, 2 },
    { 5, .025f, 4, 2 },
    { 6, .016f, 4, 2 },
    { 8, .004f, 2, 1 },
};
constexpr RangeSteps tableSteps { 4, .06f, 4, 1 };
constexpr RangeSteps offsetSteps[] {
    { 2, .15f, 4, 0 },
    { 4, .042f, 4, 1 },
    { 5, .0175f, 4, 1 },
};

template <std::size_t count>
const RangeSteps& stepsOf(const RangeSteps (&rows)[count], int bits)
{
    std::size_t row = 0;
    while (row + 1 < count && rows[row].bits != bits)
        ++row;
    return rows[row];
}

// What a group's numbers can be.
struct Storage {
    bool halves; // f16 each, else anything that a superblock might come near to
    FloatVector up, down, aboveZero;

    Storage(const BlockFormat& format, const BlockLanes& lanes, std::size_t lane)
        : halves(!format.isSuperblock())
        , up(hn::Load(Floats(), lanes.up.data() + lane))
        , down(hn::Load(Floats(), lanes.down.data() + lane))
        , aboveZero(hn::Load(Floats(), lanes.aboveZero.data() + lane))
    {
    }
    HWY_INLINE FloatVector half(FloatVector value) const
    {
        return storable(DType::F16, largestHalf, value, up, down);
    }
    template <bool withOffset>
    HWY_INLINE FloatVector scale(FloatVector value) const
    {
        if (halves)
            return half(value);
        return withOffset ? hn::Max(value, hn::Zero(Floats())) : value;
    }
    HWY_INLINE FloatVector offset(FloatVector value) const
    {
        if (halves)
            return half(value);
        const auto zero = hn::Zero(Floats());
        return hn::IfThenElse(
            hn::Gt(aboveZero, zero), hn::Max(value, zero), hn::Min(value, zero));
    }
};

// The least-squares grid for the codes that were measured. Offset first; the scale then makes the
// best of what the offset can be.
template <bool withOffset>
HWY_INLINE void moveToLeastSquares(const Storage& storage, FloatVector total, const LaneFit& m,
    FloatVector& scale, FloatVector& offset)
{
    const auto zero = hn::Zero(Floats());
    scale = m.scale;
    offset = m.offset;
    auto towards = m.rq;
    if constexpr (withOffset) {
        const auto product = hn::Mul(total, m.qq);
        const auto determinant = hn::Sub(product, hn::Mul(m.q, m.q));
        const auto solvable = hn::Gt(determinant, hn::Mul(product, all(1e-6f)));
        const auto numerator = hn::Sub(hn::Mul(m.qq, m.r), hn::Mul(m.q, m.rq));
        const auto shift = hn::IfThenElse(
            solvable, quotientOr(numerator, determinant, zero), quotientOr(m.r, total, zero));
        offset = storage.offset(hn::Add(m.offset, shift));
        towards = hn::Sub(m.rq, hn::Mul(hn::Sub(offset, m.offset), m.q));
    }
    scale = storage.template scale<withOffset>(
        hn::Add(m.scale, quotientOr(towards, m.qq, zero)));
}

template <bool withOffset, typename Levels>
class GroupSearch {
public:
    HWY_INLINE GroupSearch(const BlockFormat& format, const BlockLanes& lanes,
        const Levels& levels, std::size_t lane, const LaneFit& start)
        : m_view(lanes, lane)
        , m_levels(levels)
        , m_storage(format, lanes, lane)
        , m_total(hn::Load(Floats(), lanes.totalWeight.data() + lane))
        , m_best(start)
    {
    }

    HWY_INLINE void attempt(FloatVector scale, FloatVector offset)
    {
        const auto first = measured<withOffset>(m_view, m_levels, scale, offset);
        keepBetterFit(m_best, first);
        follow(first);
    }
    HWY_INLINE void settle(int rounds)
    {
        for (int round = 0; round < rounds; ++round)
            follow(m_best);
    }
    // The value of largest magnitude at either end of the levels.
    HWY_INLINE void attemptSymmetric(FloatVector extreme, float stretch)
    {
        const auto zero = hn::Zero(Floats());
        for (const float end : { m_levels.bottom, m_levels.top }) {
            attempt(
                m_storage.template scale<false>(hn::Mul(extreme, all(1 / (end * stretch)))), zero);
        }
    }
    HWY_INLINE void attemptRange(FloatVector low, FloatVector high, float below, float above)
    {
        const auto middle = hn::Mul(hn::Add(low, high), all(0.5f));
        const auto half = hn::Mul(hn::Sub(high, low), all(0.5f));
        const auto offset = m_storage.offset(hn::Sub(middle, hn::Mul(half, all(below))));
        const auto end = hn::Add(middle, hn::Mul(half, all(above)));
        const auto scale = hn::Mul(hn::Sub(end, offset), all(1 / m_levels.top));
        attempt(m_storage.template scale<true>(scale), offset);
    }
    HWY_INLINE const LaneFit& best() const { return m_best; }

private:
    HWY_INLINE void follow(const LaneFit& fit)
    {
        FloatVector scale, offset;
        moveToLeastSquares<withOffset>(m_storage, m_total, fit, scale, offset);
        keepBetterFit(m_best, measured<withOffset>(m_view, m_levels, scale, offset));
    }

    LaneView m_view;
    Levels m_levels;
    Storage m_storage;
    FloatVector m_total;
    LaneFit m_best;
};

template <bool withOffset, typename Search>
HWY_INLINE void attemptAll(const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes,
    std::size_t lane, Search& search)
{
    const Floats d;
    const auto low = hn::Load(d, lanes.low.data() + lane);
    const auto high = hn::Load(d, lanes.high.data() + lane);
    const bool quick = effort == BlockEffort::quick;
    const int every = quick && format.levels == nullptr ? 2 : 1;
    const RangeSteps& steps = withOffset ? stepsOf(offsetSteps, format.bits)
        : format.levels != nullptr       ? tableSteps
                                         : stepsOf(symmetricSteps, format.bits);
    const auto stretch = [&](int i) { return 1 + steps.step * static_cast<float>(i); };
    const auto extreme = hn::IfThenElse(hn::Gt(hn::Neg(low), high), low, high);
    if constexpr (!withOffset)
        search.attemptSymmetric(extreme, 1); // first: of equals, shared numbers suit it best
    for (int i = -steps.below; i <= steps.above; i += every) {
        if constexpr (withOffset) {
            for (int k = -steps.below; k <= steps.above; k += every)
                search.attemptRange(low, high, stretch(i), stretch(k));
        } else if (i != 0) {
            search.attemptSymmetric(extreme, stretch(i));
        }
    }
    search.settle(quick ? 2 : 3);
}

void fitGroupsKernel(
    const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes, LaneFits& fits)
{
    withLevels(format, [&](const auto& levels, auto offsets) HWY_ATTR {
        constexpr bool withOffset = decltype(offsets)::value;
        for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
            GroupSearch<withOffset, std::decay_t<decltype(levels)>> search(
                format, lanes, levels, lane, loadFit(fits, lane));
            attemptAll<withOffset>(format, effort, lanes, lane, search);
            storeFit(search.best(), lane, fits);
        }
    });
}

void measureLanesKernel(const BlockFormat& format, const BlockLanes& lanes, LaneFits& fits)
{
    withLevels(format, [&](const auto& levels, auto offsets) HWY_ATTR {
        for (std::size_t lane = 0; lane < stride; lane += vectorLanes) {
            const LaneFit old = loadFit(fits, lane);
            const LaneView view(lanes, lane);
            storeFit(measured<decltype(offsets)::value>(view, levels, old.scale, old.offset), lane,
                fits);
        }
    });
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(fitGroupsKernel);
HWY_EXPORT(measureLanesKernel);

void fitGroups(
    const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes, LaneFits& fits)
{
    HWY_DYNAMIC_DISPATCH(fitGroupsKernel)(format, effort, lanes, fits);
}

void measureLanes(const BlockFormat& format, const BlockLanes& lanes, LaneFits& fits)
{
    HWY_DYNAMIC_DISPATCH(measureLanesKernel)(format, lanes, fits);
}

} // namespace bitloupe
#endif // HWY_ONCE
