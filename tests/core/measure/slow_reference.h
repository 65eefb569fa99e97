// SPDX-License-Identifier: GPL-3.0-or-later
// The definitions of all facts and scores, one loop each, in double. Shares no code with core.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bitloupe::testing {

struct SlowMatrix {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<double> values; // row-major; NaN and infinities stand as 0
};

double slowKurtosisScore(const std::vector<double>& values);
double slowErrorScore(const SlowMatrix& matrix);
/// With noise and 32 unit probes drawn, as published.
double slowOutputScore(const SlowMatrix& matrix, std::uint64_t seed);
/// Squared singular values, falling.
std::vector<double> slowEnergies(const SlowMatrix& matrix);
/// From squared singular values of all matrices of a stack.
double slowSvdScore(const std::vector<std::vector<double>>& energies);
/// Largest over median norm of the rows.
double slowRowSpread(const SlowMatrix& matrix);
SlowMatrix transposed(const SlowMatrix& matrix);

} // namespace bitloupe::testing
