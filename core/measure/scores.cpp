// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/scores.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

double clipped(double value) { return std::clamp(value, 0.0, 1.0); }

double sixDigits(double value)
{
    if (value == 0)
        return 0;
    const double magnitude = std::pow(10.0, std::floor(std::log10(std::fabs(value))) - 5);
    return std::nearbyint(value / magnitude) * magnitude;
}

double composite(const CompositeWeights& weights, const std::vector<double>& metricValues,
    std::optional<double> position)
{
    const auto value = [&](MetricId id) { return metricValues[static_cast<std::size_t>(id)]; };
    // A weight of 0 must also silence a score that is not known.
    const auto part = [](double weight, double score) { return weight > 0 ? weight * score : 0; };
    return part(weights.svd, value(MetricId::svd))
        + part(weights.kurtosis, value(MetricId::kurtosis))
        + part(weights.output, value(MetricId::output))
        + part(weights.nrmse4, value(MetricId::nrmse4))
        + part(weights.position, position.value_or(unknownValue));
}

} // namespace

double concentrationScore(double headEnergy, double totalEnergy)
{
    if (!(totalEnergy > 0))
        return 0;
    return sixDigits(clipped((headEnergy / totalEnergy - 0.1) / 0.8));
}

double kurtosisScore(double excessKurtosis) { return clipped(excessKurtosis / 10); }

double outputNoiseScore(double range, double meanSquare)
{
    if (!(meanSquare > 0))
        return 0;
    const double change = range / 16 / std::sqrt(12.0 * meanSquare);
    return clipped((std::log10(std::max(change, 0.01)) + 2) / 3);
}

double roundingErrorScore(double nrmse) { return clipped((nrmse - 0.005) / 0.045); }

std::optional<double> layerPosition(int layer, int layers)
{
    if (layer < 0 || layer >= layers)
        return std::nullopt;
    if (layers == 1)
        return 0.0;
    return 1 - std::fabs(2.0 * layer / (layers - 1) - 1);
}

void completeComposites(std::vector<double>& metricValues, std::optional<double> position)
{
    const double swan = composite(swanWeights, metricValues, position);
    const double swanV1 = composite(swanV1Weights, metricValues, position);
    metricValues[static_cast<std::size_t>(MetricId::swan)] = swan;
    metricValues[static_cast<std::size_t>(MetricId::swanV1)] = swanV1;
}

} // namespace bitloupe
