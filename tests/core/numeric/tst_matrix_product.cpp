// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/gram.h"
#include "numeric/matrix_product.h"
#include "numeric/random.h"
#include "support/highway_targets.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace bitloupe;

namespace {

std::vector<float> gaussian(std::size_t count, std::string_view name)
{
    std::vector<float> values(count);
    const std::uint64_t key = randomKey(name, "test");
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(randomNormal(key, i));
    return values;
}

struct Products {
    std::vector<float> plain, transposed;
    friend bool operator==(const Products&, const Products&) = default;
};

Products productsOf(std::size_t rows, std::size_t columns)
{
    const std::size_t stride = columns + 3;
    const auto matrix = gaussian(rows * stride, "matrix");
    const auto in = gaussian(std::max(rows, columns) * panelColumns, "in");
    Products result {gaussian(rows * panelColumns, "out"), gaussian(columns * panelColumns, "out")};
    const MatrixBlock block {matrix.data(), rows, columns, stride};
    addProduct(block, in.data(), panelColumns, result.plain.data());
    addTransposedProduct(block, in.data(), panelColumns, result.transposed.data());
    return result;
}

} // namespace

class TestMatrixProduct : public QObject {
    Q_OBJECT

private slots:
    void products_match_sums_in_double_data();
    void products_match_sums_in_double();
    void every_vector_width_gives_the_same_bits();
    void gram_matrix_matches_sums_in_double_data();
    void gram_matrix_matches_sums_in_double();
};

void TestMatrixProduct::products_match_sums_in_double_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::newRow("one element") << 1 << 1;
    QTest::newRow("fewer rows than a strip") << 5 << 40;
    QTest::newRow("a strip and rest") << 31 << 17;
    QTest::newRow("a usual tile") << 128 << 256;
    QTest::newRow("empty") << 0 << 0;
}

void TestMatrixProduct::products_match_sums_in_double()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    const auto m = static_cast<std::size_t>(rows);
    const auto n = static_cast<std::size_t>(columns);
    const auto matrix = gaussian(m * (n + 3), "matrix");
    const auto in = gaussian(std::max(m, n) * panelColumns, "in");
    const auto before = gaussian(std::max(m, n) * panelColumns, "out");
    const Products found = productsOf(m, n);
    for (std::size_t j = 0; j < panelColumns; ++j) {
        for (std::size_t i = 0; i < m; ++i) {
            double sum = static_cast<double>(before[i * panelColumns + j]);
            for (std::size_t k = 0; k < n; ++k)
                sum += static_cast<double>(matrix[i * (n + 3) + k]) * in[k * panelColumns + j];
            QVERIFY(std::fabs(sum - found.plain[i * panelColumns + j]) < 1e-4);
        }
        for (std::size_t i = 0; i < n; ++i) {
            double sum = static_cast<double>(before[i * panelColumns + j]);
            for (std::size_t k = 0; k < m; ++k)
                sum += static_cast<double>(matrix[k * (n + 3) + i]) * in[k * panelColumns + j];
            QVERIFY(std::fabs(sum - found.transposed[i * panelColumns + j]) < 1e-4);
        }
    }
}

void TestMatrixProduct::every_vector_width_gives_the_same_bits()
{
    const Products widest = productsOf(41, 67);
    bitloupe::testing::forEachHighwayTarget(
        [&](const char* name) { QVERIFY2(productsOf(41, 67) == widest, name); });
}

void TestMatrixProduct::gram_matrix_matches_sums_in_double_data()
{
    QTest::addColumn<bool>("byRows");
    QTest::newRow("tiles of rows") << true;
    QTest::newRow("tiles of columns") << false;
}

void TestMatrixProduct::gram_matrix_matches_sums_in_double()
{
    QFETCH(bool, byRows);
    constexpr std::size_t dimension = 45;
    constexpr std::size_t length = 700; // more than one stretch of float sums
    constexpr std::size_t stride = 64;
    std::vector<float> tall = gaussian(length * stride, "gram");
    for (std::size_t i = 0; i < length; ++i)
        std::fill_n(tall.begin() + static_cast<std::ptrdiff_t>(i * stride + dimension), 19, 0.0f);
    std::vector<float> wide(dimension * length);
    for (std::size_t i = 0; i < length * dimension; ++i)
        wide[i % dimension * length + i / dimension] = tall[i / dimension * stride + i % dimension];
    GramMatrix gram(dimension);
    for (std::size_t begin = 0; begin < length; begin += 100) {
        if (byRows)
            gram.addRows({tall.data() + begin * stride, 100, dimension, stride});
        else
            gram.addColumns({wide.data() + begin, dimension, 100, length});
    }
    const std::vector<double> found = gram.take();
    for (std::size_t i = 0; i < dimension * dimension; ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < length; ++k)
            sum += static_cast<double>(tall[k * stride + i / dimension])
                * static_cast<double>(tall[k * stride + i % dimension]);
        QVERIFY(std::fabs(sum - found[i]) < 2e-3);
    }
}

QTEST_APPLESS_MAIN(TestMatrixProduct)
#include "tst_matrix_product.moc"
