// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/facts.h"

#include "numeric/float_types.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bitloupe {
namespace {

float valueOf(CodeMeaning meaning, std::size_t code)
{
    const auto bits = static_cast<std::uint16_t>(code);
    return meaning == CodeMeaning::bf16 ? bf16ToFloat(bits) : f16ToFloat(bits);
}

std::size_t binOf(double value, const TensorFacts& facts)
{
    const double range = facts.maximum - facts.minimum;
    if (!(range > 0))
        return 0;
    const double bins = static_cast<double>(facts.histogram.size());
    const double position = (value - facts.minimum) / range * bins;
    return std::min(facts.histogram.size() - 1, static_cast<std::size_t>(position));
}

void addToBin(std::uint32_t& bin, std::uint64_t times)
{
    constexpr std::uint64_t full = std::numeric_limits<std::uint32_t>::max();
    bin = static_cast<std::uint32_t>(std::min(full, static_cast<std::uint64_t>(bin) + times));
}

struct WeightedValue {
    double value;
    std::uint64_t times;
};

// Two sweeps, because central sums about a mean that is still moving lose digits.
CentralMoments momentsOf(std::span<const WeightedValue> values)
{
    CentralMoments moments;
    if (values.empty())
        return moments;
    moments.minimum = moments.maximum = values.front().value;
    double sum = 0;
    for (const auto& [value, times] : values) {
        moments.count += times;
        moments.zeros += value == 0 ? times : 0;
        moments.minimum = std::min(moments.minimum, value);
        moments.maximum = std::max(moments.maximum, value);
        sum += value * static_cast<double>(times);
    }
    moments.mean = sum / static_cast<double>(moments.count);
    for (const auto& [value, times] : values) {
        const double difference = value - moments.mean;
        const double square = difference * difference * static_cast<double>(times);
        moments.second += square;
        moments.third += square * difference;
        moments.fourth += square * difference * difference;
    }
    return moments;
}

} // namespace

CentralMoments factsFromCounts(
    CodeMeaning meaning, std::span<const std::uint64_t> counts, TensorFacts& facts)
{
    std::vector<WeightedValue> values;
    for (std::size_t code = 0; code < counts.size(); ++code) {
        if (counts[code] == 0)
            continue;
        const float value = valueOf(meaning, code);
        if (std::isnan(value))
            facts.nans += counts[code];
        else if (std::isinf(value))
            facts.infinities += counts[code];
        else
            values.push_back({static_cast<double>(value), counts[code]});
    }
    const CentralMoments moments = momentsOf(values);
    factsFromMoments(moments, facts);
    for (const auto& [value, times] : values)
        addToBin(facts.histogram[binOf(value, facts)], times);
    return moments;
}

void factsFromMoments(const CentralMoments& moments, TensorFacts& facts)
{
    facts.zeros = moments.zeros;
    if (moments.count == 0)
        return;
    facts.minimum = moments.minimum;
    facts.maximum = moments.maximum;
    facts.absoluteMaximum = std::max(std::fabs(moments.minimum), std::fabs(moments.maximum));
    facts.mean = moments.mean;
    facts.standardDeviation
        = std::sqrt(std::max(0.0, moments.second / static_cast<double>(moments.count)));
    const double farthest
        = std::max(moments.maximum - moments.mean, moments.mean - moments.minimum);
    facts.maxSigma = moments.maximum > moments.minimum ? farthest / facts.standardDeviation : 0;
}

void addToHistogram(std::span<const float> values, TensorFacts& facts)
{
    for (const float value : values)
        addToBin(facts.histogram[binOf(static_cast<double>(value), facts)], 1);
}

double excessKurtosis(const CentralMoments& moments)
{
    if (!(moments.maximum > moments.minimum) || !(moments.second > 0))
        return 0;
    // By way of the ratio first: the square of `second` may overflow.
    const double count = static_cast<double>(moments.count);
    return moments.fourth / moments.second * (count / moments.second) - 3;
}

double normSpread(std::vector<double>& energies)
{
    if (energies.empty())
        return unknownValue;
    const double largest = *std::max_element(energies.begin(), energies.end());
    const auto middle = energies.begin() + static_cast<std::ptrdiff_t>(energies.size() / 2);
    std::nth_element(energies.begin(), middle, energies.end());
    if (!(largest > 0))
        return 1;
    return *middle > 0 ? std::sqrt(largest / *middle) : unknownValue;
}

} // namespace bitloupe
