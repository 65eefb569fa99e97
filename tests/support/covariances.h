// SPDX-License-Identifier: GPL-3.0-or-later
// Second moments of made-up inputs, and the output error under them by definition.
#pragma once

#include "numeric/random.h"

#include <cstddef>
#include <span>
#include <vector>

namespace bitloupe::testing {

/// Inputs that follow `factors` common causes, plus `noise` of their own. Shape: [columns, columns].
inline std::vector<float> correlatedMoments(
    std::size_t columns, std::size_t factors, double noise, std::uint64_t seed)
{
    std::vector<double> mix(columns * factors);
    for (std::size_t i = 0; i < mix.size(); ++i)
        mix[i] = randomNormal(seed, i);
    std::vector<float> moments(columns * columns);
    for (std::size_t i = 0; i < columns; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            double sum = i == j ? noise : 0.0;
            for (std::size_t f = 0; f < factors; ++f)
                sum += mix[i * factors + f] * mix[j * factors + f] / double(factors);
            moments[i * columns + j] = static_cast<float>(sum);
        }
    }
    return moments;
}

/// (a - b) H (a - b)^T of one row, in double.
inline double outputError(
    std::span<const float> a, std::span<const float> b, std::span<const float> moments)
{
    const std::size_t n = a.size();
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double inner = 0;
        for (std::size_t j = 0; j < n; ++j)
            inner += double(moments[i * n + j]) * (double(a[j]) - double(b[j]));
        sum += (double(a[i]) - double(b[i])) * inner;
    }
    return sum;
}

} // namespace bitloupe::testing
