// SPDX-License-Identifier: GPL-3.0-or-later
// Sums over tiles of floats in 16 fixed lanes of double, and what may not be encoded.
#pragma once

#include "codec/dtype.h"

#include <cstdint>
#include <span>

namespace bitloupe {

double sumOfSquares(std::span<const float> values);
double sumOfSquaredDifferences(std::span<const float> a, std::span<const float> b);

/// Largest magnitude that a float type holds as a finite number.
float largestFinite(DType dtype);

/// Index of the first value that is NaN, infinite or larger than `limit`; size() when none is.
std::size_t firstUnfit(std::span<const float> values, float limit);

} // namespace bitloupe
