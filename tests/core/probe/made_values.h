// SPDX-License-Identifier: GPL-3.0-or-later
// Values for tests of the probe, and derivatives by differences to hold gradients against.
#pragma once

#include "numeric/random.h"

#include <cmath>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace bitloupe::testing {

inline std::vector<float> gaussian(std::size_t count, std::string_view name)
{
    std::vector<float> values(count);
    const std::uint64_t key = randomKey(name, "test");
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(randomNormal(key, i));
    return values;
}

/// A scalar that depends on all outputs: sum of out[i] * weights[i].
inline double weightedSum(std::span<const float> out, std::span<const float> weights)
{
    double total = 0;
    for (std::size_t i = 0; i < out.size(); ++i)
        total += static_cast<double>(out[i]) * static_cast<double>(weights[i]);
    return total;
}

/// Root of the sum of squared differences over that of `expected`.
inline double relativeDistance(std::span<const float> found, std::span<const double> expected)
{
    double distance = 0;
    double size = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        distance += std::pow(static_cast<double>(found[i]) - expected[i], 2);
        size += expected[i] * expected[i];
    }
    return std::sqrt(distance / size);
}

/// Central differences of `function` at every input; the inputs are as they were at the end.
inline std::vector<double> differences(
    std::vector<float>& inputs, const std::function<double()>& function, float step = 1.0f / 128)
{
    std::vector<double> slopes(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const float before = inputs[i];
        inputs[i] = before + step;
        const float above = inputs[i];
        const double high = function();
        inputs[i] = before - step;
        const double width = static_cast<double>(above) - static_cast<double>(inputs[i]);
        slopes[i] = (high - function()) / width;
        inputs[i] = before;
    }
    return slopes;
}

} // namespace bitloupe::testing
