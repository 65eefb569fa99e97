// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/feedback_kernels.h"
#include "numeric/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/feedback_columns.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "codec/levels_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {

constexpr std::size_t rowsAtOnce = feedbackRows;
constexpr std::size_t columnsAtOnce = panelColumns;

// One group's grid in as many rows as a vector holds.
template <typename Levels>
struct GridLanes {
    FloatVector scale, bias, inverse;

    HWY_INLINE GridLanes(const ColumnGrids& grids, std::size_t column, std::size_t lane)
    {
        const FeedbackGrid& grid = grids.grids[grids.of[column]];
        scale = hn::Load(Floats(), grid.scale.data() + lane);
        bias = hn::Load(Floats(), grid.bias.data() + lane);
        inverse = inverseOrZero(scale);
    }
    HWY_INLINE FloatVector codeOf(const Levels& levels, FloatVector wanted) const
    {
        return levels.nearest(hn::Mul(hn::Sub(wanted, bias), inverse));
    }
};

HWY_INLINE void addTimes(FloatVector factor, const float* HWY_RESTRICT row, std::size_t first,
    float* HWY_RESTRICT lanes)
{
    const Floats d;
    for (std::size_t b = first; b < columnsAtOnce; ++b) {
        float* to = lanes + b * rowsAtOnce;
        hn::StoreU(hn::Add(hn::LoadU(d, to), hn::Mul(factor, all(row[b]))), d, to);
    }
}

template <typename Levels>
void roundColumns(const Levels& levels, const ColumnGrids& grids, const float* coupling,
    float* feedback, const FeedbackColumns& columns)
{
    const Floats d;
    for (std::size_t lane = 0; lane < rowsAtOnce; lane += vectorLanes) {
        for (std::size_t a = 0; a < columnsAtOnce; ++a) {
            const GridLanes<Levels> lanes(grids, a, lane);
            const std::size_t at = a * rowsAtOnce + lane;
            const auto value = hn::LoadU(d, columns.values + at);
            const auto code = lanes.codeOf(levels, hn::Add(value, hn::LoadU(d, feedback + at)));
            const auto error = hn::Sub(value, decoded(lanes.scale, code, lanes.bias));
            hn::StoreU(code, d, columns.codes + at);
            hn::StoreU(error, d, columns.errors + at);
            addTimes(error, coupling + a * columnsAtOnce, a + 1, feedback + lane);
        }
    }
}

template <typename Levels>
void polishColumns(const Levels& levels, const ColumnGrids& grids, const float* moments,
    float* gradient, const FeedbackColumns& columns)
{
    const Floats d;
    for (std::size_t lane = 0; lane < rowsAtOnce; lane += vectorLanes) {
        for (std::size_t a = 0; a < columnsAtOnce; ++a) {
            const GridLanes<Levels> lanes(grids, a, lane);
            const std::size_t at = a * rowsAtOnce + lane;
            const float* row = moments + a * columnsAtOnce;
            const auto old = hn::LoadU(d, columns.codes + at);
            const auto slope = hn::Mul(hn::LoadU(d, gradient + at), all(1 / row[a]));
            const auto was = decoded(lanes.scale, old, lanes.bias);
            const auto code = lanes.codeOf(levels, hn::Add(was, slope));
            if (hn::AllTrue(d, hn::Eq(code, old)))
                continue;
            const auto error = hn::Sub(
                hn::LoadU(d, columns.values + at), decoded(lanes.scale, code, lanes.bias));
            const auto change = hn::Sub(error, hn::LoadU(d, columns.errors + at));
            hn::StoreU(code, d, columns.codes + at);
            hn::StoreU(error, d, columns.errors + at);
            addTimes(change, row, 0, gradient + lane);
        }
    }
}

void roundKernel(const FeedbackRule& rule, const ColumnGrids& grids, const float* coupling,
    float* feedback, const FeedbackColumns& columns)
{
    if (rule.tableCodes)
        return roundColumns(TableLevels(), grids, coupling, feedback, columns);
    roundColumns(
        LinearLevels(rule.bottomCode, rule.topCode), grids, coupling, feedback, columns);
}

void polishKernel(const FeedbackRule& rule, const ColumnGrids& grids, const float* moments,
    float* gradient, const FeedbackColumns& columns)
{
    if (rule.tableCodes)
        return polishColumns(TableLevels(), grids, moments, gradient, columns);
    polishColumns(LinearLevels(rule.bottomCode, rule.topCode), grids, moments, gradient, columns);
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(roundKernel);
HWY_EXPORT(polishKernel);

void roundWithFeedback(const FeedbackRule& rule, const ColumnGrids& grids, const float* coupling,
    float* feedback, const FeedbackColumns& columns)
{
    HWY_DYNAMIC_DISPATCH(roundKernel)(rule, grids, coupling, feedback, columns);
}

void polishCodes(const FeedbackRule& rule, const ColumnGrids& grids, const float* moments,
    float* gradient, const FeedbackColumns& columns)
{
    HWY_DYNAMIC_DISPATCH(polishKernel)(rule, grids, moments, gradient, columns);
}

} // namespace bitloupe
#endif // HWY_ONCE
