// SPDX-License-Identifier: GPL-3.0-or-later
// The published weight-only scores, from quantities that a pass over the weights has gathered.
// The composites' weights stand here and nowhere else.
#pragma once

#include "measure/analysis.h"

#include <optional>

namespace bitloupe {

/// Positions in metrics() and TensorScore::metrics.
enum class MetricId : std::size_t { svd, kurtosis, output, nrmse4, swan, swanV1, maxSigma };
inline constexpr std::size_t metricCount = 7;

/// How much each score counts in a composite; the weights of one sum to 1.
struct CompositeWeights {
    double svd, kurtosis, output, nrmse4, position;
};
inline constexpr CompositeWeights swanWeights {.20, .45, .15, .20, 0};
inline constexpr CompositeWeights swanV1Weights {.30, .20, .30, 0, .20};

/// Score of the share of energy in the leading tenth of the first 256 singular values; 0 for a
/// zero matrix. Rounded to 6 significant digits. Source: SWAN.
double concentrationScore(double headEnergy, double totalEnergy);

/// Score of the excess kurtosis: a tenth of it, clipped to [0, 1]. Source: SWAN.
double kurtosisScore(double excessKurtosis);

/// Score of the relative output change under uniform noise of one 4-bit step over the tensor's
/// range, in expectation over the noise and over isotropic probes: (range / 16) / sqrt(12) / rms.
/// The published score draws 32 probes; that scatters by 0.02 about this one at rank 1, less at
/// higher ranks. 0 for a zero matrix. Source: SWAN.
double outputNoiseScore(double range, double meanSquare);

/// Score of the 4-bit round-to-nearest error. Source: SWAN.
double roundingErrorScore(double nrmse);

/// 1 in the middle of the stack, 0 at both ends; empty without a layer. Approximate: the first
/// version of SWAN is cited for the weight of a position, not for this form.
std::optional<double> layerPosition(int layer, int layers);

/// Fills in both composites; unknownValue while a score that counts is unknown.
void completeComposites(std::vector<double>& metricValues, std::optional<double> position);

} // namespace bitloupe
