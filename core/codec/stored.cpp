// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/stored.h"

#include "base/checked.h"
#include "numeric/float_types.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::size_t chunkSize = 1024; // a multiple of the 16 lanes of the error sums

void narrow(DType type, std::span<const float> in, std::byte* out)
{
    if (type == DType::F32) {
        copyBytes(out, in.data(), in.size_bytes());
        return;
    }
    const float limit = type == DType::BF16 ? bf16ToFloat(0x7f7f) : f16ToFloat(0x7bff);
    std::array<float, chunkSize> inside;
    for (std::size_t i = 0; i < in.size(); ++i)
        inside[i] = std::min(std::max(in[i], -limit), limit);
    const auto numbers = std::span<const float>(inside).first(in.size());
    return type == DType::BF16 ? narrowToBf16(numbers, out) : narrowToF16(numbers, out);
}

} // namespace

RowError encodeStored(const Codec& codec, std::span<const float> row,
    std::span<const float> weights, const EncodedRow* out)
{
    std::array<double, 16> squared {}, weighted {};
    std::array<std::byte, chunkSize * sizeof(float)> bytes;
    std::array<float, chunkSize> back;
    const auto elementBytes = static_cast<std::size_t>(codec.bits / 8);
    for (std::size_t first = 0; first < row.size(); first += chunkSize) {
        const auto chunk = row.subspan(first, std::min(chunkSize, row.size() - first));
        std::byte* target = out ? out->codes.data() + first * elementBytes : bytes.data();
        narrow(codec.storedType, chunk, target);
        widen(codec.storedType, target, std::span(back).first(chunk.size()));
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            const double error = static_cast<double>(chunk[i]) - static_cast<double>(back[i]);
            squared[i % 16] += error * error;
            if (!weights.empty())
                weighted[i % 16] += static_cast<double>(weights[first + i]) * (error * error);
        }
    }
    RowError error;
    for (std::size_t lane = 0; lane < squared.size(); ++lane) {
        error.squared += squared[lane];
        error.weighted += weights.empty() ? squared[lane] : weighted[lane];
    }
    return error;
}

void decodeStored(const Codec& codec, ConstEncodedRow in, std::span<float> out)
{
    widen(codec.storedType, in.codes.data(), out);
}

} // namespace bitloupe
