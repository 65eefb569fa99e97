// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/spectrum.h"

#include <algorithm>

namespace bitloupe {
namespace {

struct Counts {
    std::size_t all;
    std::size_t head;
    std::size_t leading;
};

Counts countsFor(std::size_t dimension)
{
    const std::size_t all = std::min(spectrumValues, dimension);
    return {all, std::max<std::size_t>(1, all / 10), std::min(leadingValues, dimension)};
}

// Energy of the `count` largest values when each stands for its weight.
double topEnergy(const SpectralDensity& density, double count)
{
    double left = count;
    double energy = 0;
    for (std::size_t i = 0; i < density.values.size() && left > 0; ++i) {
        const double taken = std::min(left, density.weights[i]);
        energy += taken * density.values[i];
        left -= taken;
    }
    return energy;
}

} // namespace

SpectrumSummary summarizeSpectrum(std::span<const double> energies)
{
    const Counts counts = countsFor(energies.size());
    SpectrumSummary summary;
    for (std::size_t i = 0; i < counts.all; ++i) {
        const double energy = std::max(0.0, energies[i]);
        summary.totalEnergy += energy;
        if (i < counts.head)
            summary.headEnergy += energy;
        if (i < counts.leading)
            summary.leadingEnergies.push_back(energy);
    }
    return summary;
}

SpectrumSummary summarizeSpectrum(const SpectralDensity& density, std::size_t dimension)
{
    const Counts counts = countsFor(dimension);
    SpectrumSummary summary;
    summary.headEnergy = topEnergy(density, static_cast<double>(counts.head));
    summary.totalEnergy = topEnergy(density, static_cast<double>(counts.all));
    double before = 0;
    for (std::size_t i = 0; i < counts.leading; ++i) {
        const double upTo = topEnergy(density, static_cast<double>(i + 1));
        summary.leadingEnergies.push_back(upTo - before);
        before = upTo;
    }
    return summary;
}

} // namespace bitloupe
