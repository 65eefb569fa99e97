// SPDX-License-Identifier: GPL-3.0-or-later
// Eigenvalues of a dense symmetric matrix, with a few rows of its eigenvectors. No more than
// spectra need: whole eigenvectors are never formed.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace bitloupe {

struct SymmetricEigen {
    std::vector<double> values; // falling
    std::vector<double> components; // [values, wanted rows]: eigenvector i at the wanted rows
    bool stopped = false; // the values mean nothing
};

/// Eigenvalues of the symmetric matrix [n, n], which is destroyed, and the components of all
/// eigenvectors at `wantedRows`. Absolute error about 1e-14 of the largest magnitude.
/// `stop` is asked about every millisecond.
/// Cost: 3 n^3 flops in double, plus 5 n^2 a wanted row.
/// Source: Householder reduction and the implicit QL algorithm; Golub and Van Loan, Matrix
/// Computations, 8.3.
SymmetricEigen symmetricEigen(std::span<double> matrix, std::size_t n,
    std::span<const std::size_t> wantedRows, const std::function<bool()>& stop);

} // namespace bitloupe
