// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/float_reader.h"

#include "model/open.h"
#include "numeric/float_types.h"
#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <optional>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

std::string bytesOf(const std::vector<float>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

/// Codes 0x00, 0x01, ... without the two NaNs.
std::string fp8Codes(std::size_t count)
{
    std::string codes;
    for (std::size_t i = 0; i < count; ++i)
        codes += static_cast<char>(i % 0x7f);
    return codes;
}

std::shared_ptr<const Model> modelOf(
    const ScratchFolder& folder, const SafetensorsBuilder& builder, const char* config = "{}")
{
    folder.write("model.safetensors", builder.bytes());
    folder.write("config.json", config);
    return openModel(folder.path(), Job {}).value();
}

// Why it cannot be opened; nothing when it can.
std::optional<Error> refusalOf(
    const ScratchFolder& folder, const SafetensorsBuilder& builder, const char* config = "{}")
{
    folder.write("model.safetensors", builder.bytes());
    folder.write("config.json", config);
    const auto model = openModel(folder.path(), Job {});
    return model ? std::nullopt : std::optional(model.error());
}

Result<FloatReader> readerOf(const std::shared_ptr<const Model>& model, const char* name = "w.weight")
{
    return FloatReader::open(model, model->find(name).value());
}

std::vector<float> all(const FloatReader& reader)
{
    std::vector<float> values(reader.rows() * reader.columns());
    const bool done = reader.readRows(0, reader.rows(), values).has_value();
    return done ? values : std::vector<float>();
}

const char* const fp8Config
    = R"({"quantization_config":{"quant_method":"fp8","weight_block_size":[128,128]}})";

/// A weight of fp8 codes with these scales, and the oracle of what it must read as.
struct Scaled {
    Shape weight, scales;
    std::uint64_t blockRows, blockColumns; // inside a slab
};

float expected(const Scaled& each, const std::vector<float>& scales, std::uint64_t index)
{
    const MatrixView view = matrixView(each.weight).value();
    const std::uint64_t slab = index / (view.rows * view.columns);
    const std::uint64_t row = index / view.columns % view.rows;
    const std::uint64_t column = index % view.columns;
    const std::uint64_t gridRows = (view.rows + each.blockRows - 1) / each.blockRows;
    const std::uint64_t gridColumns = (view.columns + each.blockColumns - 1) / each.blockColumns;
    const std::uint64_t block
        = (slab * gridRows + row / each.blockRows) * gridColumns + column / each.blockColumns;
    return f8E4m3ToFloat(static_cast<std::uint8_t>(index % 0x7f)) * scales[block];
}

} // namespace

class TestFloatReader : public QObject {
    Q_OBJECT
private slots:
    void reads_rows_and_parts_of_rows()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.add("odd", "U8", {1}, "x"); // makes what follows unaligned
        builder.addFloats("w.weight", {2, 3, 4});
        const auto reader = readerOf(modelOf(folder, builder)).value();
        QCOMPARE(reader.rows(), std::uint64_t(6));
        QCOMPARE(reader.columns(), std::uint64_t(4));
        std::vector<float> part(4);
        QVERIFY(reader.read(4, 2, 1, 2, part).has_value());
        QCOMPARE(part, (std::vector<float> {17, 18, 21, 22}));
        QVERIFY(reader.readRows(5, 1, part).has_value());
        QCOMPARE(part, (std::vector<float> {20, 21, 22, 23}));
        QVERIFY(reader.readRows(6, 0, {}).has_value());
    }

    void reads_every_float_dtype()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        const double f64 = -2.5;
        builder.add("f64", "F64", {1, 1}, {reinterpret_cast<const char*>(&f64), 8});
        builder.add("bf16", "BF16", {1, 1}, std::string_view("\x20\xc0", 2));
        builder.add("f16", "F16", {1, 1}, std::string_view("\x00\xc1", 2));
        builder.add("e4m3", "F8_E4M3", {1, 1}, std::string_view("\xc2", 1));
        builder.add("e5m2", "F8_E5M2", {1, 1}, std::string_view("\xc1", 1));
        const auto model = modelOf(folder, builder);
        for (const char* name : {"f64", "bf16", "f16", "e4m3", "e5m2"})
            QCOMPARE(all(readerOf(model, name).value()), (std::vector<float> {-2.5f}));
    }

    void vectors_and_scalars_are_one_row()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.addFloats("vector", {5});
        builder.addFloats("scalar", {}, {7});
        builder.addFloats("none", {0});
        const auto model = modelOf(folder, builder);
        QCOMPARE(readerOf(model, "vector")->columns(), std::uint64_t(5));
        QCOMPARE(all(readerOf(model, "scalar").value()), (std::vector<float> {7}));
        QCOMPARE(readerOf(model, "none")->columns(), std::uint64_t(0));
    }

    void says_what_it_does_not_read()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.add("ints", "I32", {1, 1}, "1234");
        builder.addFloats("none", {3, 0});
        const auto model = modelOf(folder, builder);
        QCOMPARE(readerOf(model, "ints").error().code, Errc::unsupported);
        QCOMPARE(readerOf(model, "none").error().code, Errc::unsupported);
    }

    void applies_fp8_scales_data()
    {
        QTest::addColumn<int>("index");
        const char* const names[] = {"ragged_blocks", "exact_blocks", "one_scale", "scalar_scale",
            "one_a_row", "experts_with_blocks", "experts_with_one_each", "small_blocks"};
        for (int i = 0; i < 8; ++i)
            QTest::newRow(names[i]) << i;
    }

    void applies_fp8_scales()
    {
        QFETCH(int, index);
        const std::vector<Scaled> table {
            {{200, 300}, {2, 3}, 128, 128},
            {{128, 256}, {1, 2}, 128, 128},
            {{70, 90}, {1}, 70, 90},
            {{70, 90}, {}, 70, 90},
            {{70, 90}, {70, 1}, 1, 90},
            {{3, 130, 140}, {3, 2, 2}, 128, 128},
            {{3, 20, 30}, {3, 1, 1}, 20, 30},
            {{64, 64}, {2, 4}, 32, 16},
        };
        const Scaled& each = table[size_t(index)];
        std::uint64_t count = 1, scaleCount = 1;
        for (const std::uint64_t size : each.weight)
            count *= size;
        for (const std::uint64_t size : each.scales)
            scaleCount *= size;
        std::vector<float> scales;
        for (std::uint64_t i = 0; i < scaleCount; ++i)
            scales.push_back(0.25f + 0.5f * static_cast<float>(i));
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.add("w.weight", "F8_E4M3", each.weight, fp8Codes(count));
        builder.add("w.weight_scale_inv", "F32", each.scales, bytesOf(scales));
        const auto reader = readerOf(modelOf(folder, builder)).value();
        QVERIFY(reader.scaled() && reader.scaleWarning().empty());
        const std::vector<float> values = all(reader);
        QCOMPARE(values.size(), size_t(count));
        for (std::uint64_t i = 0; i < count; ++i)
            QCOMPARE(values[i], expected(each, scales, i));
        std::vector<float> part(2 * 7);
        QVERIFY(reader.read(reader.rows() - 2, 2, 5, 7, part).has_value());
        QCOMPARE(part[13], values[(reader.rows() - 1) * reader.columns() + 11]);
    }

    void the_configuration_says_the_block_size()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        // 100 rows in 2 blocks: 64 and 96 both fit; only the configuration can tell.
        builder.add("w.weight", "F8_E4M3", {100, 1}, std::string(100, 0x38)); // 1.0
        builder.add("w.weight_scale_inv", "F32", {2, 1}, bytesOf({1, 2}));
        const auto values = all(readerOf(modelOf(folder, builder,
            R"({"quantization_config":{"quant_method":"fp8","weight_block_size":[96,96]}})")).value());
        QCOMPARE(values[95], 1.0f);
        QCOMPARE(values[96], 2.0f);
    }

    void refuses_scales_that_do_not_fit_and_names_both()
    {
        for (const Shape& shape : {Shape {3, 3}, Shape {2, 4}, Shape {0, 3}, Shape {2, 3, 1, 1}}) {
            const ScratchFolder folder;
            SafetensorsBuilder builder;
            builder.add("w.weight", "F8_E4M3", {200, 300}, fp8Codes(60'000));
            builder.addFloats("w.weight_scale_inv", shape);
            const auto refused = refusalOf(folder, builder, fp8Config);
            QVERIFY(refused);
            QCOMPARE(refused->code, Errc::badShape);
            const std::string message = refused->message();
            QVERIFY(message.find("w.weight:") != std::string::npos);
            QVERIFY(message.find("w.weight_scale_inv") != std::string::npos);
        }
    }

    void missing_scales_are_an_error_where_others_have_them()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.add("v.weight", "F8_E4M3", {1, 1}, "1");
        builder.add("v.weight_scale", "F32", {}, bytesOf({1}));
        builder.add("w.weight", "F8_E4M3", {1, 1}, "1");
        const auto refused = refusalOf(folder, builder);
        QVERIFY(refused);
        QCOMPARE(refused->code, Errc::badShape);
        QVERIFY(refused->message().find("\"w.weight_scale_inv\"") != std::string::npos);
        SafetensorsBuilder plain;
        plain.add("w.weight", "F8_E4M3", {1, 1}, "\x38");
        QCOMPARE(all(readerOf(modelOf(folder, plain)).value()), (std::vector<float> {1}));
        QCOMPARE(refusalOf(folder, plain, fp8Config).value().code, Errc::badShape);
    }

    void odd_scale_values_are_counted()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.add("w.weight", "F8_E4M3", {5, 1}, std::string(5, 0x38));
        builder.add("w.weight_scale", "F32", {5, 1}, bytesOf({1, 0, -1, NAN, INFINITY}));
        const auto reader = readerOf(modelOf(folder, builder)).value();
        QVERIFY(reader.scaleWarning().starts_with("4 of 5 scales"));
        QCOMPARE(all(reader)[2], -1.0f);
    }

    void a_scale_beside_the_weight_is_found_and_auxiliary()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.add("w.weight", "F8_E4M3", {1, 1}, "\x38");
        builder.add("w.scale", "F32", {1, 1}, bytesOf({3}));
        const auto model = modelOf(folder, builder);
        QCOMPARE(all(readerOf(model).value()), (std::vector<float> {3}));
        QCOMPARE(model->tensor(*model->find("w.scale")).role, TensorRole::auxiliary);
        QCOMPARE(model->parameters(), std::uint64_t(1));
    }

    void power_of_two_scales_are_read()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.add("w.weight", "F8_E4M3", {2, 1}, "\x38\x38");
        builder.add("w.weight_scale", "F8_E8M0", {2, 1}, "\x80\x7e");
        QCOMPARE(all(readerOf(modelOf(folder, builder)).value()), (std::vector<float> {2, 0.5}));
    }

    void a_file_cut_while_open_is_an_error()
    {
        const ScratchFolder folder;
        SafetensorsBuilder builder;
        builder.addFloats("w.weight", {1024, 64});
        const auto model = modelOf(folder, builder);
        const auto reader = readerOf(model).value();
        std::filesystem::resize_file(folder / "model.safetensors", 4096);
        std::vector<float> values(1024 * 64);
        QCOMPARE(reader.readRows(0, 1024, values).error().code, Errc::changedOnDisk);
    }
};

QTEST_APPLESS_MAIN(TestFloatReader)
#include "tst_float_reader.moc"
