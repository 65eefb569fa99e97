// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/codec.h"

#include "base/checked.h"
#include "codec/affine.h"
#include "codec/ggml/block_decode.h"
#include "codec/ggml/block_encode.h"
#include "codec/stored.h"

#include <cassert>

namespace bitloupe {
namespace {

[[maybe_unused]] bool fits(
    const Codec& codec, DType scaleType, std::size_t columns, ConstEncodedRow bytes)
{
    const auto layout = rowLayout(codec, columns, scaleType);
    return layout && bytes.codes.size() == layout->codes && bytes.scales.size() == layout->scales
        && bytes.biases.size() == layout->biases;
}

RowError encode(const Codec& codec, DType scaleType, Encoder encoder, std::span<const float> row,
    std::span<const float> weights, const EncodedRow* out)
{
    assert(!isCopied(codec));
    switch (codec.family) {
    case CodecFamily::stored: return encodeStored(codec, row, weights, out);
    case CodecFamily::affine:
        return encodeAffine(codec, scaleType, encoder, row, weights, out);
    case CodecFamily::block: return encodeBlocks(codec, encoder, row, weights, out);
    }
    return {};
}

} // namespace

std::optional<RowLayout> rowLayout(const Codec& codec, std::uint64_t columns, DType scaleType)
{
    RowLayout layout;
    if (codec.family == CodecFamily::block || isCopied(codec)) {
        const auto bytes = dtypeBytes(codec.storedType, columns);
        if (bytes)
            layout.codes = *bytes;
        return bytes ? std::optional(layout) : std::nullopt;
    }
    const auto bits = checkedMul(columns, static_cast<std::uint64_t>(codec.bits));
    if (!bits)
        return std::nullopt;
    layout.codes = *bits / 8; // whole bytes: stored floats, or groups of 32 codes
    if (codec.family == CodecFamily::stored)
        return layout;
    const auto groupSize = static_cast<std::uint64_t>(codec.groupSize);
    if (columns % groupSize != 0)
        return std::nullopt;
    const auto scales = dtypeBytes(scaleType, columns / groupSize);
    if (!scales)
        return std::nullopt;
    layout.scales = *scales;
    layout.biases = *scales;
    const auto parameters = checkedAdd(*scales, *scales);
    if (!parameters || !checkedAdd(layout.codes, *parameters))
        return std::nullopt;
    return layout;
}

RowError encodeRow(const Codec& codec, DType scaleType, Encoder encoder,
    std::span<const float> row, std::span<const float> weights, EncodedRow out)
{
    assert(fits(codec, scaleType, row.size(), { out.codes, out.scales, out.biases }));
    return encode(codec, scaleType, encoder, row, weights, &out);
}

RowError encodeError(const Codec& codec, DType scaleType, Encoder encoder,
    std::span<const float> row, std::span<const float> weights)
{
    return encode(codec, scaleType, encoder, row, weights, nullptr);
}

void decodeRow(const Codec& codec, DType scaleType, ConstEncodedRow in, Decode mode,
    std::span<float> out)
{
    assert(fits(codec, scaleType, out.size(), in) && !isCopied(codec));
    switch (codec.family) {
    case CodecFamily::stored: return decodeStored(codec, in, out);
    case CodecFamily::affine: return decodeAffine(codec, scaleType, in, mode, out);
    case CodecFamily::block: return decodeBlocks(codec.storedType, in.codes.data(), out);
    }
}

} // namespace bitloupe
