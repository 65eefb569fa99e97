// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/ggml/block_encode.h"

#include "codec/ggml/block_bits.h"
#include "numeric/float_types.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace bitloupe {
namespace {

// Exact: a grid's numbers are such multiples.
int multipleOf(float value, float unit)
{
    return unit == 0 ? 0 : static_cast<int>(std::lrint(value / unit));
}

// All at once, which takes far less than one after the other.
using HalfBits = std::array<std::uint16_t, affineBlockGroups>;
HalfBits halvesOf(const GroupLanes& numbers)
{
    std::array<std::byte, sizeof(HalfBits)> bytes;
    narrowToF16(numbers, bytes.data());
    return std::bit_cast<HalfBits>(bytes);
}

double sumOfLanes(const std::array<double, 16>& lanes)
{
    double sum = 0;
    for (const double lane : lanes)
        sum += lane;
    return sum;
}

} // namespace

std::size_t writeBlocks(const BlockFormat& format, const BlockGrids& grids, std::size_t groups,
    const std::uint8_t* codes, std::byte* out)
{
    const std::size_t together = format.groups();
    const std::size_t bytes = format.bytes();
    const HalfBits units = halvesOf(grids.unit), offsetUnits = halvesOf(grids.offsetUnit);
    BlockNumbers numbers;
    for (std::size_t first = 0; first < groups; first += together, out += bytes) {
        numbers.d = units[first];
        numbers.offset = offsetUnits[first];
        for (std::size_t g = 0; g < together && format.isSuperblock(); ++g) {
            const std::size_t lane = first + g;
            numbers.scales[g]
                = static_cast<std::int8_t>(multipleOf(grids.scale[lane], grids.unit[lane]));
            numbers.mins[g] = static_cast<std::uint8_t>(
                multipleOf(-grids.offset[lane], grids.offsetUnit[lane]));
        }
        std::copy_n(codes + first * format.groupSize, format.size, numbers.codes.begin());
        writeBlock(format.dtype, numbers, out);
    }
    return groups / together * bytes;
}

RowError encodeBlocks(const Codec& codec, Encoder encoder, std::span<const float> row,
    std::span<const float> weights, const EncodedRow* out)
{
    const BlockFormat& format = *findBlockFormat(codec.storedType);
    assert(row.size() % format.size == 0);
    assert(weights.empty() || weights.size() == row.size());
    const std::size_t size = format.groupSize;
    const std::size_t groups = row.size() / size;
    std::byte* to = out ? out->codes.data() : nullptr;
    AffineErrors errors;
    BlockGrids grids;
    alignas(64) std::array<std::uint8_t, 32 * affineBlockGroups> codes;
    for (std::size_t first = 0; first < groups; first += affineBlockGroups) {
        const std::size_t count = std::min(affineBlockGroups, groups - first);
        const float* values = row.data() + first * size;
        const float* steering = weights.empty() ? nullptr : weights.data() + first * size;
        chooseGrids(format, encoder, values, steering, count, grids);
        assignLevels(format, grids, values, steering, count, codes.data(), errors);
        if (to)
            to += writeBlocks(format, grids, count, codes.data(), to);
    }
    const double squared = sumOfLanes(errors.squared);
    return { squared, weights.empty() ? squared : sumOfLanes(errors.weighted) };
}

} // namespace bitloupe
