// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/affine.h"

#include "codec/affine_kernels.h"
#include "codec/bit_packing.h"
#include "numeric/float_types.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>

namespace bitloupe {
namespace {

// Largest clipped range and the step to the next two, tuned on Gaussian and Student-t (5) groups.
struct ClipRow {
    int bits;
    std::array<float, 3> first; // for groups of 128, 64, 32
    std::array<float, 3> step;
};
constexpr std::array clipTable {
    ClipRow { 2, { .80f, .80f, .85f }, { .15f, .15f, .15f } },
    ClipRow { 3, { .88f, .97f, 1.0f }, { .10f, .10f, .08f } },
    ClipRow { 4, { .98f, 1.0f, 1.03f }, { .06f, .05f, .04f } },
    ClipRow { 5, { 1.0f, 1.01f, 1.02f }, { .02f, .02f, .02f } },
    ClipRow { 6, { 1.005f, 1.005f, 1.01f }, { .01f, .01f, .01f } },
    ClipRow { 8, { 1.004f, 1.004f, 1.004f }, { .005f, .005f, .003f } },
};

std::array<float, 3> clipsOf(const Codec& codec)
{
    const auto row = std::find_if(clipTable.begin(), clipTable.end(),
        [&](const ClipRow& entry) { return entry.bits == codec.bits; });
    assert(row != clipTable.end());
    const std::size_t column = codec.groupSize == 128 ? 0 : codec.groupSize == 64 ? 1 : 2;
    const float first = row->first[column];
    const float step = row->step[column];
    return { first, first - step, first - 2 * step };
}

float largestOf(DType scaleType)
{
    if (scaleType == DType::BF16)
        return bf16ToFloat(0x7f7f);
    return scaleType == DType::F16 ? f16ToFloat(0x7bff) : std::numeric_limits<float>::max();
}

// The largest number of scaleType of which `count` together stay finite.
float largestStep(DType scaleType, float count)
{
    const float exact = largestOf(scaleType) / count;
    // Cutting bits off rounds towards zero; the quotient itself may have been rounded up.
    const int spare = scaleType == DType::BF16 ? 16 : scaleType == DType::F16 ? 13 : 0;
    const std::uint32_t unit = 1u << spare;
    std::uint32_t bits = std::bit_cast<std::uint32_t>(exact) & ~(unit - 1);
    while (std::bit_cast<float>(bits) * count > largestOf(scaleType))
        bits -= unit;
    return std::bit_cast<float>(bits);
}

double sumLanes(const std::array<double, 16>& lanes)
{
    double sum = 0;
    for (const double lane : lanes)
        sum += lane;
    return sum;
}

} // namespace

AffineFormat affineFormat(const Codec& codec, DType scaleType)
{
    assert(scaleType == DType::BF16 || scaleType == DType::F16 || scaleType == DType::F32);
    AffineFormat format;
    format.bits = codec.bits;
    format.groupSize = static_cast<std::size_t>(codec.groupSize);
    format.scaleType = scaleType;
    format.topCode = static_cast<float>((1 << codec.bits) - 1);
    format.valueLimit = largestOf(scaleType);
    format.scaleLimit = largestStep(scaleType, format.topCode);
    format.clips = clipsOf(codec);
    return format;
}

void writeAffineNumbers(DType scaleType, std::span<const float> numbers, std::byte* out)
{
    if (scaleType == DType::BF16)
        return narrowToBf16(numbers, out);
    if (scaleType == DType::F16)
        return narrowToF16(numbers, out);
    std::copy_n(reinterpret_cast<const std::byte*>(numbers.data()), numbers.size_bytes(), out);
}

RowError encodeAffine(const Codec& codec, DType scaleType, Encoder encoder,
    std::span<const float> row, std::span<const float> weights, const EncodedRow* out)
{
    const AffineFormat format = affineFormat(codec, scaleType);
    assert(row.size() % format.groupSize == 0);
    assert(weights.empty() || weights.size() == row.size());
    const std::size_t groupBytes = format.groupSize * static_cast<std::size_t>(format.bits) / 8;
    const auto numberBytes = static_cast<std::size_t>(dtypeInfo(scaleType).bits / 8);
    const std::size_t groups = row.size() / format.groupSize;
    AffineErrors errors;
    AffineBlock block;
    for (std::size_t first = 0; first < groups; first += affineBlockGroups) {
        const std::size_t count = std::min(affineBlockGroups, groups - first);
        const float* values = row.data() + first * format.groupSize;
        const float* steering = weights.empty() ? nullptr : weights.data() + first * format.groupSize;
        chooseAsClient(format, values, count, block);
        if (encoder != Encoder::round)
            searchBlock(format, values, steering, count, block);
        std::byte* codes = out ? out->codes.data() + first * groupBytes : nullptr;
        assignCodes(format, block, values, steering, count, codes, errors);
        if (out) {
            writeAffineNumbers(scaleType, std::span(block.scale).first(count),
                out->scales.data() + first * numberBytes);
            writeAffineNumbers(scaleType, std::span(block.bias).first(count),
                out->biases.data() + first * numberBytes);
        }
    }
    const double squared = sumLanes(errors.squared);
    return { squared, weights.empty() ? squared : sumLanes(errors.weighted) };
}

void decodeAffine(const Codec& codec, DType scaleType, ConstEncodedRow in, Decode mode,
    std::span<float> out)
{
    const auto groupSize = static_cast<std::size_t>(codec.groupSize);
    const std::size_t groupBytes = groupSize * static_cast<std::size_t>(codec.bits) / 8;
    const auto numberBytes = static_cast<std::size_t>(dtypeInfo(scaleType).bits / 8);
    const DType rounding = mode == Decode::stored ? scaleType : DType::F32;
    alignas(64) std::array<std::uint8_t, affineMaxGroupSize> codes;
    std::array<float, affineBlockGroups> scales, biases;
    const std::size_t groups = out.size() / groupSize;
    for (std::size_t g = 0; g < groups; ++g) {
        const std::size_t lane = g % affineBlockGroups;
        if (lane == 0) {
            const std::size_t count = std::min(affineBlockGroups, groups - g);
            widen(scaleType, in.scales.data() + g * numberBytes, std::span(scales).first(count));
            widen(scaleType, in.biases.data() + g * numberBytes, std::span(biases).first(count));
        }
        unpackCodes(codec.bits, in.codes.data() + g * groupBytes, groupSize, codes.data());
        decodeGroup(codes.data(), scales[lane], biases[lane], rounding,
            out.subspan(g * groupSize, groupSize));
    }
}

} // namespace bitloupe
