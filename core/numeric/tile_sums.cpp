// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/tile_sums.h"
#include "numeric/simd_targets.h"

#include <algorithm>
#include <bit>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numeric/tile_sums.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 16>;
using Doubles = hn::CappedTag<double, 8>;
using FloatVector = hn::Vec<Floats>;
using DoubleVector = hn::Vec<Doubles>;
constexpr std::size_t sumLanes = 16;
constexpr std::size_t floatLanes = hn::MaxLanes(Floats());
constexpr std::size_t doubleLanes = hn::MaxLanes(Doubles());
constexpr std::size_t floatVectors = sumLanes / floatLanes;
constexpr std::size_t doubleVectors = sumLanes / doubleLanes;

template <typename Number>
HWY_INLINE Number sumOf(Number* lane)
{
    for (std::size_t half = sumLanes / 2; half > 0; half /= 2) {
        for (std::size_t i = 0; i < half; ++i)
            lane[i] += lane[i + half];
    }
    return lane[0];
}

double addEnergiesKernel(const float* row, std::size_t count, double* columns)
{
    const Doubles d;
    const hn::Rebind<float, Doubles> half;
    DoubleVector sums[doubleVectors];
    for (std::size_t v = 0; v < doubleVectors; ++v)
        sums[v] = hn::Zero(d);
    std::size_t i = 0;
    for (; i + sumLanes <= count; i += sumLanes) {
        HWY_UNROLL(8)
        for (std::size_t v = 0; v < doubleVectors; ++v) {
            const std::size_t at = i + v * doubleLanes;
            const DoubleVector value = hn::PromoteTo(d, hn::LoadU(half, row + at));
            const DoubleVector square = hn::Mul(value, value);
            sums[v] = hn::Add(sums[v], square);
            if (columns)
                hn::StoreU(hn::Add(hn::LoadU(d, columns + at), square), d, columns + at);
        }
    }
    HWY_ALIGN double lane[sumLanes];
    for (std::size_t v = 0; v < doubleVectors; ++v)
        hn::Store(sums[v], d, lane + v * doubleLanes);
    for (std::size_t tail = 0; i < count; ++i, ++tail) {
        const double square = static_cast<double>(row[i]) * static_cast<double>(row[i]);
        lane[tail] += square;
        if (columns)
            columns[i] += square;
    }
    return sumOf(lane);
}

// One group of a multiple of 16 values whose squares neither overflow nor vanish in float.
double groupErrorKernel(const float* values, std::size_t count)
{
    const Floats d;
    FloatVector low[floatVectors];
    FloatVector high[floatVectors];
    for (std::size_t v = 0; v < floatVectors; ++v)
        low[v] = high[v] = hn::LoadU(d, values + v * floatLanes);
    for (std::size_t i = sumLanes; i < count; i += sumLanes) {
        HWY_UNROLL(8)
        for (std::size_t v = 0; v < floatVectors; ++v) {
            const FloatVector value = hn::LoadU(d, values + i + v * floatLanes);
            low[v] = hn::Min(low[v], value);
            high[v] = hn::Max(high[v], value);
        }
    }
    for (std::size_t v = 1; v < floatVectors; ++v) {
        low[0] = hn::Min(low[0], low[v]);
        high[0] = hn::Max(high[0], high[v]);
    }
    const float minimum = hn::GetLane(hn::MinOfLanes(d, low[0]));
    const float maximum = hn::GetLane(hn::MaxOfLanes(d, high[0]));
    if (!(maximum > minimum))
        return 0;
    const float scale = (maximum - minimum) / 15;
    const FloatVector scaleVector = hn::Set(d, scale);
    const FloatVector inverse = hn::Set(d, 1 / scale);
    const FloatVector offset = hn::Set(d, minimum);
    FloatVector sums[floatVectors];
    for (std::size_t v = 0; v < floatVectors; ++v)
        sums[v] = hn::Zero(d);
    for (std::size_t i = 0; i < count; i += sumLanes) {
        HWY_UNROLL(8)
        for (std::size_t v = 0; v < floatVectors; ++v) {
            const FloatVector value
                = hn::Sub(hn::LoadU(d, values + i + v * floatLanes), offset);
            const FloatVector code = hn::Round(hn::Mul(value, inverse));
            const FloatVector error = hn::Sub(value, hn::Mul(code, scaleVector));
            sums[v] = hn::Add(sums[v], hn::Mul(error, error));
        }
    }
    HWY_ALIGN float lane[sumLanes];
    for (std::size_t v = 0; v < floatVectors; ++v)
        hn::Store(sums[v], d, lane + v * floatLanes);
    return static_cast<double>(sumOf(lane));
}

// Largest magnitude as bits, which order like the magnitudes themselves.
std::uint32_t largestBitsKernel(const float* values, std::size_t count)
{
    const hn::RebindToUnsigned<Floats> u;
    const Floats d;
    auto largest = hn::Zero(u);
    std::size_t i = 0;
    for (; i + floatLanes <= count; i += floatLanes)
        largest = hn::Max(largest, hn::BitCast(u, hn::Abs(hn::LoadU(d, values + i))));
    std::uint32_t result = hn::GetLane(hn::MaxOfLanes(u, largest));
    for (; i < count; ++i)
        result = std::max(result, std::bit_cast<std::uint32_t>(std::fabs(values[i])));
    return result;
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(addEnergiesKernel);
HWY_EXPORT(groupErrorKernel);
HWY_EXPORT(largestBitsKernel);

namespace {

constexpr std::size_t roundingGroup = 128;

// In double: for groups whose range or squares leave the range of float, and for short ones.
double groupErrorInDouble(std::span<const float> values)
{
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double minimum = static_cast<double>(*low);
    const double scale = (static_cast<double>(*high) - minimum) / 15;
    if (!(scale > 0))
        return 0;
    double sum = 0;
    for (const float value : values) {
        const double shifted = static_cast<double>(value) - minimum;
        const double error = shifted - std::nearbyint(shifted / scale) * scale;
        sum += error * error;
    }
    return sum;
}

} // namespace

std::size_t zeroNonFinite(std::span<float> values)
{
    constexpr std::uint32_t infinite = 0x7f80'0000;
    if (HWY_DYNAMIC_DISPATCH(largestBitsKernel)(values.data(), values.size()) < infinite)
        return 0;
    std::size_t count = 0;
    for (float& value : values) {
        if (!std::isfinite(value)) {
            value = 0;
            ++count;
        }
    }
    return count;
}

double addEnergies(std::span<const float> row, std::span<double> columnEnergies)
{
    return HWY_DYNAMIC_DISPATCH(addEnergiesKernel)(
        row.data(), row.size(), columnEnergies.empty() ? nullptr : columnEnergies.data());
}

double roundingError(std::span<const float> row)
{
    // Between these the range is finite and an error's square is a normal number.
    constexpr std::uint32_t tooSmall = std::bit_cast<std::uint32_t>(0x1p-50f);
    constexpr std::uint32_t tooLarge = std::bit_cast<std::uint32_t>(0x1p50f);
    double sum = 0;
    for (std::size_t begin = 0; begin < row.size(); begin += roundingGroup) {
        const auto group = row.subspan(begin, std::min(roundingGroup, row.size() - begin));
        const std::uint32_t largest
            = HWY_DYNAMIC_DISPATCH(largestBitsKernel)(group.data(), group.size());
        if (group.size() % 16 == 0 && largest > tooSmall && largest < tooLarge)
            sum += HWY_DYNAMIC_DISPATCH(groupErrorKernel)(group.data(), group.size());
        else
            sum += groupErrorInDouble(group);
    }
    return sum;
}

void CentralMoments::merge(const CentralMoments& other)
{
    if (other.count == 0)
        return;
    if (count == 0) {
        *this = other;
        return;
    }
    const double a = static_cast<double>(count);
    const double b = static_cast<double>(other.count);
    const double n = a + b;
    const double delta = other.mean - mean;
    const double step = delta / n;
    const double mixed = delta * step * a * b;
    fourth += other.fourth + mixed * step * step * (a * a - a * b + b * b)
        + 6 * step * step * (a * a * other.second + b * b * second)
        + 4 * step * (a * other.third - b * third);
    third += other.third + mixed * step * (a - b) + 3 * step * (a * other.second - b * second);
    second += other.second + mixed;
    mean += step * b;
    count += other.count;
    zeros += other.zeros;
    minimum = std::min(minimum, other.minimum);
    maximum = std::max(maximum, other.maximum);
}

CentralMoments momentsOf(std::span<const float> values)
{
    constexpr std::size_t lanes = 16;
    CentralMoments result;
    result.count = values.size();
    if (values.empty())
        return result;
    double sums[lanes] = {};
    result.minimum = result.maximum = static_cast<double>(values[0]);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double value = static_cast<double>(values[i]);
        sums[i % lanes] += value;
        result.zeros += value == 0 ? 1 : 0;
        result.minimum = std::min(result.minimum, value);
        result.maximum = std::max(result.maximum, value);
    }
    for (const double sum : sums)
        result.mean += sum;
    result.mean /= static_cast<double>(values.size());
    double second[lanes] = {}, third[lanes] = {}, fourth[lanes] = {};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double difference = static_cast<double>(values[i]) - result.mean;
        const double square = difference * difference;
        second[i % lanes] += square;
        third[i % lanes] += square * difference;
        fourth[i % lanes] += square * square;
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        result.second += second[lane];
        result.third += third[lane];
        result.fourth += fourth[lane];
    }
    return result;
}

} // namespace bitloupe
#endif // HWY_ONCE
