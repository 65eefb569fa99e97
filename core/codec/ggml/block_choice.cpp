// SPDX-License-Identifier: GPL-3.0-or-later
// Which grid a group gets: the reference's choice, or the outcome of a search.
#include "codec/ggml/block_kernels.h"

#include "numeric/float_types.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bitloupe {
namespace {

// More than rounding can change in the sums of a superblock, so that what is kept is better in
// exact arithmetic too.
constexpr float clearlyBetterBlock = 1 - 0x1p-11f;

// To the nearest f16; never -0, whose sign would tell which of two zeros a vector minimum took.
void roundToHalves(GroupLanes& numbers)
{
    std::array<std::byte, 2 * affineBlockGroups> halves;
    for (float& number : numbers)
        number = std::clamp(number, -65504.0f, 65504.0f);
    narrowToF16(numbers, halves.data());
    widenF16(halves.data(), numbers);
    for (float& number : numbers)
        number += 0.0f;
}

// The level that the value of largest magnitude gets.
float endLevel(const BlockFormat& format)
{
    if (format.levels != nullptr)
        return static_cast<float>(format.levels->front());
    return static_cast<float>(format.bits == 8 ? 127 : -format.zeroCode);
}

void chooseByRange(
    const BlockFormat& format, const float* values, std::size_t groups, BlockGrids& grids)
{
    GroupLanes low {}, high {};
    findRanges(values, format.groupSize, groups, low.data(), high.data());
    const float end = endLevel(format);
    const auto top = static_cast<float>((1 << format.bits) - 1);
    for (std::size_t g = 0; g < affineBlockGroups; ++g) {
        if (format.offset == BlockOffset::none) {
            const float extreme = -low[g] > high[g] ? low[g] : high[g];
            grids.unit[g] = (end > 0 ? std::fabs(extreme) : extreme) / end;
        } else {
            grids.unit[g] = high[g] / top - low[g] / top;
            grids.offsetUnit[g] = low[g];
        }
    }
    roundToHalves(grids.unit);
    roundToHalves(grids.offsetUnit);
    grids.scale = grids.unit;
    grids.offset = grids.offsetUnit;
}

// Grids as the lanes have them, measured.
LaneFits fitsOf(const BlockFormat& format, const BlockLanes& lanes, const BlockGrids& grids)
{
    LaneFits fits;
    for (std::size_t g = 0; g < affineBlockGroups; ++g) {
        fits.scale[g] = grids.scale[g] * lanes.down[g];
        fits.offset[g] = grids.offset[g] * lanes.down[g];
    }
    measureLanes(format, lanes, fits);
    return fits;
}

// From zero, which every trial betters unless the group is zero.
LaneFits fitted(const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes)
{
    LaneFits fits = fitsOf(format, lanes, BlockGrids {});
    fitGroups(format, effort, lanes, fits);
    return fits;
}

void storeGroups(const BlockLanes& lanes, const LaneFits& fits, BlockGrids& grids)
{
    for (std::size_t g = 0; g < affineBlockGroups; ++g) {
        grids.unit[g] = grids.scale[g] = fits.scale[g] * lanes.up[g];
        grids.offsetUnit[g] = grids.offset[g] = fits.offset[g] * lanes.up[g];
    }
}

LaneFits searched(
    const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes, BlockGrids& grids)
{
    LaneFits fits = fitted(format, effort, lanes);
    if (format.isSuperblock())
        fitSuperblocks(format, effort, lanes, LaneFits(fits), fits, grids);
    else
        storeGroups(lanes, fits, grids);
    return fits;
}

void copyGrid(const BlockGrids& from, std::size_t g, BlockGrids& to)
{
    to.scale[g] = from.scale[g];
    to.offset[g] = from.offset[g];
    to.unit[g] = from.unit[g];
    to.offsetUnit[g] = from.offsetUnit[g];
}

} // namespace

void chooseGrids(const BlockFormat& format, Encoder encoder, const float* values,
    const float* weights, std::size_t groups, BlockGrids& grids)
{
    const bool referenceSearches = format.isSuperblock() || format.levels != nullptr;
    if (!referenceSearches)
        chooseByRange(format, values, groups, grids);
    if (!referenceSearches && encoder == Encoder::round)
        return;
    BlockLanes lanes;
    loadLanes(format, values, nullptr, groups, lanes);
    if (referenceSearches)
        searched(format, BlockEffort::quick, lanes, grids);
    if (encoder == Encoder::round)
        return;
    if (weights != nullptr)
        loadLanes(format, values, weights, groups, lanes);
    const LaneFits before = fitsOf(format, lanes, grids);
    BlockGrids found;
    const LaneFits after = searched(format, BlockEffort::thorough, lanes, found);
    for (std::size_t first = 0; first < affineBlockGroups; first += format.groups()) {
        const auto sumOf = [&](const GroupLanes& lanesOf) {
            const auto begin = lanesOf.begin() + static_cast<std::ptrdiff_t>(first);
            return std::accumulate(
                begin, begin + static_cast<std::ptrdiff_t>(format.groups()), 0.0f);
        };
        if (!(sumOf(after.error) < sumOf(before.error) * clearlyBetterBlock))
            continue;
        for (std::size_t g = first; g < first + format.groups(); ++g)
            copyGrid(found, g, grids);
    }
}

} // namespace bitloupe
