// SPDX-License-Identifier: GPL-3.0-or-later
// Sums over long vectors in 16 fixed lanes, so that every vector width gives the same bits.
#pragma once

#include <cstddef>

namespace bitloupe {

/// Sum of a[i] * b[i]; products and sums in double.
double dotProduct(const float* a, const float* b, std::size_t count);

/// y[i] += factor * x[i], product and sum rounded one after the other.
void addScaled(float factor, const float* x, float* y, std::size_t count);

/// row[i] -= a * x[i] + b * y[i], then the sum of row[i] * z[i]: one sweep of the reduction of a
/// symmetric matrix.
double updateAndDot(double* row, double a, const double* x, double b, const double* y,
    const double* z, std::size_t count);

/// (a[i], b[i]) becomes (c * a[i] - s * b[i], s * a[i] + c * b[i]).
void rotate(double* a, double* b, double c, double s, std::size_t count);

} // namespace bitloupe
