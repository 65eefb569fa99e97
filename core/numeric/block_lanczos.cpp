// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/block_lanczos.h"

#include "numeric/random.h"
#include "numeric/sums.h"
#include "numeric/symmetric_eigen.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bitloupe {
namespace {

constexpr std::size_t block = panelColumns;
using Triangle = std::array<double, block * block>; // [i * block + j], i <= j

// A direction that shrank this much holds rounding errors only, and is dropped.
constexpr double vanished = 1e-6;
// Ritz values whose residual is below this share of themselves count as eigenvalues.
constexpr double convergedResidual = 0.01;
// An eigenvector's share in a random block of 32 is 1/4 of its mean wide; a Ritz value with a much
// larger one stands for many equal eigenvalues, however well it has converged.
constexpr double largestSingleWeight = 2.5;

void transpose(const float* from, std::size_t rows, std::size_t columns, float* to)
{
    constexpr std::size_t step = 32;
    for (std::size_t rowBegin = 0; rowBegin < rows; rowBegin += step) {
        const std::size_t rowEnd = std::min(rows, rowBegin + step);
        for (std::size_t column = 0; column < columns; ++column) {
            for (std::size_t row = rowBegin; row < rowEnd; ++row)
                to[column * rows + row] = from[row * columns + column];
        }
    }
}

// Modified Gram-Schmidt over 32 rows of `dimension` floats; vanished ones become zero rows.
// `scale` holds what each row's length is compared with.
Triangle orthonormalize(
    float* rows, std::size_t dimension, const std::array<double, block>& scale)
{
    Triangle factor {};
    for (std::size_t j = 0; j < block; ++j) {
        float* row = rows + j * dimension;
        for (std::size_t i = 0; i < j; ++i) {
            const float* other = rows + i * dimension;
            const double part = dotProduct(other, row, dimension);
            factor[i * block + j] = part;
            addScaled(static_cast<float>(-part), other, row, dimension);
        }
        const double norm = std::sqrt(dotProduct(row, row, dimension));
        if (!(norm > vanished * scale[j])) {
            std::fill_n(row, dimension, 0.0f);
            continue;
        }
        factor[j * block + j] = norm;
        const auto inverse = static_cast<float>(1 / norm);
        for (std::size_t k = 0; k < dimension; ++k)
            row[k] *= inverse;
    }
    return factor;
}

std::array<double, block> lengths(const float* rows, std::size_t dimension)
{
    std::array<double, block> result {};
    for (std::size_t j = 0; j < block; ++j) {
        const float* row = rows + j * dimension;
        result[j] = std::sqrt(dotProduct(row, row, dimension));
    }
    return result;
}

// [rows, block] * triangle, in place of nothing.
double timesTriangle(const float* row, const Triangle& triangle, std::size_t column)
{
    double sum = 0;
    for (std::size_t i = 0; i <= column; ++i)
        sum += static_cast<double>(row[i]) * triangle[i * block + column];
    return sum;
}

} // namespace

BlockLanczos::BlockLanczos(std::size_t dimension, std::size_t steps, std::uint64_t key)
    : m_dimension(dimension)
    , m_steps(steps)
    , m_basis(steps * block * dimension)
    , m_panel(dimension * block)
    , m_projected(steps * block * steps * block)
    , m_remainder(block * block)
{
    for (std::size_t i = 0; i < block * dimension; ++i)
        m_basis[i] = static_cast<float>(randomNormal(key, i));
    orthonormalize(m_basis.data(), dimension, lengths(m_basis.data(), dimension));
    transpose(m_basis.data(), block, dimension, m_panel.data());
}

// Takes the part along the basis so far out of m_panel; returns its coefficients, [known, 32].
void BlockLanczos::removeBasis(std::vector<float>& coefficients)
{
    const std::size_t known = (m_step + 1) * block;
    coefficients.assign(known * block, 0.0f);
    // Stretches of the dimension that stay in the second-level cache for both uses.
    constexpr std::size_t stretch = 256;
    for (std::size_t begin = 0; begin < m_dimension; begin += stretch) {
        const std::size_t count = std::min(stretch, m_dimension - begin);
        addProduct({m_basis.data() + begin, known, count, m_dimension},
            m_panel.data() + begin * block, block, coefficients.data());
    }
    std::vector<float> negative(coefficients);
    for (float& value : negative)
        value = -value;
    for (std::size_t begin = 0; begin < m_dimension; begin += stretch) {
        const std::size_t count = std::min(stretch, m_dimension - begin);
        addTransposedProduct({m_basis.data() + begin, known, count, m_dimension}, negative.data(),
            block, m_panel.data() + begin * block);
    }
}

void BlockLanczos::advance(std::span<float> product)
{
    std::vector<float> next(block * m_dimension);
    transpose(product.data(), m_dimension, block, next.data());
    const auto scale = lengths(next.data(), m_dimension);
    std::copy(product.begin(), product.end(), m_panel.begin());

    // Twice, because floats leave too much of the basis behind when a direction shrinks.
    std::vector<float> first;
    removeBasis(first);
    transpose(m_panel.data(), m_dimension, block, next.data());
    const Triangle firstFactor = orthonormalize(next.data(), m_dimension, scale);
    transpose(next.data(), block, m_dimension, m_panel.data());
    std::vector<float> second;
    removeBasis(second);
    transpose(m_panel.data(), m_dimension, block, next.data());
    std::array<double, block> one;
    one.fill(0.5 / vanished); // what lost half its length now was noise
    const Triangle secondFactor = orthonormalize(next.data(), m_dimension, one);

    const std::size_t known = (m_step + 1) * block;
    for (std::size_t j = 0; j < block; ++j) {
        for (std::size_t i = 0; i < known; ++i)
            store(m_step * block + j, i,
                static_cast<double>(first[i * block + j])
                    + timesTriangle(second.data() + i * block, firstFactor, j));
        for (std::size_t i = 0; i <= j; ++i) {
            double sum = 0;
            for (std::size_t k = i; k <= j; ++k)
                sum += secondFactor[i * block + k] * firstFactor[k * block + j];
            m_remainder[i * block + j] = sum;
        }
    }
    if (++m_step == m_steps)
        return;
    transpose(next.data(), block, m_dimension, m_panel.data());
    std::copy(next.begin(), next.end(),
        m_basis.begin() + static_cast<std::ptrdiff_t>(m_step * block * m_dimension));
}

void BlockLanczos::store(std::size_t column, std::size_t row, double value)
{
    const std::size_t n = m_steps * block;
    m_projected[row * n + column] = value;
    m_projected[column * n + row] = value;
}

SpectralDensity BlockLanczos::density(const std::function<bool()>& stop) const
{
    const std::size_t n = m_steps * block;
    std::vector<double> matrix = m_projected;
    std::vector<std::size_t> ends(2 * block); // the first and the last block
    for (std::size_t i = 0; i < block; ++i) {
        ends[i] = i;
        ends[block + i] = n - block + i;
    }
    const SymmetricEigen eigen = symmetricEigen(matrix, n, ends, stop);
    SpectralDensity density;
    density.stopped = eigen.stopped;
    if (density.stopped)
        return density;
    const double whole = static_cast<double>(m_dimension);
    std::size_t converged = 0;
    double rest = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double* components = eigen.components.data() + i * 2 * block;
        double share = 0;
        double residual = 0;
        for (std::size_t row = 0; row < block; ++row) {
            share += components[row] * components[row];
            double sum = 0;
            for (std::size_t k = row; k < block; ++k)
                sum += m_remainder[row * block + k] * components[block + k];
            residual += sum * sum;
        }
        const double value = std::max(0.0, eigen.values[i]);
        if (converged == i && std::sqrt(residual) < convergedResidual * value
            && share * whole / block < largestSingleWeight)
            ++converged;
        density.values.push_back(value);
        density.weights.push_back(converged > i ? 1.0 : share);
        rest += converged > i ? 0.0 : share;
    }
    const double factor = rest > 0 ? (whole - static_cast<double>(converged)) / rest : 0;
    for (std::size_t i = converged; i < n; ++i)
        density.weights[i] *= factor;
    return density;
}

} // namespace bitloupe
