// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/rotary.h"

#include "job/parallel.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace bitloupe {
namespace {


struct Frequencies {
    std::vector<double> values; // one a pair
    double attentionFactor = 1;
};

double originalLength(const Rotary& rotary)
{
    return rotary.scaling.originalMaxPositions.value_or(rotary.maxPositions);
}

// The factor in the configuration, or how far the context was stretched.
double stretch(const Rotary& rotary)
{
    const double original = originalLength(rotary);
    return rotary.scaling.factor.value_or(original > 0 ? rotary.maxPositions / original : 1);
}

void applyLlama3(const Rotary& rotary, std::vector<double>& values)
{
    const double low = rotary.scaling.lowFrequencyFactor.value_or(1);
    const double high = rotary.scaling.highFrequencyFactor.value_or(4);
    const double original = originalLength(rotary);
    const double factor = stretch(rotary);
    for (double& value : values) {
        const double turns = original * value / (2 * std::numbers::pi);
        if (turns < low)
            value /= factor;
        else if (turns <= high) {
            const double smooth = high > low ? (turns - low) / (high - low) : 1;
            value = (1 - smooth) * value / factor + smooth * value;
        }
    }
}

double yarnScale(double factor, double mscale)
{
    return factor <= 1 ? 1 : 0.1 * mscale * std::log(factor) + 1;
}

// The pair that makes so many turns within the original length.
double yarnPair(const Rotary& rotary, double turns)
{
    return static_cast<double>(rotary.dimensions)
        * std::log(originalLength(rotary) / (turns * 2 * std::numbers::pi))
        / (2 * std::log(rotary.theta));
}

void applyYarn(const Rotary& rotary, Frequencies& frequencies)
{
    const RopeFacts& scaling = rotary.scaling;
    const double factor = stretch(rotary);
    double low = yarnPair(rotary, scaling.betaFast.value_or(32));
    double high = yarnPair(rotary, scaling.betaSlow.value_or(1));
    if (scaling.truncate) {
        low = std::floor(low);
        high = std::ceil(high);
    }
    low = std::max(low, 0.0);
    high = std::min(high, static_cast<double>(rotary.dimensions) - 1);
    if (low == high)
        high += 0.001; // no division by zero
    for (std::size_t pair = 0; pair < frequencies.values.size(); ++pair) {
        const double ramp = std::clamp((static_cast<double>(pair) - low) / (high - low), 0.0, 1.0);
        double& value = frequencies.values[pair];
        value = value / factor * ramp + value * (1 - ramp);
    }
    const double inferred = scaling.mscale && scaling.mscaleAllDim
        ? yarnScale(factor, *scaling.mscale) / yarnScale(factor, *scaling.mscaleAllDim)
        : yarnScale(factor, 1);
    frequencies.attentionFactor = scaling.attentionFactor.value_or(inferred);
}

Result<void> applyLongrope(const Rotary& rotary, Frequencies& frequencies)
{
    const auto& factors = rotary.scaling.shortFactors;
    if (factors.size() != frequencies.values.size())
        return Error {Errc::badConfig, "rope_scaling",
            "short_factor has " + std::to_string(factors.size()) + " values, expected "
                + std::to_string(frequencies.values.size())};
    for (std::size_t pair = 0; pair < factors.size(); ++pair)
        frequencies.values[pair] /= static_cast<double>(factors[pair]);
    const double factor = stretch(rotary);
    const double inferred
        = factor <= 1 ? 1 : std::sqrt(1 + std::log(factor) / std::log(originalLength(rotary)));
    frequencies.attentionFactor = rotary.scaling.attentionFactor.value_or(inferred);
    return {};
}

Result<Frequencies> frequenciesOf(const Rotary& rotary)
{
    Frequencies frequencies;
    frequencies.values.resize(rotary.dimensions / 2);
    for (std::size_t pair = 0; pair < frequencies.values.size(); ++pair)
        frequencies.values[pair] = std::pow(rotary.theta,
            -2.0 * static_cast<double>(pair) / static_cast<double>(rotary.dimensions));
    switch (rotary.scaling.kind) {
    case RopeKind::plain:
    case RopeKind::dynamic: break;
    case RopeKind::linear:
        for (double& value : frequencies.values)
            value /= rotary.scaling.factor.value_or(1);
        break;
    case RopeKind::llama3: applyLlama3(rotary, frequencies.values); break;
    case RopeKind::yarn: applyYarn(rotary, frequencies); break;
    case RopeKind::longrope:
        if (auto applied = applyLongrope(rotary, frequencies); !applied)
            return applied.error();
        break;
    case RopeKind::unknown:
        return Error {Errc::unsupported, "rope_scaling",
            "the kind \"" + rotary.scaling.kindText + "\" is not known"};
    }
    return frequencies;
}

// Turns the pairs of one head forth (1) or back (-1). Pair i lies at i * step and i * step + apart.
void turn(float* head, const float* cosine, const float* sine, std::size_t pairs, std::size_t step,
    std::size_t apart, float direction)
{
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        const float a = head[pair * step];
        const float b = head[pair * step + apart];
        const float s = sine[pair] * direction;
        head[pair * step] = a * cosine[pair] - b * s;
        head[pair * step + apart] = b * cosine[pair] + a * s;
    }
}

Result<void> turnAll(const RotaryAngles& angles, std::size_t length, std::size_t firstPosition,
    std::size_t headDim, std::size_t heads, std::span<float> values, float direction,
    const Job& job)
{
    const std::size_t width = heads * headDim;
    const std::size_t pairs = angles.pairs();
    assert(values.size() % width == 0 && angles.dimensions <= headDim);
    assert((firstPosition + length) * pairs <= angles.cosines.size());
    const std::size_t tokens = values.size() / width;
    const std::size_t atOnce = std::max<std::size_t>(1, taskValues / width);
    return parallelFor(job, (tokens + atOnce - 1) / atOnce, [&](std::size_t task) -> Result<void> {
        const std::size_t end = std::min(tokens, (task + 1) * atOnce);
        for (std::size_t token = task * atOnce; token < end; ++token) {
            const std::size_t angle = (firstPosition + token % length) * pairs;
            for (std::size_t head = 0; head < heads; ++head)
                turn(values.data() + token * width + head * headDim, &angles.cosines[angle],
                    &angles.sines[angle], pairs, angles.neighbours ? 2 : 1,
                    angles.neighbours ? 1 : pairs, direction);
        }
        return {};
    });
}

} // namespace

Result<RotaryAngles> rotaryAngles(const Rotary& rotary, std::size_t length)
{
    const auto frequencies = frequenciesOf(rotary);
    if (!frequencies)
        return frequencies.error();
    RotaryAngles angles;
    angles.dimensions = rotary.dimensions;
    angles.neighbours = rotary.scaling.pairsNeighbours;
    for (std::size_t position = 0; position < length; ++position) {
        for (const double frequency : frequencies->values) {
            const double angle = static_cast<double>(position) * frequency;
            angles.cosines.push_back(
                static_cast<float>(std::cos(angle) * frequencies->attentionFactor));
            angles.sines.push_back(
                static_cast<float>(std::sin(angle) * frequencies->attentionFactor));
        }
    }
    return angles;
}

Result<void> rotate(const RotaryAngles& angles, std::size_t length, std::size_t firstPosition,
    std::size_t headDim, std::size_t heads, std::span<float> values, const Job& job)
{
    return turnAll(angles, length, firstPosition, headDim, heads, values, 1, job);
}

Result<void> rotateBack(const RotaryAngles& angles, std::size_t length, std::size_t headDim,
    std::size_t heads, std::span<float> gradient, const Job& job)
{
    return turnAll(angles, length, 0, headDim, heads, gradient, -1, job);
}

} // namespace bitloupe
