// SPDX-License-Identifier: GPL-3.0-or-later
// One stretch of weights, encoded under the probe's steering: its errors as the probe counts them.
#pragma once

#include "codec/codec.h"
#include "measure/curve_units.h"
#include "measure/error_weights.h"

#include <span>
#include <vector>

namespace bitloupe {

/// Sums over elements of w, or of d = w - q(w): plain, at the matrix' output, at the model's.
struct WeightedSums {
    double squared = 0, input = 0, damage = 0;
    void add(const WeightedSums& other);
};

/// Some stretches with their values and weights, encoded with one codec after another.
/// Single-thread.
class WeightedErrors {
public:
    explicit WeightedErrors(const ErrorWeights& weights)
        : m_weights(weights)
    {
    }

    /// `values` of the stretches in order; both outlive the next calls.
    void set(std::span<const CurveUnits::Stretch> stretches, std::span<const float> values);

    /// Of the values themselves.
    WeightedSums energy() const;
    /// Of the weights: every d = 1.
    WeightedSums weights() const;
    WeightedSums errors(const Codec& codec, DType scaleType);

private:
    WeightedSums sumsOf(std::span<const float> numbers) const;

    const ErrorWeights& m_weights;
    std::span<const CurveUnits::Stretch> m_stretches;
    std::span<const float> m_values;
    std::vector<float> m_steering, m_decoded;
    std::vector<std::byte> m_bytes;
};

} // namespace bitloupe
