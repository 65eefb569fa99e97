// SPDX-License-Identifier: GPL-3.0-or-later
// Owned bytes of one encoded row, and rows to encode.
#pragma once

#include "codec/codec.h"
#include "numeric/random.h"

#include <cmath>
#include <vector>

namespace bitloupe::testing {

struct RowBytes {
    std::vector<std::byte> codes, scales, biases;

    explicit RowBytes(const RowLayout& layout)
        : codes(layout.codes, std::byte { 0xa5 })
        , scales(layout.scales, std::byte { 0xa5 })
        , biases(layout.biases, std::byte { 0xa5 })
    {
    }
    EncodedRow out() { return { codes, scales, biases }; }
    ConstEncodedRow in() const { return { codes, scales, biases }; }
    friend bool operator==(const RowBytes&, const RowBytes&) = default;
};

struct Encoded {
    RowBytes bytes;
    RowError error;
};

inline Encoded encoded(const Codec& codec, DType scaleType, Encoder encoder,
    std::span<const float> row, std::span<const float> weights = {})
{
    Encoded result { RowBytes(rowLayout(codec, row.size(), scaleType).value()), {} };
    result.error = encodeRow(codec, scaleType, encoder, row, weights, result.bytes.out());
    return result;
}

inline std::vector<float> decoded(const Codec& codec, DType scaleType, const RowBytes& bytes,
    std::size_t columns, Decode mode = Decode::exact)
{
    std::vector<float> row(columns);
    decodeRow(codec, scaleType, bytes.in(), mode, row);
    return row;
}

/// Normal numbers times `sigma`, a function of the seed alone.
inline std::vector<float> gaussianRow(std::size_t columns, double sigma, std::uint64_t seed)
{
    std::vector<float> row(columns);
    for (std::size_t i = 0; i < columns; ++i)
        row[i] = static_cast<float>(sigma * randomNormal(seed, i));
    return row;
}

/// Sum over a range of columns of (a - b)^2, in double.
inline double squaredDistance(std::span<const float> a, std::span<const float> b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = static_cast<double>(a[i]) - static_cast<double>(b[i]);
        sum += difference * difference;
    }
    return sum;
}

} // namespace bitloupe::testing
