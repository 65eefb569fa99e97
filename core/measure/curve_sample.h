// SPDX-License-Identifier: GPL-3.0-or-later
// How much of a tensor a curve is measured on: all of it, or a sample that doubles until its own
// spread says that it is enough. Not what is measured: that is the caller's.
#pragma once

#include "base/result.h"
#include "measure/curve_units.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace bitloupe {

/// How the codecs of a family are tried on a tensor.
struct CurveSampling {
    std::uint64_t largestGroup = 128; // or block: columns that are encoded together
    std::uint64_t firstSample = 131'072; // elements; larger samples double
};
/// The encoders of blocks are far slower than those of affine groups, and their curves are wanted
/// at once when a target is chosen: they begin with a quarter of the sample.
constexpr CurveSampling samplingOf(CodecFamily family)
{
    return family == CodecFamily::block ? CurveSampling {256, 32'768} : CurveSampling {};
}

inline constexpr double wantedNrmseError = 0.01; // relative standard error
// Encoders work on blocks of 16 groups; shorter stretches would waste them.
inline constexpr std::size_t clusterElements = 2'048;

/// Measures some units, in this order.
using MeasureUnits = std::function<Result<void>(const std::vector<std::uint64_t>& units)>;

/// Measures the units [begin, end), a few hundred at once. Errors: those of `measure`.
Result<void> measureRange(std::uint64_t begin, std::uint64_t end, const MeasureUnits& measure);

/// Measures a sample of `first` elements that doubles until `enough(round)`, rounds counted
/// from 0. False when it would reach half of the tensor: all of it is the better answer then.
/// Errors: those of `measure`.
Result<bool> measureSample(const CurveUnits& units, std::uint64_t key, std::uint64_t first,
    const MeasureUnits& measure, const std::function<bool(std::uint64_t round)>& enough);

/// False when a sample's energy lies in a few clusters, or nowhere: it says nothing about the rest
/// then, not even how wrong it is.
template <typename Cluster, typename Energy>
bool energyIsShared(const std::vector<Cluster>& clusters, Energy energyOf)
{
    constexpr double fewestClusters = 8; // that must share it
    double energy = 0, squares = 0;
    for (const Cluster& cluster : clusters) {
        energy += energyOf(cluster);
        squares += energyOf(cluster) * energyOf(cluster);
    }
    return energy * energy > fewestClusters * squares;
}

/// Relative standard error of the ratio sum(y) / sum(x), by clusters; 0 where either sum is 0.
/// Source: Cochran, Sampling Techniques, 3rd edition, 6.4.
template <typename Cluster, typename Y, typename X>
double relativeError(const std::vector<Cluster>& clusters, Y y, X x)
{
    double ySum = 0, xSum = 0, squares = 0;
    for (const Cluster& cluster : clusters) {
        ySum += y(cluster);
        xSum += x(cluster);
    }
    if (!(ySum > 0) || !(xSum > 0))
        return 0;
    for (const Cluster& cluster : clusters) {
        const double rest = y(cluster) - ySum / xSum * x(cluster);
        squares += rest * rest;
    }
    const auto count = static_cast<double>(clusters.size());
    return std::sqrt(squares * count / std::max(1.0, count - 1)) / ySum;
}

} // namespace bitloupe
