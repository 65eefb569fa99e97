// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/open.h"

#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

struct Part {
    const char* name;
    const char* dtype;
    Shape shape;
};

struct Case {
    const char* name;
    std::vector<Part> parts;
    const char* expected; // "" when it must not be called quantized
};

const std::vector<Case>& cases()
{
    static const std::vector<Case> table {
        {"gptq",
            {{"l.qweight", "I32", {8, 64}}, {"l.qzeros", "I32", {2, 8}},
                {"l.scales", "F16", {2, 64}}, {"l.g_idx", "I32", {64}}},
            "GPTQ, 4 bit"},
        {"gptq_of_8_bits_without_g_idx",
            {{"l.qweight", "I32", {16, 64}}, {"l.qzeros", "I32", {2, 16}},
                {"l.scales", "F16", {2, 64}}},
            "GPTQ, 8 bit"},
        {"awq",
            {{"l.qweight", "I32", {64, 8}}, {"l.qzeros", "I32", {2, 8}},
                {"l.scales", "F16", {2, 64}}},
            "AWQ, 4 bit"},
        {"mlx_3_bits",
            {{"l.weight", "U32", {4, 6}}, {"l.scales", "BF16", {4, 2}},
                {"l.biases", "BF16", {4, 2}}},
            "MLX, 3 bit"},
        {"mlx_of_unclear_bits",
            {{"l.weight", "U32", {4, 8}}, {"l.scales", "BF16", {4, 1}},
                {"l.biases", "BF16", {4, 1}}},
            "MLX"},
        {"bitsandbytes_int8",
            {{"l.weight", "I8", {4, 8}}, {"l.SCB", "F32", {4}}}, "bitsandbytes, 8 bit"},
        {"bitsandbytes_nf4",
            {{"l.weight", "U8", {16, 1}}, {"l.weight.absmax", "F32", {1}},
                {"l.weight.quant_state.bitsandbytes__nf4", "U8", {9}}},
            "bitsandbytes, 4 bit"},
        {"compressed_tensors_packed",
            {{"l.weight_packed", "I32", {4, 4}}, {"l.weight_scale", "BF16", {4, 1}},
                {"l.weight_shape", "I64", {2}}},
            "compressed-tensors"},
        {"compressed_tensors_int8",
            {{"l.weight", "I8", {4, 8}}, {"l.weight_scale", "BF16", {4, 1}}},
            "compressed-tensors, 8 bit"},
        {"nvfp4",
            {{"l.weight", "U8", {4, 8}}, {"l.weight_scale", "F8_E4M3", {4, 1}},
                {"l.weight_scale_2", "F32", {}}},
            "NVFP4, 4 bit"},
        {"mxfp4",
            {{"e.gate_up_proj_blocks", "U8", {2, 4, 1, 16}},
                {"e.gate_up_proj_scales", "U8", {2, 4, 1}}},
            "MXFP4, 4 bit"},
        {"four_bit_floats", {{"l.weight", "F4", {4, 8}}}, "F4, 4 bit"},
        {"fp8_blocks",
            {{"l.weight", "F8_E4M3", {4, 8}}, {"l.weight_scale_inv", "F32", {1, 1}}}, ""},
        {"fp8_plain", {{"l.weight", "F8_E4M3", {4, 8}}}, ""},
        {"plain", {{"l.weight", "BF16", {4, 8}}, {"l.bias", "BF16", {4}}}, ""},
        {"integers_that_are_no_codes",
            {{"relative_position_index", "I64", {4, 4}}, {"l.weight", "F16", {4, 4}}}, ""},
        {"name_without_its_sisters", {{"scales", "F32", {4}}, {"l.weight", "F32", {4, 4}}}, ""},
    };
    return table;
}

std::string bytesOf(const Case& each)
{
    SafetensorsBuilder builder;
    for (const Part& part : each.parts) {
        std::uint64_t count = 1;
        for (const std::uint64_t size : part.shape)
            count *= size;
        const auto bytes = dtypeBytes(findDType(part.dtype).value(), count).value();
        builder.add(part.name, part.dtype, part.shape, std::string(bytes, '\1'));
    }
    return builder.bytes();
}

} // namespace

class TestQuantization : public QObject {
    Q_OBJECT
private slots:
    void tensors_alone_tell_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << int(i);
    }

    void tensors_alone_tell()
    {
        QFETCH(int, index);
        const Case& each = cases()[size_t(index)];
        const ScratchFolder folder;
        const auto model = openModel(folder.write("model.safetensors", bytesOf(each)), Job {});
        QVERIFY2(model.has_value(), model ? "" : model.error().message().c_str());
        QCOMPARE((*model)->quantized ? (*model)->quantized->text() : "", std::string(each.expected));
        QCOMPARE((*model)->tensors.size(), each.parts.size());
    }

    void the_configuration_is_believed_first()
    {
        const ScratchFolder folder;
        folder.write("model.safetensors", bytesOf(cases()[4]));
        folder.write("config.json", R"({"quantization":{"bits":8,"group_size":32}})");
        QCOMPARE(openModel(folder.path(), Job {}).value()->quantized->text(),
            std::string("MLX, 8 bit"));
        folder.write("config.json", R"({"quantization_config":{"quant_method":"fp8"}})");
        QCOMPARE(openModel(folder.path(), Job {}).value()->quantized->text(), std::string("MLX"));
    }
};

QTEST_APPLESS_MAIN(TestQuantization)
#include "tst_quantization.moc"
