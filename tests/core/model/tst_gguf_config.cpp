// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_config.h"

#include "base/checked.h"
#include "model/gguf_header.h"
#include "model/gguf_roles.h"
#include "plan/memory.h"
#include "support/gguf_bytes.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

ConfigReading readingOf(const GgufBuilder& builder, const GgufVector& vectors = {})
{
    const std::string bytes = builder.bytes();
    const auto read = [&bytes](std::uint64_t offset, std::span<std::byte> out) -> Result<void> {
        copyBytes(out.data(), bytes.data() + offset, out.size());
        return {};
    };
    const auto header = parseGgufHeader(read, bytes.size()).value();
    std::vector<TensorInfo> tensors = header.tensors;
    assignGgufRoles(tensors);
    const auto none = [](std::string_view) { return std::optional<std::vector<float>>(); };
    return readGgufConfig(header.metadata, tensors, vectors ? vectors : GgufVector(none));
}

GgufBuilder of(const std::string& architecture,
    const std::vector<std::pair<const char*, std::uint32_t>>& numbers)
{
    GgufBuilder builder;
    builder.addText("general.architecture", architecture);
    for (const auto& [key, value] : numbers)
        builder.addU32(architecture + "." + key, value);
    return builder;
}

std::size_t sliding(const ConfigFacts& facts)
{
    return static_cast<std::size_t>(
        std::count(facts.layerKinds.begin(), facts.layerKinds.end(), LayerKind::sliding));
}

} // namespace

class TestGgufConfig : public QObject {
    Q_OBJECT
private slots:
    void numbers_become_the_facts_of_a_configuration()
    {
        GgufBuilder builder = of("qwen3",
            {{"block_count", 28}, {"context_length", 40'960}, {"embedding_length", 1024},
                {"feed_forward_length", 3072}, {"attention.head_count", 16},
                {"attention.head_count_kv", 8}, {"attention.key_length", 128},
                {"attention.value_length", 128}});
        builder.addF32("qwen3.rope.freq_base", 1e6f);
        builder.addF32("qwen3.attention.layer_norm_rms_epsilon", 1e-6f);
        builder.addTexts("tokenizer.ggml.tokens", {"a", "b", "c"});
        builder.addU32("tokenizer.ggml.bos_token_id", 2);
        const ConfigReading reading = readingOf(builder);
        const ConfigFacts& facts = reading.facts;
        QVERIFY(reading.warnings.empty());
        QCOMPARE(facts.modelType, std::string("qwen3"));
        QVERIFY(facts.layers == 28 && facts.heads == 16 && facts.kvHeads == 8);
        QVERIFY(facts.hiddenSize == 1024 && facts.intermediateSize == 3072);
        QVERIFY(facts.headDim == 128 && facts.maxPositions == 40'960 && facts.vocabSize == 3);
        QVERIFY(facts.blocks.rope->theta == 1e6 && !facts.blocks.rope->pairsNeighbours);
        QVERIFY(std::abs(facts.blocks.normEpsilon.value_or(0) - 1e-6) < 1e-12);
        QVERIFY(facts.blocks.bosToken == 2 && facts.tiedEmbeddings == true);
    }

    void a_llama_with_experts_is_a_mixtral()
    {
        const ConfigFacts facts = readingOf(
            of("llama", {{"expert_count", 8}, {"expert_used_count", 2},
                            {"attention.head_count", 32}, {"attention.sliding_window", 4096}}))
                                      .facts;
        QCOMPARE(facts.modelType, std::string("mixtral"));
        QVERIFY(facts.experts == 8 && facts.expertsPerToken == 2);
        QVERIFY(facts.blocks.rope->pairsNeighbours);
        QVERIFY(facts.kvHeads == 32); // absent: as many as heads
        QVERIFY(!facts.slidingWindow); // clients take no notice of it
        QVERIFY(facts.blocks.rope->theta == 10'000.0);
    }

    void windows_follow_the_pattern_or_are_counted_as_everything()
    {
        const std::vector<std::pair<const char*, std::uint32_t>> numbers {
            {"block_count", 12}, {"attention.sliding_window", 512}};
        QCOMPARE(sliding(readingOf(of("gemma3", numbers)).facts), size_t(10));
        QCOMPARE(sliding(readingOf(of("gemma2", numbers)).facts), size_t(6));
        GgufBuilder each = of("gemma3n", numbers);
        each.addPair("gemma3n.attention.sliding_window_pattern", 9,
            ggufArray(7, 12, std::string(3, '\1') + std::string(9, '\0')));
        QCOMPARE(sliding(readingOf(each).facts), size_t(3));
        const ConfigReading unknown = readingOf(of("newmodel", numbers));
        QVERIFY(unknown.facts.layerKinds.empty());
        QCOMPARE(unknown.warnings.size(), size_t(1));
    }

    void layers_of_constant_state_are_told_from_those_with_a_cache()
    {
        for (const char* name : {"qwen3next", "qwen35", "qwen35moe"}) {
            const ConfigFacts facts = readingOf(of(name, {{"block_count", 8}})).facts;
            QCOMPARE(facts.layerKinds.size(), size_t(8));
            QVERIFY(facts.layerKinds[2] == LayerKind::linear);
            QVERIFY(facts.layerKinds[3] == LayerKind::full);
        }
        const ConfigFacts half = readingOf(
            of("qwen3next", {{"block_count", 4}, {"full_attention_interval", 2}})).facts;
        QVERIFY(half.layerKinds[1] == LayerKind::full);
    }

    void a_list_of_layers_counts_before_an_interval()
    {
        const std::string_view flags("\1\0\1\1", 4);
        GgufBuilder listed = of("qwen3next", {{"block_count", 4}, {"full_attention_interval", 2}});
        listed.addPair("qwen3next.attention.recurrent_layers", 9, ggufArray(7, 4, flags));
        const std::vector<LayerKind> expected {
            LayerKind::linear, LayerKind::full, LayerKind::linear, LayerKind::linear};
        QVERIFY(readingOf(listed).facts.layerKinds == expected);
        GgufBuilder numbers = of("qwen35", {{"block_count", 4}});
        numbers.addPair("qwen35.attention.recurrent_layers", 9,
            ggufArray(4, 4, raw(1u) + raw(0u) + raw(1u) + raw(1u)));
        QVERIFY(readingOf(numbers).facts.layerKinds == expected);
        GgufBuilder shortList = of("qwen35", {{"block_count", 8}});
        shortList.addPair("qwen35.attention.recurrent_layers", 9, ggufArray(7, 4, flags));
        QVERIFY(readingOf(shortList).facts.layerKinds[1] == LayerKind::linear);
        QVERIFY(readingOf(of("qwen35", {{"block_count", 8}, {"full_attention_interval", 0}}))
                    .facts.layerKinds.empty());
    }

    // 2 KV heads x (64 + 64) x 2 bytes a token, of the layers that attend.
    void layers_that_draft_have_no_cache()
    {
        const std::vector<std::pair<const char*, std::uint32_t>> numbers {{"block_count", 9},
            {"embedding_length", 512}, {"attention.head_count", 8},
            {"attention.head_count_kv", 2}, {"nextn_predict_layers", 1}};
        const auto cache = [&](const char* name) {
            return kvCacheBytes(readingOf(of(name, numbers)).facts, 10, 1, KvType::f16);
        };
        QVERIFY(cache("qwen35") == 2 * 10 * 2 * (64 + 64) * 2); // layers 3 and 7
        QVERIFY(cache("glm4moe") == 8 * 10 * 2 * (64 + 64) * 2);
        auto senseless = numbers;
        senseless.back().second = 100;
        QVERIFY(readingOf(of("glm4moe", senseless)).facts.layerKinds.empty());
    }

    void low_rank_attention_is_one_vector_a_token_where_its_factors_are_apart()
    {
        const std::vector<std::pair<const char*, std::uint32_t>> old {{"block_count", 2},
            {"embedding_length", 256}, {"attention.head_count", 4}, {"attention.key_length", 192},
            {"attention.value_length", 128}, {"attention.kv_lora_rank", 512},
            {"rope.dimension_count", 64}};
        // Older files: 4 heads of 192 and 128, each for itself.
        QVERIFY(kvCacheBytes(readingOf(of("deepseek2", old)).facts, 10, 1, KvType::f16)
            == 2 * 10 * 4 * (192 + 128) * 2);
        auto apart = old;
        apart.push_back({"attention.key_length_mla", 192});
        QVERIFY(kvCacheBytes(readingOf(of("deepseek2", apart)).facts, 10, 1, KvType::f16)
            == 2 * 10 * (512 + 64) * 2);
    }

    void up_of_twice_the_width_holds_the_gate()
    {
        std::vector<TensorInfo> tensors(4);
        const char* names[] = {"blk.0.ffn_up.weight", "blk.0.ffn_down.weight",
            "blk.0.attn_k_b.weight", "blk.0.attn_v_b.weight"};
        const Shape shapes[] = {{128, 32}, {32, 64}, {4, 32, 8}, {4, 8, 32}};
        for (std::size_t i = 0; i < 4; ++i) {
            tensors[i].name = names[i];
            tensors[i].shape = shapes[i];
        }
        assignGgufRoles(tensors);
        QVERIFY(tensors[0].role == TensorRole::mlpGateUp);
        QVERIFY(tensors[2].role == TensorRole::attentionKvB);
        QVERIFY(tensors[3].role == TensorRole::attentionKvB);
        tensors[0].shape = {64, 32};
        assignGgufRoles(tensors);
        QVERIFY(tensors[0].role == TensorRole::mlpUp);
    }

    void lists_have_one_number_a_layer()
    {
        const auto heads = [](const std::vector<std::int32_t>& counts) {
            GgufBuilder builder = of("deci", {{"block_count", 3}, {"attention.head_count", 8}});
            std::string elements;
            for (const std::int32_t count : counts)
                elements += raw(count);
            builder.addPair(
                "deci.attention.head_count_kv", 9, ggufArray(5, counts.size(), elements));
            return readingOf(builder);
        };
        QVERIFY(heads({4, 4, 4}).facts.kvHeads == 4);
        QVERIFY(heads({4, 0, 2}).facts.kvHeadsPerLayer == std::vector<std::int64_t>({4, 0, 2}));
        QVERIFY(!heads({4, 0, 2}).facts.kvHeads);
        QCOMPARE(heads({4, -1, 2}).warnings.size(), size_t(1));
    }

    void heads_of_keys_and_values_may_differ_in_size_data()
    {
        QTest::addColumn<int>("keys"); // 0: not said
        QTest::addColumn<int>("values");
        QTest::addColumn<int>("sum"); // of one head
        QTest::newRow("both") << 192 << 128 << 320;
        QTest::newRow("alike") << 96 << 96 << 192;
        QTest::newRow("neither") << 0 << 0 << 2 * 64; // 512 / 8
        QTest::newRow("keys alone") << 192 << 0 << 192 + 64;
        QTest::newRow("values alone") << 0 << 32 << 64 + 32;
    }

    void heads_of_keys_and_values_may_differ_in_size()
    {
        QFETCH(int, keys);
        QFETCH(int, values);
        QFETCH(int, sum);
        GgufBuilder builder = of("llama", {{"block_count", 3}, {"embedding_length", 512},
                                              {"attention.head_count", 8},
                                              {"attention.head_count_kv", 2}});
        if (keys > 0)
            builder.addU32("llama.attention.key_length", static_cast<std::uint32_t>(keys));
        if (values > 0)
            builder.addU32("llama.attention.value_length", static_cast<std::uint32_t>(values));
        const ConfigFacts facts = readingOf(builder).facts;
        QCOMPARE(facts.headDim.value_or(0), std::int64_t {keys});
        QCOMPARE(kvCacheBytes(facts, 10, 1, KvType::f16),
            std::optional<std::uint64_t>(3 * 10 * 2 * std::uint64_t(sum) * 2));
    }

    void rotary_scaling_is_read_from_keys_and_tensors()
    {
        GgufBuilder yarn = of("qwen2", {{"rope.scaling.original_context_length", 32'768}});
        yarn.addText("qwen2.rope.scaling.type", "yarn");
        yarn.addF32("qwen2.rope.scaling.factor", 4);
        const RopeFacts rope = readingOf(yarn).facts.blocks.rope.value();
        QVERIFY(rope.kind == RopeKind::yarn && rope.factor == 4.0);
        QVERIFY(rope.originalMaxPositions == 32'768.0);
        GgufBuilder odd = of("qwen2", {});
        odd.addText("qwen2.rope.scaling.type", "spiral");
        QVERIFY(readingOf(odd).facts.blocks.rope->kind == RopeKind::unknown);
        const auto divisors = [](std::vector<float> values) -> GgufVector {
            return [values](std::string_view name) {
                return name == "rope_freqs.weight" ? std::optional(values) : std::nullopt;
            };
        };
        const auto divided = readingOf(of("llama", {}), divisors({1, 8})).facts.blocks.rope;
        QVERIFY(divided->kind == RopeKind::longrope && divided->attentionFactor == 1.0);
        QVERIFY(divided->shortFactors == std::vector<float>({1, 8}));
        QVERIFY(readingOf(of("llama", {}), divisors({1, 0})).facts.blocks.rope->kind
            == RopeKind::unknown);
    }

    void roles_come_from_the_names_data()
    {
        QTest::addColumn<int>("rank");
        QTest::addColumn<QString>("role");
        QTest::addColumn<int>("layer");
        QTest::addColumn<int>("expert");
        const auto row = [](const char* name, int rank, const char* role, int layer, int expert = -1) {
            QTest::newRow(name) << rank << QString(role) << layer << expert;
        };
        row("token_embd.weight", 2, "embedding", -1);
        row("output.weight", 2, "lm_head", -1);
        row("output_norm.weight", 1, "norm", -1);
        row("rope_freqs.weight", 1, "auxiliary", -1);
        row("blk.0.attn_q.weight", 2, "q", 0);
        row("blk.0.attn_q.bias", 1, "bias", 0);
        row("blk.11.attn_output.weight", 2, "o", 11);
        row("blk.1.attn_qkv.weight", 2, "qkv", 1);
        row("blk.1.attn_kv_a_mqa.weight", 2, "kv_a", 1);
        row("blk.1.attn_q_norm.weight", 1, "norm", 1);
        row("blk.1.ffn_norm.weight", 1, "norm", 1);
        row("blk.2.ffn_gate.weight", 2, "gate", 2);
        row("blk.2.ffn_gate_inp.weight", 2, "router", 2);
        row("blk.2.ffn_down_exps.weight", 3, "expert_down", 2);
        row("blk.2.ffn_up.7.weight", 2, "expert_up", 2, 7);
        row("blk.2.ffn_up_shexp.weight", 2, "shared_up", 2);
        row("blk.2.exp_probs_b.bias", 1, "bias", 2);
        row("blk.3.ssm_in.weight", 2, "other", 3);
        row("blk.99999999.ffn_up.weight", 2, "up", -1);
        row("v.blk.0.attn_q.weight", 2, "vision", -1);
        row("mm.0.weight", 2, "projector", -1);
        row("blk", 2, "other", -1);
        row("...", 2, "other", -1);
    }

    void roles_come_from_the_names()
    {
        QFETCH(int, rank);
        QFETCH(QString, role);
        QFETCH(int, layer);
        QFETCH(int, expert);
        const NameFacts facts
            = ggufNameFacts(QTest::currentDataTag(), static_cast<std::size_t>(rank));
        QCOMPARE(QString::fromStdString(std::string(roleInfo(facts.role).id)), role);
        QCOMPARE(facts.layer, layer);
        QCOMPARE(facts.expert, expert);
    }
};

QTEST_APPLESS_MAIN(TestGgufConfig)
#include "tst_gguf_config.moc"
