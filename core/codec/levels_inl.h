// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers that codes stand for before scale and offset; included once for each Highway target,
// after its headers.

#include "codec/affine_kernels_inl.h"
#include "codec/ggml/block_format.h"

#if defined(BITLOUPE_LEVELS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef BITLOUPE_LEVELS_INL_H
#undef BITLOUPE_LEVELS_INL_H
#else
#define BITLOUPE_LEVELS_INL_H
#endif

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

// In [2^23, 2^24) floats are the integers: adding rounds to nearest even, below zero too.
constexpr float signedIntegerFloor = 0x1.8p23f;

HWY_INLINE FloatVector nearestInteger(FloatVector values)
{
    return hn::Sub(hn::Add(values, all(signedIntegerFloor)), all(signedIntegerFloor));
}

/// Whole numbers from bottom to top.
struct LinearLevels {
    float bottom, top;

    LinearLevels(float lowest, float highest)
        : bottom(lowest)
        , top(highest)
    {
    }
    HWY_INLINE FloatVector nearest(FloatVector wanted) const
    {
        return nearestInteger(clampVector(wanted, all(bottom), all(top)));
    }
};

/// Those of IQ4.
struct TableLevels {
    static constexpr float bottom = iq4Levels.front(), top = iq4Levels.back();

    HWY_INLINE FloatVector nearest(FloatVector wanted) const
    {
        auto level = all(bottom);
        for (std::size_t k = 1; k < iq4Levels.size(); ++k) {
            const auto below = static_cast<float>(iq4Levels[k - 1]);
            const auto above = static_cast<float>(iq4Levels[k]);
            const auto beyond = hn::Gt(wanted, all((below + above) / 2));
            level = hn::Add(level, hn::IfThenElseZero(beyond, all(above - below)));
        }
        return level;
    }
};

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
