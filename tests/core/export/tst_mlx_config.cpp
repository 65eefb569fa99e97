// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/mlx_config.h"

#include "core/export/made_checkpoint.h"
#include "export/json_text.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::tests;

namespace {

// The configuration written for a model whose source configuration is `text`.
JsonText configFor(const std::string& text, const std::vector<MadeTensor>& tensors)
{
    Bench bench;
    if (!bench.open(text, tensors))
        qFatal("%s", bench.problem.c_str());
    std::vector<std::uint16_t> choice;
    for (const Choice& entry : bench.plan.choices)
        choice.push_back(entry.option);
    const auto written = mlxConfig(*bench.model, bench.profile, choice);
    if (!written)
        qFatal("%s", written.error().message().c_str());
    return *JsonText::parse(*written, "config.json");
}

std::string spelling(const JsonText& json, std::string_view key)
{
    const JsonText* value = json.find(key);
    return value == nullptr ? "absent" : value->spelling();
}

const std::vector<MadeTensor> embeddingOnly {
    {"model.embed_tokens.weight", {32, 64}, DType::BF16, {}}};

} // namespace

class tst_MlxConfig : public QObject {
    Q_OBJECT

private slots:
    void every_quantized_module_has_an_entry_under_both_keys()
    {
        const JsonText json = configFor(llamaConfig(), llamaTensors());
        const JsonText* quantization = json.find("quantization");
        QVERIFY(quantization != nullptr);
        QCOMPARE(json.find("quantization_config")->text(), quantization->text());
        QCOMPARE(spelling(*quantization, "bits"), std::string("4"));
        QCOMPARE(spelling(*quantization, "mode"), std::string("\"affine\""));
        const JsonText* module = quantization->find("model.layers.1.mlp.down_proj");
        QVERIFY(module != nullptr);
        QCOMPARE(module->text(), std::string("{\n  \"group_size\": 64,\n  \"bits\": 4\n}\n"));
        QVERIFY(quantization->find("model.norm") == nullptr);
    }

    void a_quantizable_module_that_stays_float_is_false()
    {
        const JsonText json = configFor(R"({"model_type": "llama", "num_hidden_layers": 1})",
            {{"model.embed_tokens.weight", {32, 64}, DType::BF16, {}},
                {"model.layers.0.mlp.up_proj.weight", {8, 40}, DType::BF16, {}}});
        QCOMPARE(spelling(*json.find("quantization"), "model.layers.0.mlp.up_proj"),
            std::string("false"));
    }

    void numbers_of_the_source_survive()
    {
        const JsonText json = configFor(
            R"({"model_type": "llama", "rms_norm_eps": 1e-05, "huge": 123456789012345678901234,
                "tiny": 1.0E-3, "quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 128]}})",
            embeddingOnly);
        QCOMPARE(spelling(json, "rms_norm_eps"), std::string("1e-05"));
        QCOMPARE(spelling(json, "huge"), std::string("123456789012345678901234"));
        QCOMPARE(spelling(json, "tiny"), std::string("1.0E-3"));
        QVERIFY(json.find("quantization_config")->find("quant_method") == nullptr);
    }

    void newer_spellings_get_their_older_twins()
    {
        const JsonText json = configFor(
            R"({"model_type": "llama", "dtype": "bfloat16", "num_local_experts": 4,
                "rope_parameters": {"rope_theta": 500000.0, "rope_type": "llama3", "factor": 8.0}})",
            embeddingOnly);
        QCOMPARE(spelling(json, "rope_theta"), std::string("500000.0"));
        QCOMPARE(spelling(json, "num_experts"), std::string("4"));
        QCOMPARE(spelling(json, "torch_dtype"), std::string("\"bfloat16\""));
        QCOMPARE(spelling(json, "tie_word_embeddings"), std::string("true"));
        const JsonText* scaling = json.find("rope_scaling");
        QVERIFY(scaling != nullptr && scaling->isObject());
        QCOMPARE(spelling(*scaling, "factor"), std::string("8.0"));
        QCOMPARE(spelling(*scaling, "rope_theta"), std::string("absent"));
        QVERIFY(json.find("rope_parameters") != nullptr);
    }

    void older_spellings_are_left_alone()
    {
        const JsonText json = configFor(
            R"({"model_type": "llama", "rope_theta": 7.0, "rope_scaling": {"type": "linear"},
                "rope_parameters": {"rope_theta": 500000.0, "rope_type": "default"}})",
            embeddingOnly);
        QCOMPARE(spelling(json, "rope_theta"), std::string("7.0"));
        QCOMPARE(spelling(*json.find("rope_scaling"), "type"), std::string("\"linear\""));
    }

    void sliding_layers_become_a_period()
    {
        const JsonText json = configFor(
            R"({"model_type": "gemma3_text", "num_hidden_layers": 4,
                "layer_types": ["sliding_attention", "full_attention", "sliding_attention",
                                "full_attention"],
                "rope_parameters": {"full_attention": {"rope_theta": 1e6, "rope_type": "default"},
                                    "sliding_attention": {"rope_theta": 1e4}}})",
            embeddingOnly);
        QCOMPARE(spelling(json, "sliding_window_pattern"), std::string("2"));
        QCOMPARE(spelling(json, "rope_theta"), std::string("1e6"));
        QCOMPARE(spelling(json, "rope_local_base_freq"), std::string("1e4"));
    }

    void a_pattern_without_a_period_is_refused()
    {
        Bench bench;
        QVERIFY(bench.open(R"({"model_type": "gemma3_text", "num_hidden_layers": 3, "layer_types":
            ["full_attention", "sliding_attention", "full_attention"]})",
            embeddingOnly));
        const auto result = bench.exportTo("out");
        QVERIFY(!result);
        QCOMPARE(result.error().code, Errc::unsupported);
        QVERIFY(!std::filesystem::exists(bench.path("out")));
    }
};

QTEST_APPLESS_MAIN(tst_MlxConfig)
#include "tst_mlx_config.moc"
