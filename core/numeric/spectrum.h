// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says about a matrix's singular values, from exact ones or from a density.
#pragma once

#include "numeric/block_lanczos.h"

#include <span>
#include <vector>

namespace bitloupe {

/// Over the first k = min(256, dimension) singular values s_1 >= s_2 >= ...
struct SpectrumSummary {
    double headEnergy = 0; // sum of s_i^2 over the first max(1, floor(k / 10))
    double totalEnergy = 0; // sum of s_i^2 over all k
    std::vector<double> leadingEnergies; // s_i^2, at most 64
};

inline constexpr std::size_t spectrumValues = 256;
inline constexpr std::size_t leadingValues = 64;

/// From all eigenvalues of the Gram matrix, falling; negative ones (rounding) count as 0.
SpectrumSummary summarizeSpectrum(std::span<const double> energies);

/// From a density: sums of the leading mass, leading energies read off at its quantiles.
SpectrumSummary summarizeSpectrum(const SpectralDensity& density, std::size_t dimension);

} // namespace bitloupe
