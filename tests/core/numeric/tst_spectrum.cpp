// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/block_lanczos.h"
#include "numeric/random.h"
#include "numeric/spectrum.h"
#include "numeric/symmetric_eigen.h"

#include <Eigen/Dense>

#include <QTest>

#include <cmath>
#include <numeric>
#include <vector>

using namespace bitloupe;

namespace {

constexpr std::size_t steps = 10;

// Runs on a diagonal matrix: the method does not know the basis, and the truth is plain.
SpectralDensity densityOf(const std::vector<double>& energies, std::uint64_t key)
{
    BlockLanczos lanczos(energies.size(), steps, key);
    std::vector<float> product(energies.size() * panelColumns);
    while (!lanczos.done()) {
        const auto panel = lanczos.panel();
        for (std::size_t i = 0; i < product.size(); ++i)
            product[i] = static_cast<float>(energies[i / panelColumns] * panel[i]);
        lanczos.advance(product);
    }
    return lanczos.density({});
}

// Squared singular values of a Gaussian [m, n] matrix: quantiles of the Marchenko-Pastur law.
std::vector<double> gaussianEnergies(std::size_t m, double ratio)
{
    const double low = std::pow(1 - std::sqrt(ratio), 2);
    const double high = std::pow(1 + std::sqrt(ratio), 2);
    constexpr std::size_t cells = 200'000;
    std::vector<double> mass(cells);
    for (std::size_t i = 0; i < cells; ++i) {
        const double x = high - (high - low) * (static_cast<double>(i) + 0.5) / cells;
        mass[i] = std::sqrt((high - x) * (x - low)) / x;
    }
    const double whole = std::accumulate(mass.begin(), mass.end(), 0.0);
    std::vector<double> energies;
    double sum = 0;
    for (std::size_t i = 0; i < cells && energies.size() < m; ++i) {
        sum += mass[i] / whole * static_cast<double>(m);
        while (energies.size() < m && sum > static_cast<double>(energies.size()) + 0.5)
            energies.push_back(high - (high - low) * (static_cast<double>(i) + 0.5) / cells);
    }
    energies.resize(m, low);
    return energies;
}

std::vector<double> powerLaw(std::size_t m, double exponent)
{
    std::vector<double> energies(m);
    for (std::size_t i = 0; i < m; ++i)
        energies[i] = std::pow(static_cast<double>(i + 1), -exponent);
    return energies;
}

std::vector<double> withSpikes(std::vector<double> energies, std::size_t count, double height)
{
    for (std::size_t i = 0; i < count; ++i)
        energies[i] = height * (1.2 - 0.2 * static_cast<double>(i) / static_cast<double>(count));
    return energies;
}

} // namespace

class TestSpectrum : public QObject {
    Q_OBJECT

private slots:
    void eigenvalues_match_another_solver_data();
    void eigenvalues_match_another_solver();
    void eigenvector_components_are_right();
    void density_gives_the_concentration_well_within_the_tolerance_data();
    void density_gives_the_concentration_well_within_the_tolerance();
    void leading_values_of_a_density_are_close();
    void low_rank_is_exact();
    void zero_matrix_has_no_energy();
    void stop_ends_the_eigenvalues();
};

void TestSpectrum::eigenvalues_match_another_solver_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("rank");
    QTest::newRow("1") << 1 << 1;
    QTest::newRow("2") << 2 << 2;
    QTest::newRow("odd size") << 77 << 77;
    QTest::newRow("low rank") << 100 << 3;
    QTest::newRow("zero") << 20 << 0;
}

void TestSpectrum::eigenvalues_match_another_solver()
{
    QFETCH(int, n);
    QFETCH(int, rank);
    Eigen::MatrixXd factor = Eigen::MatrixXd::Zero(n, n);
    const std::uint64_t key = randomKey("factor", "test");
    for (int i = 0; i < n * rank; ++i)
        factor(i % n, i / n) = randomNormal(key, static_cast<std::uint64_t>(i));
    const Eigen::MatrixXd matrix = factor * factor.transpose();
    std::vector<double> mine(matrix.data(), matrix.data() + matrix.size());
    const SymmetricEigen found = symmetricEigen(mine, static_cast<std::size_t>(n), {}, {});
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> oracle(matrix, Eigen::EigenvaluesOnly);
    QCOMPARE(found.values.size(), static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
        const double expected = oracle.eigenvalues()[n - 1 - i];
        QVERIFY(std::fabs(found.values[static_cast<std::size_t>(i)] - expected)
            <= 1e-12 * std::max(1.0, oracle.eigenvalues()[n - 1]));
    }
}

void TestSpectrum::eigenvector_components_are_right()
{
    constexpr int n = 40;
    Eigen::MatrixXd matrix(n, n);
    const std::uint64_t key = randomKey("symmetric", "test");
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j <= i; ++j)
            matrix(i, j) = matrix(j, i) = randomNormal(key, static_cast<std::uint64_t>(i * n + j));
    }
    std::vector<double> mine(matrix.data(), matrix.data() + matrix.size());
    const std::vector<std::size_t> wanted {0, 7, 39};
    const SymmetricEigen found = symmetricEigen(mine, n, wanted, {});
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> oracle(matrix);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t w = 0; w < wanted.size(); ++w) {
            const double expected = oracle.eigenvectors()(
                static_cast<int>(wanted[w]), static_cast<int>(n - 1 - i));
            QVERIFY(std::fabs(std::fabs(found.components[i * wanted.size() + w])
                        - std::fabs(expected)) < 1e-9);
        }
    }
}

void TestSpectrum::density_gives_the_concentration_well_within_the_tolerance_data()
{
    QTest::addColumn<std::vector<double>>("energies");
    const auto square = gaussianEnergies(2048, 1.0);
    QTest::newRow("gaussian, square") << square;
    QTest::newRow("gaussian, 1:3.5") << gaussianEnergies(2048, 1 / 3.5);
    QTest::newRow("gaussian, 1:16") << gaussianEnergies(2048, 1 / 16.0);
    QTest::newRow("one spike") << withSpikes(square, 1, 120);
    QTest::newRow("8 spikes") << withSpikes(square, 8, 120);
    QTest::newRow("25 spikes") << withSpikes(square, 25, 24);
    QTest::newRow("40 spikes") << withSpikes(square, 40, 24);
    QTest::newRow("200 spikes") << withSpikes(square, 200, 8);
    QTest::newRow("power 0.25") << powerLaw(2048, 0.25);
    QTest::newRow("power 0.5") << powerLaw(2048, 0.5);
    QTest::newRow("power 1") << powerLaw(2048, 1.0);
    QTest::newRow("power 1.5") << powerLaw(2048, 1.5);
    QTest::newRow("all equal") << std::vector<double>(2048, 3.0);
}

void TestSpectrum::density_gives_the_concentration_well_within_the_tolerance()
{
    QFETCH(std::vector<double>, energies);
    const SpectrumSummary exact = summarizeSpectrum(energies);
    for (std::uint64_t key = 1; key <= 3; ++key) {
        const SpectrumSummary found = summarizeSpectrum(densityOf(energies, key), energies.size());
        const double error
            = found.headEnergy / found.totalEnergy - exact.headEnergy / exact.totalEnergy;
        // The tolerance of 0.01 is for the score, (c - 0.1) / 0.8.
        QVERIFY2(std::fabs(error) / 0.8 < 0.0075, qPrintable(QString::number(error)));
    }
}

void TestSpectrum::leading_values_of_a_density_are_close()
{
    const auto energies = powerLaw(2048, 1.0);
    const SpectrumSummary found = summarizeSpectrum(densityOf(energies, 5), energies.size());
    QCOMPARE(found.leadingEnergies.size(), leadingValues);
    for (std::size_t i = 0; i < leadingValues; ++i) {
        const double ratio = std::sqrt(found.leadingEnergies[i] / energies[i]);
        QVERIFY2(std::fabs(ratio - 1) < 0.03, qPrintable(QString::number(ratio)));
    }
}

void TestSpectrum::low_rank_is_exact()
{
    std::vector<double> energies(1500, 0.0);
    energies[0] = 9;
    energies[700] = 4;
    const SpectrumSummary found = summarizeSpectrum(densityOf(energies, 2), energies.size());
    QVERIFY(std::fabs(found.leadingEnergies[0] - 9) < 1e-4);
    QVERIFY(std::fabs(found.leadingEnergies[1] - 4) < 1e-4);
    QVERIFY(std::fabs(found.totalEnergy - 13) < 1e-4);
    QVERIFY(found.leadingEnergies[2] < 1e-6);
}

void TestSpectrum::zero_matrix_has_no_energy()
{
    const std::vector<double> energies(1100, 0.0);
    const SpectrumSummary found = summarizeSpectrum(densityOf(energies, 2), energies.size());
    QCOMPARE(found.totalEnergy, 0.0);
    QCOMPARE(found.headEnergy, 0.0);
}

void TestSpectrum::stop_ends_the_eigenvalues()
{
    std::vector<double> matrix(64 * 64, 1.0);
    QVERIFY(symmetricEigen(matrix, 64, {}, [] { return true; }).stopped);
}

QTEST_APPLESS_MAIN(TestSpectrum)
#include "tst_spectrum.moc"
