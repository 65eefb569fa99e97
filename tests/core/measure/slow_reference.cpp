// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/slow_reference.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <random>

namespace bitloupe::testing {
namespace {

double clip(double value) { return value < 0 ? 0 : value > 1 ? 1 : value; }

} // namespace

double slowKurtosisScore(const std::vector<double>& values)
{
    const double n = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values)
        mean += value / n;
    double variance = 0, fourth = 0;
    for (const double value : values) {
        variance += std::pow(value - mean, 2) / n;
        fourth += std::pow(value - mean, 4) / n;
    }
    return variance > 0 ? clip((fourth / (variance * variance) - 3) / 10) : 0;
}

double slowErrorScore(const SlowMatrix& matrix)
{
    double error = 0, energy = 0;
    for (std::size_t row = 0; row < matrix.rows; ++row) {
        for (std::size_t begin = 0; begin < matrix.columns; begin += 128) {
            const std::size_t end = std::min(matrix.columns, begin + 128);
            const double* values = matrix.values.data() + row * matrix.columns;
            const double low = *std::min_element(values + begin, values + end);
            const double high = *std::max_element(values + begin, values + end);
            const double scale = (high - low) / 15;
            for (std::size_t i = begin; i < end; ++i) {
                const double code = scale > 0 ? std::round((values[i] - low) / scale) : 0;
                error += std::pow(values[i] - (low + code * scale), 2);
                energy += values[i] * values[i];
            }
        }
    }
    return energy > 0 ? clip((std::sqrt(error / energy) - 0.005) / 0.045) : 0;
}

double slowOutputScore(const SlowMatrix& matrix, std::uint64_t seed)
{
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    const auto [low, high] = std::minmax_element(matrix.values.begin(), matrix.values.end());
    const double step = (*high - *low) / 16;
    std::uniform_real_distribution<double> noise(-step / 2, step / 2);
    const auto rows = static_cast<Eigen::Index>(matrix.rows);
    const auto columns = static_cast<Eigen::Index>(matrix.columns);
    Eigen::MatrixXd w(rows, columns), n(rows, columns), x(columns, 32);
    for (Eigen::Index i = 0; i < rows * columns; ++i) {
        w(i / columns, i % columns) = matrix.values[static_cast<std::size_t>(i)];
        n(i / columns, i % columns) = noise(engine);
    }
    for (Eigen::Index i = 0; i < x.size(); ++i)
        x(i / 32, i % 32) = normal(engine);
    x.colwise().normalize();
    const double change = (n * x).norm() / (w * x).norm();
    return clip((std::log10(std::max(change, 0.01)) + 2) / 3);
}

std::vector<double> slowEnergies(const SlowMatrix& matrix)
{
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Eigen::Map<const RowMajor> w(matrix.values.data(),
        static_cast<Eigen::Index>(matrix.rows), static_cast<Eigen::Index>(matrix.columns));
    const Eigen::MatrixXd gram
        = matrix.rows < matrix.columns ? (w * w.transpose()).eval() : (w.transpose() * w).eval();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram, Eigen::EigenvaluesOnly);
    std::vector<double> energies(
        solver.eigenvalues().data(), solver.eigenvalues().data() + gram.rows());
    std::reverse(energies.begin(), energies.end());
    return energies;
}

double slowSvdScore(const std::vector<std::vector<double>>& energies)
{
    double head = 0, all = 0;
    for (const std::vector<double>& one : energies) {
        const std::size_t k = std::min<std::size_t>(256, one.size());
        for (std::size_t i = 0; i < k; ++i) {
            head += i < std::max<std::size_t>(1, k / 10) ? one[i] : 0;
            all += one[i];
        }
    }
    return all > 0 ? clip((head / all - 0.1) / 0.8) : 0;
}

double slowRowSpread(const SlowMatrix& matrix)
{
    std::vector<double> norms(matrix.rows);
    for (std::size_t i = 0; i < matrix.values.size(); ++i)
        norms[i / matrix.columns] += matrix.values[i] * matrix.values[i];
    for (double& norm : norms)
        norm = std::sqrt(norm);
    std::sort(norms.begin(), norms.end());
    return norms.back() / norms[norms.size() / 2];
}

SlowMatrix transposed(const SlowMatrix& matrix)
{
    SlowMatrix result {matrix.columns, matrix.rows, std::vector<double>(matrix.values.size())};
    for (std::size_t i = 0; i < matrix.values.size(); ++i)
        result.values[i % matrix.columns * matrix.rows + i / matrix.columns] = matrix.values[i];
    return result;
}

} // namespace bitloupe::testing
