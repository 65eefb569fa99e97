// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/random.h"
#include "numeric/upper_factor.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;

namespace {

// X^T X / rows + ridge, of rows that lean on each other.
ColumnPanels covariance(std::size_t size, double ridge)
{
    constexpr std::size_t rows = 96;
    std::vector<double> x(rows * size);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = randomNormal(5, i) + (i % size > 0 ? 0.7 * x[i - 1] : 0.0);
    ColumnPanels matrix(size);
    for (std::size_t i = 0; i < matrix.paddedSize(); ++i)
        matrix.at(i, i) = 1;
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) {
            double sum = i == j ? ridge * double(rows) : 0.0;
            for (std::size_t r = 0; r < rows; ++r)
                sum += x[r * size + i] * x[r * size + j];
            matrix.at(i, j) = static_cast<float>(sum / double(rows));
        }
    }
    return matrix;
}

double productAt(const ColumnPanels& upper, const std::vector<float>& pivots, std::size_t row,
    std::size_t column)
{
    double sum = 0;
    for (std::size_t t = 0; t < pivots.size(); ++t)
        sum += double(upper.at(row, t)) * double(pivots[t]) * double(upper.at(column, t));
    return sum;
}

} // namespace

class TestUpperFactor : public QObject {
    Q_OBJECT

private slots:
    void product_of_the_factors_is_the_matrix_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : { 1, 31, 32, 33, 64, 200 })
            QTest::addRow("%d", size) << size;
    }

    void product_of_the_factors_is_the_matrix()
    {
        QFETCH(int, size);
        const ColumnPanels matrix = covariance(static_cast<std::size_t>(size), 0.05);
        ColumnPanels upper = matrix;
        std::vector<float> pivots;
        QVERIFY(factorUpper(upper, 1e-6, pivots) == Factored::yes);
        QCOMPARE(pivots.size(), matrix.paddedSize());
        for (std::size_t i = 0; i < pivots.size(); ++i) {
            for (std::size_t j = 0; j < pivots.size(); ++j) {
                const double expected = double(matrix.at(i, j));
                QVERIFY(std::fabs(productAt(upper, pivots, i, j) - expected) < 2e-5);
            }
        }
    }

    void factor_is_unit_upper_triangular()
    {
        ColumnPanels upper = covariance(70, 0.05);
        std::vector<float> pivots;
        QVERIFY(factorUpper(upper, 1e-6, pivots) == Factored::yes);
        for (std::size_t i = 0; i < upper.paddedSize(); ++i) {
            QCOMPARE(upper.at(i, i), 1.0f);
            for (std::size_t j = 0; j < i; ++j)
                QCOMPARE(upper.at(i, j), 0.0f);
        }
    }

    void refuses_a_matrix_that_is_not_positive_definite()
    {
        ColumnPanels matrix(64);
        for (std::size_t i = 0; i < 64; ++i)
            matrix.at(i, i) = 1;
        matrix.at(3, 50) = matrix.at(50, 3) = 1.5f;
        std::vector<float> pivots;
        QVERIFY(factorUpper(matrix, 1e-6, pivots) == Factored::notPositive);
    }

    void order_of_the_tasks_changes_no_bit()
    {
        const ColumnPanels matrix = covariance(640, 0.05);
        ColumnPanels forwards = matrix, backwards = matrix;
        std::vector<float> pivots, others;
        QVERIFY(factorUpper(forwards, 1e-6, pivots) == Factored::yes);
        std::size_t mostTasks = 0;
        const RunTasks lastFirst = [&](std::size_t count, const auto& work) {
            mostTasks = std::max(mostTasks, count);
            while (count > 0)
                work(--count);
            return true;
        };
        QVERIFY(factorUpper(backwards, 1e-6, others, lastFirst) == Factored::yes);
        QVERIFY(mostTasks > 1);
        QCOMPARE(others, pivots);
        const std::size_t numbers = matrix.paddedSize() * matrix.paddedSize();
        QVERIFY(std::equal(
            forwards.panel(0), forwards.panel(0) + numbers, std::as_const(backwards).panel(0)));
    }

    void stops_when_its_tasks_are_stopped()
    {
        ColumnPanels matrix = covariance(200, 0.05);
        std::vector<float> pivots;
        int calls = 0;
        const RunTasks stopping = [&](std::size_t count, const auto& work) {
            runInOrder(count, work);
            return ++calls < 3;
        };
        QVERIFY(factorUpper(matrix, 1e-6, pivots, stopping) == Factored::stopped);
        QCOMPARE(calls, 3);
    }
};

QTEST_APPLESS_MAIN(TestUpperFactor)
#include "tst_upper_factor.moc"
