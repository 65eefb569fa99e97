// SPDX-License-Identifier: GPL-3.0-or-later
// What one sweep over a stretch of weights yields: energies, rounding error, moments. Sums run in
// 16 fixed lanes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace bitloupe {

/// Replaces NaN and infinities by 0. Returns how many there were.
std::size_t zeroNonFinite(std::span<float> values);

/// Sum of squares in double; also adds each square to `columnEnergies` (as long as the row, or
/// empty). Values must be finite.
double addEnergies(std::span<const float> row, std::span<double> columnEnergies);

/// Squared error of 4-bit asymmetric round-to-nearest in groups of 128 (the last may be shorter):
/// scale = (max - min) / 15, value = min + scale * code. Values must be finite.
/// Source: SWAN, "error" score.
double roundingError(std::span<const float> row);

/// Count, mean, central sums of powers, extremes and zeros of finite values.
struct CentralMoments {
    std::uint64_t count = 0;
    std::uint64_t zeros = 0;
    double mean = 0;
    double second = 0, third = 0, fourth = 0; // sums of (x - mean)^p
    double minimum = 0, maximum = 0;

    /// The moments of both sets together. Source: Pebay, SAND2008-6212, 2008.
    void merge(const CentralMoments& other);
};

CentralMoments momentsOf(std::span<const float> values);

} // namespace bitloupe
