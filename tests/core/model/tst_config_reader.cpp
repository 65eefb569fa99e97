// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/config_reader.h"
#include "model/shard_index.h"

#include "hostile/json_texts.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

ConfigReading read(std::string_view text) { return readConfig(text).value(); }

std::string outcome(const std::optional<Errc>& code)
{
    return code ? std::string(errcName(*code)) : "accepted";
}

TensorInfo tensorOf(TensorRole role, Shape shape, int layer = -1, int expert = -1)
{
    TensorInfo tensor;
    tensor.role = role;
    tensor.shape = std::move(shape);
    tensor.layer = layer;
    tensor.expert = expert;
    return tensor;
}

std::string quantized(std::string_view config)
{
    const auto reading = readConfig(config);
    return reading && reading->quantized ? reading->quantized->text() : "";
}

} // namespace

class TestConfigReader : public QObject {
    Q_OBJECT
private slots:
    void config_documents_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        for (const JsonCase& each : configDocuments())
            QTest::newRow(each.name.c_str()) << QByteArray::fromStdString(each.text)
                                             << QString::fromStdString(outcome(each.expected));
    }

    void config_documents()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        const auto reading = readConfig({text.constData(), size_t(text.size())});
        const auto code = reading ? std::optional<Errc>() : reading.error().code;
        QCOMPARE(QString::fromStdString(outcome(code)), expected);
    }

    void index_documents_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        for (const JsonCase& each : indexDocuments())
            QTest::newRow(each.name.c_str()) << QByteArray::fromStdString(each.text)
                                             << QString::fromStdString(outcome(each.expected));
    }

    void index_documents()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        const auto index = parseShardIndex({text.constData(), size_t(text.size())});
        const auto code = index ? std::optional<Errc>() : index.error().code;
        QCOMPARE(QString::fromStdString(outcome(code)), expected);
    }

    void reads_both_spellings()
    {
        const auto old = read(R"({"n_embd":768,"n_layer":12,"n_head":12,"torch_dtype":"float16"})");
        QCOMPARE(old.facts.hiddenSize.value(), std::int64_t(768));
        QCOMPARE(old.facts.layers.value(), std::int64_t(12));
        QCOMPARE(old.facts.torchDtype, std::string("float16"));
        const auto now = read(R"({"num_local_experts":8,"dtype":"bfloat16","head_dim":128})");
        QCOMPARE(now.facts.experts.value(), std::int64_t(8));
        QCOMPARE(now.facts.torchDtype, std::string("bfloat16"));
        QCOMPARE(now.facts.headDim.value(), std::int64_t(128));
    }

    void looks_into_text_config()
    {
        const auto reading = read(R"({"model_type":"gemma3","tie_word_embeddings":true,
            "text_config":{"model_type":"gemma3_text","hidden_size":2560,"num_hidden_layers":34}})");
        QCOMPARE(reading.facts.modelType, std::string("gemma3_text"));
        QCOMPARE(reading.facts.outerModelType, std::string("gemma3"));
        QCOMPARE(reading.facts.hiddenSize.value(), std::int64_t(2560));
        QCOMPARE(reading.facts.tiedEmbeddings, std::optional<bool>(true));
    }

    void senseless_numbers_are_dropped_with_a_warning_data()
    {
        QTest::addColumn<QByteArray>("number");
        for (const char* number : {"4611686018427387904", "-1", "1e400", "0.5", "\"12\"", "[]", "true"})
            QTest::newRow(number) << QByteArray(number);
    }

    void senseless_numbers_are_dropped_with_a_warning()
    {
        QFETCH(QByteArray, number);
        const auto reading = read("{\"num_hidden_layers\":" + number.toStdString() + "}");
        QVERIFY(!reading.facts.layers);
        QCOMPARE(reading.warnings.size(), size_t(1));
    }

    void layer_kinds_follow_the_family()
    {
        using enum LayerKind;
        const auto kinds = [](std::string_view text) { return read(text).facts.layerKinds; };
        QCOMPARE(kinds(R"({"num_hidden_layers":2,"layer_types":["sliding_attention","full_attention"]})"),
            (std::vector {sliding, full}));
        QCOMPARE(kinds(R"({"num_hidden_layers":3,"sliding_window":9,"sliding_window_pattern":3})"),
            (std::vector {sliding, sliding, full}));
        QCOMPARE(kinds(R"({"model_type":"gemma2","num_hidden_layers":2,"sliding_window":9})"),
            (std::vector {sliding, full}));
        QCOMPARE(kinds(R"({"num_hidden_layers":4,"full_attention_interval":4})"),
            (std::vector {linear, linear, linear, full}));
        QVERIFY(kinds(R"({"num_hidden_layers":2,"sliding_window":9,"use_sliding_window":false})").empty());
        QVERIFY(kinds(R"({"num_hidden_layers":2,"layer_types":["full_attention"]})").empty());
        QVERIFY(kinds(R"({"num_hidden_layers":2})").empty());
    }

    void quantized_models_are_named()
    {
        QCOMPARE(quantized(R"({"quantization_config":{"quant_method":"gptq","bits":4}})"),
            std::string("GPTQ, 4 bit"));
        QCOMPARE(quantized(R"({"quantization_config":{"quant_method":"awq","w_bit":4}})"),
            std::string("AWQ, 4 bit"));
        QCOMPARE(quantized(
                     R"({"quantization_config":{"quant_method":"bitsandbytes","load_in_8bit":true}})"),
            std::string("bitsandbytes, 8 bit"));
        QCOMPARE(quantized(R"({"quantization":{"bits":3,"group_size":64}})"),
            std::string("MLX, 3 bit"));
        QCOMPARE(quantized(R"({"quantization_config":{"quant_method":"mxfp4"}})"),
            std::string("MXFP4, 4 bit"));
        QCOMPARE(quantized(R"({"quantization_config":{"quant_method":"compressed-tensors",
            "config_groups":{"a":{"weights":{"num_bits":4,"type":"int"}}}}})"),
            std::string("compressed-tensors, 4 bit"));
        QCOMPARE(quantized(R"({"quantization_config":{"quant_method":"brand-new"}})"),
            std::string("brand-new"));
    }

    void fp8_is_not_called_quantized()
    {
        const auto block = read(
            R"({"quantization_config":{"quant_method":"fp8","weight_block_size":[64,128]}})");
        QVERIFY(block.facts.fp8 && !block.quantized);
        QCOMPARE((*block.facts.fp8BlockSize)[0], std::uint64_t(64));
        const auto groups = read(R"({"quantization_config":{"quant_method":"compressed-tensors",
            "config_groups":{"a":{"weights":{"num_bits":8,"type":"float"}}}}})");
        QVERIFY(groups.facts.fp8 && !groups.quantized);
    }

    void tensors_win_over_the_configuration()
    {
        auto facts = read(R"({"num_hidden_layers":9000,"hidden_size":7,"vocab_size":99999,
            "num_experts":4000,"tie_word_embeddings":false,"architectures":["LlamaForCausalLM"]})")
                         .facts;
        const std::vector<TensorInfo> tensors {tensorOf(TensorRole::embedding, {256, 128}),
            tensorOf(TensorRole::expertDown, {128, 64}, 1, 3)};
        const auto warnings = reconcileConfig(facts, tensors, true);
        QCOMPARE(warnings.size(), size_t(5));
        QCOMPARE(facts.layers.value(), std::int64_t(2));
        QCOMPARE(facts.hiddenSize.value(), std::int64_t(128));
        QCOMPARE(facts.vocabSize.value(), std::int64_t(256));
        QCOMPARE(facts.experts.value(), std::int64_t(4));
        QCOMPARE(facts.tiedEmbeddings, std::optional<bool>(true));
    }

    void agreement_makes_no_warning()
    {
        auto facts = read(R"({"num_hidden_layers":1,"hidden_size":128,"vocab_size":250,
            "tie_word_embeddings":true,"architectures":["LlamaForCausalLM"]})").facts;
        // Padded vocabulary and a layer that predicts further tokens are usual.
        const std::vector<TensorInfo> tensors {tensorOf(TensorRole::embedding, {256, 128}),
            tensorOf(TensorRole::attentionQ, {128, 128}, 1)};
        QVERIFY(reconcileConfig(facts, tensors, true).empty());
    }
};

QTEST_APPLESS_MAIN(TestConfigReader)
#include "tst_config_reader.moc"
