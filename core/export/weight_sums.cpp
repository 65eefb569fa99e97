// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/weight_sums.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace bitloupe {
namespace {

constexpr std::size_t lanes = 16;

double total(const double (&lane)[lanes])
{
    double sum = 0;
    for (const double value : lane)
        sum += value;
    return sum;
}

} // namespace

double sumOfSquares(std::span<const float> values)
{
    double lane[lanes] = {};
    const float* const data = values.data();
    const std::size_t whole = values.size() / lanes * lanes;
    for (std::size_t i = 0; i < whole; i += lanes)
        for (std::size_t k = 0; k < lanes; ++k) {
            const double value = data[i + k];
            lane[k] += value * value;
        }
    for (std::size_t i = whole; i < values.size(); ++i)
        lane[i - whole] += double {values[i]} * double {values[i]};
    return total(lane);
}

double sumOfSquaredDifferences(std::span<const float> a, std::span<const float> b)
{
    assert(a.size() == b.size());
    double lane[lanes] = {};
    const float* const left = a.data();
    const float* const right = b.data();
    const std::size_t whole = a.size() / lanes * lanes;
    for (std::size_t i = 0; i < whole; i += lanes)
        for (std::size_t k = 0; k < lanes; ++k) {
            const double difference = double {left[i + k]} - double {right[i + k]};
            lane[k] += difference * difference;
        }
    for (std::size_t i = whole; i < a.size(); ++i) {
        const double difference = double {left[i]} - double {right[i]};
        lane[i - whole] += difference * difference;
    }
    return total(lane);
}

float largestFinite(DType dtype)
{
    if (dtype == DType::F16)
        return 65504.0F;
    if (dtype == DType::BF16)
        return 0x1.FEp127F;
    return std::numeric_limits<float>::max();
}

std::size_t firstUnfit(std::span<const float> values, float limit)
{
    const float* const data = values.data();
    std::uint32_t unfit = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        unfit |= std::fabs(data[i]) <= limit ? 0U : 1U; // false for NaN
    if (unfit == 0)
        return values.size();
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!(std::fabs(values[i]) <= limit))
            return i;
    return values.size();
}

} // namespace bitloupe
