// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/evidence.h"
#include "plan/gaussian_error.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

// A channel without any use is not known to be useless: no prediction below this share of the
// typical one.
constexpr double smallestShare = 1e-4;

struct Counts {
    double model = unknownValue; // D
    double input = unknownValue; // importance * r
    double weights = 0; // importance * nrmse^2
    double even = 0; // elements * error of Gaussian weights
};

Counts countsOf(const Decision& decision, const DecisionEvidence& evidence, std::size_t option)
{
    const double nrmse = evidence.options[option].nrmse;
    const ProbedPoint& probed = evidence.details[option].probed;
    Counts counts;
    const double steered = std::isnan(probed.nrmse) ? nrmse : probed.nrmse;
    counts.weights = evidence.importance * steered * steered;
    counts.input = evidence.importance * probed.inputError;
    counts.model = probed.damage;
    const double guess = gaussianError(codec(decision.options[option].codec)).search;
    counts.even = static_cast<double>(decision.elements) * guess * guess;
    return counts;
}

double median(std::vector<double> values)
{
    if (values.empty())
        return unknownValue;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool usable(double value) { return std::isfinite(value) && value > 0; }

// Typical logarithms of ratios between the tiers, over all options that have both.
struct Ratios {
    double inputToWeights = 0; // ln (importance r / importance nrmse^2)
    double modelToInput = 0; // ln (D / importance r)
    double modelToEven = 0;
};

Ratios ratiosOf(const TargetProfile& profile, const Evidence& evidence)
{
    std::vector<double> inputs, models, evens;
    for (std::size_t d = 0; d < evidence.decisions.size(); ++d) {
        const DecisionEvidence& decision = evidence.decisions[d];
        for (std::size_t o = 0; o < decision.options.size(); ++o) {
            const Counts counts = countsOf(profile.decisions[d], decision, o);
            if (usable(counts.input) && usable(counts.weights))
                inputs.push_back(std::log(counts.input / counts.weights));
            if (usable(counts.input) && usable(counts.model))
                models.push_back(std::log(counts.model / counts.input));
            if (usable(counts.model) && usable(counts.even))
                evens.push_back(std::log(counts.model / counts.even));
        }
    }
    const auto orNothing = [](double value) { return std::isnan(value) ? 0 : value; };
    return {orNothing(median(std::move(inputs))), orNothing(median(std::move(models))),
        orNothing(median(std::move(evens)))};
}

double mixed(const Counts& counts, const Ratios& ratios, const DamageMix& mix, bool full)
{
    if (!(counts.even > 0) || !(counts.weights > 0))
        return counts.weights;
    const double fromWeights = counts.weights * std::exp(ratios.inputToWeights);
    const double input = std::isnan(counts.input)
        ? fromWeights
        : std::max(counts.input, smallestShare * fromWeights);
    const double fromInput = input * std::exp(ratios.modelToInput);
    const double model = std::isnan(counts.model)
        ? fromInput
        : std::max(counts.model, smallestShare * fromInput);
    // Without gradients the even count has no scale of D to live on: r's takes its place.
    const double even = counts.even * std::exp(ratios.modelToEven);
    const double inputShare = full ? mix.input : mix.model + mix.input;
    const double modelShare = full ? mix.model : 0;
    return std::exp(modelShare * std::log(model) + inputShare * std::log(fromInput)
        + mix.even * std::log(even));
}

} // namespace

void predictDamage(const TargetProfile& profile, Evidence& evidence)
{
    const Ratios ratios = ratiosOf(profile, evidence);
    for (std::size_t d = 0; d < evidence.decisions.size(); ++d) {
        DecisionEvidence& decision = evidence.decisions[d];
        for (std::size_t o = 0; o < decision.options.size(); ++o) {
            const Counts counts = countsOf(profile.decisions[d], decision, o);
            const bool stored
                = codec(profile.decisions[d].options[o].codec).family == CodecFamily::stored;
            decision.options[o].damage = stored ? 0
                : evidence.tier == 1            ? counts.weights
                                                : mixed(counts, ratios, evidence.mix, evidence.tier >= 3);
        }
    }
}

} // namespace bitloupe
