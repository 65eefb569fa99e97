// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/error_tile.h"
#include "measure/error_weights.h"

#include "support/synthetic_model.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;
using bitloupe::testing::gaussianValues;
using bitloupe::testing::SyntheticModel;

namespace {

constexpr std::uint64_t rows = 300, columns = 640;

Result<ErrorTile> tileOf(
    const std::vector<float>& values, const char* codecName, std::uint64_t row, std::uint64_t column)
{
    SyntheticModel synthetic;
    synthetic.add("w", DType::F32, {values.size() / columns, columns}, values);
    return errorTile(synthetic.open(), TensorId {0}, *findCodec(codecName), DType::BF16, {}, row,
        column, Job {});
}

} // namespace

class tst_ErrorTile : public QObject {
    Q_OBJECT
private slots:
    void holds_the_weights_of_its_place()
    {
        const auto values = gaussianValues(rows * columns, "w");
        const auto tile = tileOf(values, "affine-4-g64", 260, 600);
        QVERIFY(tile.has_value());
        QCOMPARE(tile->firstRow, std::uint64_t {256});
        QCOMPARE(tile->firstColumn, std::uint64_t {512});
        QCOMPARE(tile->rows, rows - 256);
        QCOMPARE(tile->columns, columns - 512);
        for (std::uint64_t r = 0; r < tile->rows; ++r)
            for (std::uint64_t c = 0; c < tile->columns; ++c)
                QCOMPARE(tile->before[r * tile->columns + c],
                    values[(256 + r) * columns + 512 + c]);
    }

    void is_what_encoding_whole_rows_gives_there()
    {
        const auto values = gaussianValues(rows * columns, "w");
        const auto tile = tileOf(values, "affine-3-g64", 0, 256);
        QVERIFY(tile.has_value());
        const Codec& codec = *findCodec("affine-3-g64");
        const auto layout = *rowLayout(codec, columns, DType::BF16);
        std::vector<std::byte> codes(layout.codes), scales(layout.scales), biases(layout.biases);
        std::vector<float> decoded(columns);
        const auto row = std::span(values).subspan(7 * columns, columns);
        encodeRow(codec, DType::BF16, Encoder::search, row, {}, {codes, scales, biases});
        decodeRow(codec, DType::BF16, {codes, scales, biases}, Decode::exact, decoded);
        for (std::uint64_t c = 0; c < 256; ++c)
            QCOMPARE(tile->after[7 * 256 + c], decoded[256 + c]);
    }

    void is_steered_as_the_exporter_is()
    {
        const auto values = gaussianValues(rows * columns, "w");
        SyntheticModel synthetic;
        synthetic.add("w", DType::F32, {rows, columns}, values);
        const auto model = synthetic.open();
        auto moments = std::make_shared<Moments>();
        moments->tensors.resize(1);
        for (std::uint64_t c = 0; c < columns; ++c) // columns that never saw an input
            moments->tensors[0].input.push_back(c % 64 < 60 ? 0.0F : 1.0F);
        const Codec& codec = *findCodec("affine-3-g64");
        const auto tile
            = errorTile(model, TensorId {0}, codec, DType::BF16, moments, 0, 256, Job {});
        QVERIFY(tile.has_value());
        std::vector<float> steering(columns), decoded(columns);
        ErrorWeights::make(model->tensor(TensorId {0}), TensorId {0}, moments)
            ->steering(7, 0, 1, steering);
        QVERIFY(steering[0] > 0);
        const auto layout = *rowLayout(codec, columns, DType::BF16);
        std::vector<std::byte> codes(layout.codes), scales(layout.scales), biases(layout.biases);
        encodeRow(codec, DType::BF16, Encoder::search, std::span(values).subspan(7 * columns, columns),
            steering, {codes, scales, biases});
        decodeRow(codec, DType::BF16, {codes, scales, biases}, Decode::exact, decoded);
        for (std::uint64_t c = 0; c < 256; ++c)
            QCOMPARE(tile->after[7 * 256 + c], decoded[256 + c]);
    }

    void more_bits_lose_less_and_floats_next_to_nothing()
    {
        const auto values = gaussianValues(rows * columns, "w");
        const auto few = tileOf(values, "affine-2-g64", 0, 0);
        const auto many = tileOf(values, "affine-8-g64", 0, 0);
        const auto kept = tileOf(values, "f32", 0, 0);
        QVERIFY(few && many && kept);
        QVERIFY(few->nrmse > 0.2 && many->nrmse < 0.01);
        QCOMPARE(kept->nrmse, 0.0);
    }

    void odd_numbers_count_as_zero()
    {
        auto values = gaussianValues(rows * columns, "w");
        values[3] = std::nanf("");
        const auto tile = tileOf(values, "affine-4-g64", 0, 0);
        QVERIFY(tile.has_value());
        QCOMPARE(tile->before[3], 0.0F);
        QVERIFY(std::isfinite(tile->nrmse));
        const auto nothing = tileOf(std::vector<float>(256 * columns), "affine-4-g64", 0, 0);
        QVERIFY(nothing.has_value());
        QVERIFY(std::isnan(nothing->nrmse));
    }

    void places_and_codecs_that_cannot_be_are_refused()
    {
        const auto values = gaussianValues(rows * columns, "w");
        QCOMPARE(tileOf(values, "affine-4-g64", rows, 0).error().code, Errc::badArgument);
        QCOMPARE(tileOf(values, "affine-4-g64", 0, columns).error().code, Errc::badArgument);
        QCOMPARE(tileOf(values, "q4_k", 0, 0).error().code, Errc::badArgument); // 640 = 2.5 x 256
    }
};

QTEST_APPLESS_MAIN(tst_ErrorTile)
#include "tst_error_tile.moc"
