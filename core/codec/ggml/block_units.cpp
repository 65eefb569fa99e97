// SPDX-License-Identifier: GPL-3.0-or-later
// Which numbers the groups of a superblock share.
#include "codec/ggml/block_units.h"

#include "numeric/float_types.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

// What would just reach the group with the largest scale, times 1 + step * i.
struct UnitSteps {
    float step;
    int below, above, every; // every: of a quick search
};

UnitSteps unitSteps(const BlockFormat& format)
{
    if (format.highestScale == 15)
        return { .04f, 8, 4, 2 };
    if (format.highestScale == 127)
        return { .005f, 2, 2, 2 };
    return { .015f, 6, 3, 3 };
}

class SuperblockSearch {
public:
    SuperblockSearch(const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes,
        const LaneFits& wanted)
        : m_format(format)
        , m_effort(effort)
        , m_lanes(lanes)
        , m_wanted(wanted)
        , m_together(format.groups())
    {
        for (std::size_t first = 0; first < affineBlockGroups; first += m_together) {
            m_extremeScale[first] = extremeOf(wanted.scale, first);
            m_extremeOffset[first] = extremeOf(wanted.offset, first);
        }
    }

    void run()
    {
        m_best.error.fill(largestSum);
        if (m_format.offset == BlockOffset::none)
            trySymmetric();
        else
            tryPairs();
        tryNeighbours(m_format, m_effort, m_lanes, m_best);
        for (int round = m_effort == BlockEffort::quick ? 1 : 3; round > 0; --round)
            moveUnits();
    }
    void finish(LaneFits& fits, BlockGrids& grids) const
    {
        for (std::size_t g = 0; g < affineBlockGroups; ++g) {
            const float up = m_lanes.up[g];
            grids.unit[g] = m_best.unit[g] * up;
            grids.offsetUnit[g] = m_best.offsetUnit[g] * up;
            grids.scale[g] = grids.unit[g] * m_best.multiples[g];
            grids.offset[g] = -(grids.offsetUnit[g] * m_best.mins[g]);
            fits.error[g] = m_best.error[g];
        }
    }

private:
    static constexpr float largestSum = 0x1p120f;

    // The nearest f16, times `down`; never -0.
    float stored(float value, std::size_t lane) const
    {
        const float inside = std::clamp(value * m_lanes.up[lane], -65504.0f, 65504.0f);
        return roundToF16(inside) * m_lanes.down[lane] + 0.0f;
    }
    float sumOf(const GroupLanes& lanes, std::size_t first) const
    {
        float sum = 0;
        for (std::size_t g = first; g < first + m_together; ++g)
            sum += lanes[g];
        return sum;
    }
    static void keepSuperblock(UnitChoice& to, const UnitChoice& from, std::size_t g)
    {
        to.unit[g] = from.unit[g];
        to.offsetUnit[g] = from.offsetUnit[g];
        to.multiples[g] = from.multiples[g];
        to.mins[g] = from.mins[g];
        to.error[g] = from.error[g];
    }
    void keepBetter(const UnitChoice& trial)
    {
        for (std::size_t first = 0; first < affineBlockGroups; first += m_together) {
            if (!(sumOf(trial.error, first) < sumOf(m_best.error, first)))
                continue;
            for (std::size_t g = first; g < first + m_together; ++g)
                keepSuperblock(m_best, trial, g);
        }
    }
    // Of a superblock's lanes, the number of largest magnitude.
    float extremeOf(const GroupLanes& lanes, std::size_t first) const
    {
        float extreme = 0;
        for (std::size_t g = first; g < first + m_together; ++g)
            extreme = std::fabs(lanes[g]) > std::fabs(extreme) ? lanes[g] : extreme;
        return extreme;
    }
    void fill(const GroupLanes& extremes, float share, GroupLanes& unit) const
    {
        for (std::size_t first = 0; first < affineBlockGroups; first += m_together) {
            const float value = stored(extremes[first] * share, first);
            std::fill_n(unit.begin() + static_cast<std::ptrdiff_t>(first), m_together, value);
        }
    }
    // work(share) for each share to be tried.
    template <typename Work>
    void forShares(const Work& work) const
    {
        const UnitSteps steps = unitSteps(m_format);
        const int every = m_effort == BlockEffort::quick ? steps.every : 1;
        for (int i = -steps.below; i <= steps.above; i += every)
            work(1 + steps.step * static_cast<float>(i));
    }
    void trySymmetric()
    {
        UnitChoice trial;
        forShares([&](float share) {
            for (const int end : { m_format.lowestScale, m_format.highestScale }) {
                fill(m_extremeScale, share / static_cast<float>(end), trial.unit);
                tryUnits(m_format, m_lanes, m_wanted, trial);
                keepBetter(trial);
            }
        });
    }
    void tryPairs()
    {
        UnitChoice trial;
        forShares([&](float share) {
            fill(m_extremeScale, share / static_cast<float>(m_format.highestScale), trial.unit);
            forShares([&](float minShare) {
                fill(m_extremeOffset, -minShare / static_cast<float>(m_format.highestMin),
                    trial.offsetUnit);
                tryUnits(m_format, m_lanes, m_wanted, trial);
                keepBetter(trial);
            });
        });
    }
    void moveUnits();

    const BlockFormat& m_format;
    BlockEffort m_effort;
    const BlockLanes& m_lanes;
    const LaneFits& m_wanted;
    std::size_t m_together;
    GroupLanes m_extremeScale {}, m_extremeOffset {}; // in the first lane of each superblock
    UnitChoice m_best;
};

// To the least squares for the codes and multiples as they are.
void SuperblockSearch::moveUnits()
{
    LaneFits fits;
    for (std::size_t g = 0; g < affineBlockGroups; ++g) {
        fits.scale[g] = m_best.unit[g] * m_best.multiples[g];
        fits.offset[g] = -(m_best.offsetUnit[g] * m_best.mins[g]);
    }
    measureLanes(m_format, m_lanes, fits);
    UnitChoice trial = m_best;
    for (std::size_t first = 0; first < affineBlockGroups; first += m_together) {
        float ss = 0, sm = 0, mm = 0, s = 0, m = 0;
        for (std::size_t g = first; g < first + m_together; ++g) {
            const float multiple = m_best.multiples[g];
            const float min = -m_best.mins[g];
            ss += multiple * multiple * fits.qq[g];
            sm += multiple * min * fits.q[g];
            mm += min * min * m_lanes.totalWeight[g];
            s += multiple * fits.rq[g];
            m += min * fits.r[g];
        }
        const float determinant = ss * mm - sm * sm;
        const bool solvable = determinant > 1e-6f * ss * mm && ss * mm > 0;
        const float shift = solvable ? (ss * m - sm * s) / determinant : 0;
        const float offsetUnit = stored(m_best.offsetUnit[first] + shift, first);
        const float moved = offsetUnit - m_best.offsetUnit[first];
        const float stretch = ss > 0 ? (s - sm * moved) / ss : 0;
        const float unit = stored(m_best.unit[first] + stretch, first);
        for (std::size_t g = first; g < first + m_together; ++g) {
            trial.unit[g] = unit;
            trial.offsetUnit[g] = offsetUnit;
        }
    }
    tryNeighbours(m_format, m_effort, m_lanes, trial);
    keepBetter(trial);
}

} // namespace

void fitSuperblocks(const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes,
    const LaneFits& wanted, LaneFits& fits, BlockGrids& grids)
{
    SuperblockSearch search(format, effort, lanes, wanted);
    search.run();
    search.finish(fits, grids);
}

} // namespace bitloupe
