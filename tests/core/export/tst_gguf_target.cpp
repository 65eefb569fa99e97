// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_target.h"

#include "core/export/made_gguf.h"
#include "export/gguf_recipes.h"
#include "export/recipe_text.h"

#include <QTest>

#include <algorithm>
#include <cctype>
#include <regex>
#include <sstream>

using namespace bitloupe;
using namespace bitloupe::tests;

class tst_GgufTarget : public QObject {
    Q_OBJECT

private slots:
    void names_and_order_are_those_of_the_client()
    {
        MadeGguf made;
        QVERIFY2(made.open(configOf("llama"), dense()), qPrintable(QString::fromStdString(
            made.error ? made.error->message() : "")));
        std::vector<std::string> names;
        for (const Decision& entry : made.profile.decisions)
            names.push_back(entry.tensorName);
        const std::vector<std::string> expected {"output_norm.weight", "token_embd.weight",
            "blk.0.attn_k.weight", "blk.0.attn_norm.weight", "blk.0.attn_output.weight",
            "blk.0.attn_q.weight", "blk.0.attn_v.weight", "blk.0.ffn_down.weight",
            "blk.0.ffn_gate.weight", "blk.0.ffn_norm.weight", "blk.0.ffn_up.weight"};
        QVERIFY(names == expected);
    }

    void norms_are_single_and_fixed_matrices_keep_the_source_type()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        const Decision* norm = made.decision("blk.0.attn_norm.weight");
        QCOMPARE(norm->options.size(), std::size_t {1});
        QVERIFY(codec(norm->options[0].codec).storedType == DType::F32);
        const Decision* query = made.decision("blk.0.attn_q.weight");
        QVERIFY(codec(query->options.back().codec).storedType == DType::BF16);
    }

    void float_type_can_be_chosen()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense(), {.floatType = DType::F16}));
        const Decision* query = made.decision("blk.0.attn_q.weight");
        QVERIFY(codec(query->options.back().codec).storedType == DType::F16);
    }

    void rows_of_q_and_k_are_interleaved_for_llama_alone()
    {
        Tensors tensors = dense();
        for (MadeTensor& tensor : tensors)
            if (tensor.name.ends_with("q_proj.weight"))
                tensor.value = [](std::uint64_t i) { return static_cast<float>(i / 64); };
        for (const char* type : {"llama", "qwen2"}) {
            MadeGguf made;
            QVERIFY(made.open(configOf(type), tensors));
            const auto rows = made.rows(*made.decision("blk.0.attn_q.weight"));
            QCOMPARE(rows.size(), std::size_t {64 * 64});
            const bool llama = std::string_view(type) == "llama";
            for (std::uint64_t row = 0; row < 64; ++row) {
                const std::uint64_t inHead = row % 32;
                const std::uint64_t from
                    = llama ? row - inHead + inHead % 2 * 16 + inHead / 2 : row;
                QCOMPARE(rows[row * 64 + 5], static_cast<float>(from));
            }
        }
    }

    void parts_of_a_head_are_read_as_the_whole_is()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        const Decision& query = *made.decision("blk.0.attn_q.weight");
        const auto whole = made.rows(query);
        const auto opened = DecisionRows::open(made.model, query);
        for (std::uint64_t begin = 0; begin < 64; ++begin)
            for (const std::uint64_t count : {1, 3, 40}) {
                const RowTile tile {0, begin, std::min(count, 64 - begin), 32, 32};
                std::vector<float> part(tile.elements());
                QVERIFY(opened->read(tile, part).has_value());
                for (std::uint64_t r = 0; r < tile.rowCount; ++r)
                    for (std::uint64_t c = 0; c < 32; ++c)
                        QCOMPARE(part[r * 32 + c], whole[(begin + r) * 64 + 32 + c]);
            }
    }

    void biases_of_q_and_k_are_interleaved_too()
    {
        Tensors tensors = dense();
        tensors.push_back({"model.layers.0.self_attn.k_proj.bias", {32}, DType::BF16,
            [](std::uint64_t i) { return static_cast<float>(i); }});
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), tensors));
        const auto values = made.rows(*made.decision("blk.0.attn_k.bias"));
        QCOMPARE(values.size(), std::size_t {32});
        QCOMPARE(values[1], 16.0F);
        QCOMPARE(values[2], 1.0F);
    }

    void experts_are_stacked_from_both_spellings()
    {
        for (const bool fused : {false, true}) {
            MadeGguf made;
            QVERIFY(made.open(configOf("mixtral", expertConfig), mixtral(fused)));
            const Decision* gate = made.decision("blk.0.ffn_gate_exps.weight");
            QVERIFY((gate->shape == Shape {3, 128, 64}));
            QCOMPARE(gate->sources.size(), std::size_t(fused ? 1 : 3));
            QVERIFY((made.decision("blk.0.ffn_down_exps.weight")->shape == Shape {3, 64, 128}));
            const Decision* router = made.decision("blk.0.ffn_gate_inp.weight");
            QVERIFY(codec(router->options.back().codec).storedType == DType::F32);
            QCOMPARE(router->options.size(), std::size_t {1});
        }
    }

    void up_is_the_second_half_of_fused_experts()
    {
        Tensors tensors = mixtral(true);
        for (MadeTensor& tensor : tensors)
            if (tensor.name.ends_with("gate_up_proj"))
                tensor.value = [](std::uint64_t i) { return static_cast<float>(i / 64 % 200); };
        MadeGguf made;
        QVERIFY(made.open(configOf("mixtral", expertConfig), tensors));
        Decision up = *made.decision("blk.0.ffn_up_exps.weight");
        const auto opened = DecisionRows::open(made.model, up);
        std::vector<float> row(64);
        QVERIFY(opened->read({0, 128 + 7, 1, 0, 64}, row).has_value()); // slab 1, row 7
        QCOMPARE(row[0], (256.0F + 128 + 7) - 200);
    }

    void refuses_weights_of_experts_that_are_not_normalised()
    {
        const std::string qwenExperts = R"(, "head_dim": 32, "num_experts": 4,)"
                                        R"( "num_experts_per_tok": 2, "moe_intermediate_size": 64)";
        Tensors tensors = dense();
        std::erase_if(tensors,
            [](const MadeTensor& tensor) { return tensor.name.find(".mlp.") != std::string::npos; });
        const std::string layer = "model.layers.0.";
        for (const char* norm : {"self_attn.q_norm.weight", "self_attn.k_norm.weight"})
            tensors.push_back({layer + norm, {32}});
        tensors.push_back({layer + "mlp.gate.weight", {4, 64}});
        for (int expert = 0; expert < 4; ++expert)
            for (const char* part : {".gate_proj.weight", ".up_proj.weight", ".down_proj.weight"})
                tensors.push_back(
                    {layer + "mlp.experts." + std::to_string(expert) + part, {64, 64}});
        MadeGguf normalised;
        QVERIFY(normalised.open(
            configOf("qwen3_moe", qwenExperts + R"(, "norm_topk_prob": true)"), tensors));
        for (const std::string said : {"", ", \"norm_topk_prob\": false"}) {
            MadeGguf made;
            QVERIFY(!made.open(configOf("qwen3_moe", qwenExperts + said), tensors));
            QVERIFY(made.error);
            QVERIFY2(made.error->message().find("norm_topk_prob") != std::string::npos,
                made.error->message().c_str());
        }
    }

    void refuses_what_the_client_would_not_load_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("extra"); // a tensor's name; empty: none
        const auto of = [](const char* type, const char* more = "") {
            return QString::fromStdString(configOf(type, more));
        };
        QTest::newRow("architecture") << of("gemma") << "";
        QTest::newRow("unknown tensor") << of("llama") << "model.layers.0.extra.weight";
        QTest::newRow("later layer") << of("llama") << "model.layers.1.input_layernorm.weight";
        QTest::newRow("head norms are missing") << of("qwen3", ", \"head_dim\": 32") << "";
        QTest::newRow("activation") << of("llama", ", \"hidden_act\": \"gelu\"") << "";
        QTest::newRow("rope") << of("llama", R"(, "rope_scaling": {"type": "dynamic"})") << "";
        QTest::newRow("odd head") << of("llama", ", \"head_dim\": 31") << "";
        QTest::newRow("heads do not fit") << of("llama", ", \"head_dim\": 64") << "";
    }

    void refuses_what_the_client_would_not_load()
    {
        QFETCH(QString, config);
        QFETCH(QString, extra);
        Tensors tensors = dense();
        if (!extra.isEmpty())
            tensors.push_back({extra.toStdString(), {64}});
        MadeGguf made;
        QVERIFY(!made.open(config.toStdString(), tensors));
    }

    void rotary_frequencies_become_a_tensor()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama", R"(, "rope_scaling": {"rope_type": "llama3",
 "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
 "original_max_position_embeddings": 128})"), dense()));
        QCOMPARE(made.profile.computed.size(), std::size_t {1});
        const auto& divisors = made.profile.computed[0].values;
        QCOMPARE(divisors.size(), std::size_t {16});
        QCOMPARE(divisors.front(), 1.0F);
        QCOMPARE(divisors.back(), 8.0F);
        QVERIFY(std::is_sorted(divisors.begin(), divisors.end()));
    }

    void a_head_with_the_embeddings_bytes_is_not_written_twice()
    {
        for (const float apart : {0.0F, 1.0F}) {
            Tensors tensors = dense();
            tensors.push_back({"lm_head.weight", {96, 64}, DType::BF16, {}});
            for (MadeTensor& tensor : tensors)
                if (tensor.shape.front() == 96)
                    tensor.value = [head = tensor.name.starts_with("lm"), apart](std::uint64_t i) {
                        return static_cast<float>(i % 7) + (head && i == 6143 ? apart : 0.0F);
                    };
            MadeGguf made;
            QVERIFY(made.open(configOf("llama", ", \"tie_word_embeddings\": false"), tensors));
            QCOMPARE(made.decision("output.weight") == nullptr, apart == 0.0F);
        }
    }

    void name_says_the_recipe_nearest_in_size()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        QCOMPARE(ggufFileName(*made.model, made.profile, made.floats()),
            std::string("source-BL-BF16.gguf"));
    }

    void types_are_written_for_other_quantizers()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        Plan plan;
        plan.choices.resize(made.profile.decisions.size()); // the first option of each
        const std::string lines = llamaTensorTypes(made.profile, plan);
        const Decision& query = *made.decision("blk.0.attn_q.weight");
        std::string type(dtypeInfo(codec(query.options.front().codec).storedType).name);
        QCOMPARE(type, std::string("Q4_0"));
        QVERIFY(query.options.size() > 1);
        QVERIFY(lines.find("^blk\\.0\\.attn_q\\.weight$=q4_0\n") != std::string::npos);
        QVERIFY(lines.find("norm") == std::string::npos);
        const std::string rules = customQuantRules(made.profile, plan);
        QCOMPARE(std::count(rules.begin(), rules.end(), ',') + 1,
            std::count(lines.begin(), lines.end(), '\n'));
    }

    void types_are_spelled_as_ggml_spells_them()
    {
        TargetProfile profile;
        Plan plan;
        std::string expected;
        for (const char* name : {"f16", "q8_0", "iq4_nl", "q4_k", "q2_k", "iq4_xs", "mxfp4"}) {
            Decision decision;
            decision.tensorName = name;
            decision.options = {{findCodec(name)->id}, {findCodec(name)->id}};
            profile.decisions.push_back(decision);
            plan.choices.emplace_back();
            std::string word = name;
            if (word.ends_with("_k"))
                word.back() = 'K';
            expected += "^" + std::string(name) + "$=" + word + "\n";
        }
        QCOMPARE(llamaTensorTypes(profile, plan), expected);
    }

    // As llama-quantize reads the file: pairs between blanks, the pattern up to the first '=' made
    // small, searched in the names as they are; the first that is found wins.
    void types_for_other_quantizers_are_found_by_their_own_rule()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        for (Decision& decision : made.profile.decisions)
            if (decision.tensorName == "blk.0.attn_v.weight")
                decision.tensorName = "blk.0.Odd =,name.weight";
        Plan plan;
        plan.choices.resize(made.profile.decisions.size());
        for (std::size_t d = 0; d < plan.choices.size(); ++d)
            plan.choices[d].option = static_cast<std::uint16_t>(
                d % made.profile.decisions[d].options.size());
        std::vector<std::pair<std::regex, std::string>> rules;
        std::istringstream file(llamaTensorTypes(made.profile, plan));
        for (std::string pair; file >> pair;) {
            const std::size_t sign = pair.find('=');
            std::string pattern = pair.substr(0, sign);
            for (char& c : pattern)
                c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            rules.emplace_back(std::regex(pattern), pair.substr(sign + 1));
        }
        for (std::size_t d = 0; d < plan.choices.size(); ++d) {
            const Decision& decision = made.profile.decisions[d];
            const auto rule = std::find_if(rules.begin(), rules.end(), [&](const auto& each) {
                return std::regex_search(decision.tensorName, each.first);
            });
            QCOMPARE(rule != rules.end(), decision.options.size() > 1);
            if (rule == rules.end())
                continue;
            const CodecOption& option = decision.options[plan.choices[d].option];
            QCOMPARE(QString::fromStdString(rule->second).toUpper(),
                QString::fromUtf8(dtypeInfo(codec(option.codec).storedType).name).toUpper());
        }
    }

    void rows_of_64_get_the_types_of_32_alone()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        for (const CodecOption& option : made.decision("blk.0.attn_q.weight")->options) {
            const DTypeInfo& info = dtypeInfo(codec(option.codec).storedType);
            QVERIFY(!info.isBlock() || info.blockElements == 32);
        }
    }

    void recipes_follow_the_clients_rules()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        const RecipeRules rules(made.profile);
        const GgufRecipe medium {"Q4_K_M", 15, DType::Q4_K};
        // One layer: 7 * 1 / 8 is 0, so that every layer is among the last.
        QVERIFY(rules.typeOf(medium, *made.decision("blk.0.attn_v.weight")) == DType::Q6_K);
        QVERIFY(rules.typeOf(medium, *made.decision("blk.0.attn_q.weight")) == DType::Q4_K);
        QVERIFY(rules.typeOf(medium, *made.decision("token_embd.weight")) == DType::Q6_K);
        QVERIFY(typeForRows(DType::Q4_K, 576) == DType::Q5_0);
        QVERIFY(typeForRows(DType::Q4_K, 512) == DType::Q4_K);
        QVERIFY(typeForRows(DType::IQ4_XS, 64) == DType::IQ4_NL);
        QVERIFY(typeForRows(DType::Q6_K, 30) == DType::F16);
    }
};

QTEST_APPLESS_MAIN(tst_GgufTarget)
#include "tst_gguf_target.moc"
