// SPDX-License-Identifier: GPL-3.0-or-later
// The affine format in plain scalar code: what the client stores for a group, and groups that are
// hard on an encoder.
#pragma once

#include "codec/dtype.h"
#include "numeric/float_types.h"
#include "numeric/random.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace bitloupe::testing {

inline float rounded(DType type, float value)
{
    if (type == DType::BF16)
        return roundToBf16(value);
    return type == DType::F16 ? roundToF16(value) : value;
}

struct ReferenceGroup {
    float scale = 0, bias = 0; // as stored
    std::vector<int> codes;
    float value(int code) const { return scale * static_cast<float>(code) + bias; }
    /// False where a product or sum overflows, at the latest in the client's own dequantize.
    bool finite(int top, DType type) const;
};

inline bool ReferenceGroup::finite(int top, DType type) const
{
    return std::isfinite(bias) && std::isfinite(value(top))
        && std::isfinite(rounded(type, scale * static_cast<float>(top)));
}

/// What the client's own converter stores: scale and bias are rounded after the codes were chosen.
inline ReferenceGroup clientGroup(std::span<const float> group, int bits, DType scaleType)
{
    const auto top = static_cast<float>((1 << bits) - 1);
    const auto [low, high] = std::minmax_element(group.begin(), group.end());
    const bool lowIsEdge = std::fabs(*low) > std::fabs(*high);
    float scale = std::max((*high - *low) / top, 1e-7f);
    scale = lowIsEdge ? scale : -scale;
    const float edge = lowIsEdge ? *low : *high;
    const float steps = std::rint(edge / scale);
    float bias = 0;
    if (steps != 0) {
        scale = edge / steps;
        bias = edge;
    }
    ReferenceGroup result { rounded(scaleType, scale), rounded(scaleType, bias), {} };
    for (const float x : group) {
        const float code = std::min(std::max(std::rint((x - bias) / scale), 0.0f), top);
        result.codes.push_back(std::isfinite(code) ? static_cast<int>(code) : 0);
    }
    return result;
}

/// Sum of weight * (x - decoded)^2 of a group, in double.
inline double errorOf(const ReferenceGroup& reference, std::span<const float> group,
    std::span<const float> weights = {})
{
    double sum = 0;
    for (std::size_t j = 0; j < group.size(); ++j) {
        const double error = static_cast<double>(group[j])
            - static_cast<double>(reference.value(reference.codes[j]));
        sum += error * error * (weights.empty() ? 1.0 : static_cast<double>(weights[j]));
    }
    return sum;
}

struct OddGroup {
    std::string name;
    std::vector<float> values; // 128
};

inline std::vector<OddGroup> oddGroups()
{
    constexpr float largest = std::numeric_limits<float>::max();
    const auto made = [](const char* name, auto value) {
        OddGroup group { name, std::vector<float>(128) };
        for (std::size_t j = 0; j < group.values.size(); ++j)
            group.values[j] = static_cast<float>(value(static_cast<int>(j)));
        return group;
    };
    const auto normal = [](int j) { return randomNormal(3, static_cast<std::uint64_t>(j)); };
    return {
        made("zeros", [](int) { return 0.0; }),
        made("negative zeros", [](int j) { return j % 3 ? -0.0f : 0.0f; }),
        made("constant", [](int) { return 0.7; }),
        made("negative constant", [](int) { return -1234.567; }),
        made("huge constant", [](int) { return 1e30; }),
        made("largest constant", [=](int) { return largest; }),
        made("subnormal constant", [](int) { return 1e-42; }),
        made("smallest subnormals", [](int j) { return (j % 5 - 2) * 1.4e-45; }),
        made("subnormals", [=](int j) { return 1e-39 * normal(j); }),
        made("tiny", [=](int j) { return 1e-9 * normal(j); }),
        made("squares underflow", [=](int j) { return 1e-25 * normal(j); }),
        made("squares overflow", [=](int j) { return 1e25 * normal(j); }),
        made("outlier 1e30", [=](int j) { return j == 77 ? 1e30 : normal(j); }),
        made("negative outlier", [=](int j) { return j == 5 ? -3e4 : 1e-3 * normal(j); }),
        made("whole range of float", [=](int j) { return j % 2 ? largest : -largest; }),
        made("near the largest", [=](int j) { return largest * (1 - 0.001 * j); }),
        made("beyond half precision", [=](int j) { return 3e4 * normal(j); }),
        made("all positive", [](int j) { return 1 + j / 127.0; }),
        made("all negative", [](int j) { return -2 + j / 127.0; }),
        made("far from zero", [=](int j) { return 1000 + 1e-3 * normal(j); }),
        made("last bits of one", [](int j) { return 1 + (j * 7 % 11) * 0x1p-23; }),
        made("two values", [](int j) { return j % 7 ? 0.25 : -0.5; }),
        made("one of 128 is not zero", [](int j) { return j == 100 ? 100.0 : 0.0; }),
        made("halves of steps", [](int j) { return 0.5 * (j % 31) - 7.5; }),
        made("steps", [](int j) { return 0.125 * (j % 16) - 1; }),
        made("wide", [=](int j) { return std::ldexp(normal(j), j - 64); }),
    };
}

} // namespace bitloupe::testing
