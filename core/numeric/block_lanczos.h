// SPDX-License-Identifier: GPL-3.0-or-later
// Block Lanczos with full reorthogonalisation on a symmetric positive semidefinite matrix that
// only the caller knows. Yields an estimate of its whole spectral density, not eigenpairs.
#pragma once

#include "numeric/matrix_product.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace bitloupe {

/// Eigenvalues and how many eigenvalues each stands for.
struct SpectralDensity {
    std::vector<double> values; // falling, none negative
    std::vector<double> weights; // not negative; their sum is the dimension
    bool stopped = false; // the values mean nothing
};

/// Multiply panel() by the matrix and hand the product to advance(), until done(). Single-thread.
///
/// The starting block is random, so a Ritz value's share in it tells how many eigenvalues it
/// stands for (stochastic Lanczos quadrature); leading Ritz values that have converged stand for
/// exactly one. This finds sums over the top of a flat spectrum, where a range finder of the same
/// cost captures only part of them.
/// Source: Golub and Meurant, Matrices, Moments and Quadrature, 2010, chapters 6 and 7; Ubaru,
/// Chen and Saad, SIAM J. Matrix Anal. Appl. 38, 2017.
class BlockLanczos {
public:
    /// `dimension` at least steps * 32; `key` seeds the starting block.
    BlockLanczos(std::size_t dimension, std::size_t steps, std::uint64_t key);

    bool done() const { return m_step == m_steps; }

    /// What to multiply next. Shapes: [dimension, 32].
    std::span<const float> panel() const { return m_panel; }

    /// Takes matrix * panel(), which is destroyed. Shapes: [dimension, 32].
    /// Cost: 256 * dimension * step flops.
    void advance(std::span<float> product);

    /// After done(). `stop` is asked about every millisecond.
    SpectralDensity density(const std::function<bool()>& stop) const;

private:
    void removeBasis(std::vector<float>& coefficients);
    void store(std::size_t column, std::size_t row, double value);

    std::size_t m_dimension;
    std::size_t m_steps;
    std::size_t m_step = 0;
    std::vector<float> m_basis; // [steps * 32, dimension]: one basis vector a row
    std::vector<float> m_panel; // the newest block, transposed
    std::vector<double> m_projected; // the matrix in the basis, [steps * 32, steps * 32]
    std::vector<double> m_remainder; // [32, 32]: triangular factor of what the last step left over
};

} // namespace bitloupe
