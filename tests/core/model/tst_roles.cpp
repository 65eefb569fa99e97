// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef Q_MOC_RUN // moc stumbles over <compare> when it comes first
#include "model/roles.h"
#endif

#include <QTest>

#include <algorithm>
#include <set>

using namespace bitloupe;

namespace {

struct Case {
    const char* name;
    const char* role;
    int layer = -1;
    int expert = -1;
    std::size_t rank = 2;
};

const std::vector<Case>& cases()
{
    static const std::vector<Case> table {
        // Llama family, Qwen, Gemma, Phi-3
        {"model.embed_tokens.weight", "embedding"},
        {"model.layers.0.self_attn.q_proj.weight", "q", 0},
        {"model.layers.11.self_attn.k_proj.weight", "k", 11},
        {"model.layers.11.self_attn.v_proj.weight", "v", 11},
        {"model.layers.11.self_attn.o_proj.weight", "o", 11},
        {"model.layers.11.self_attn.q_proj.bias", "bias", 11, -1, 1},
        {"model.layers.11.self_attn.q_norm.weight", "norm", 11, -1, 1},
        {"model.layers.11.self_attn.rotary_emb.inv_freq", "auxiliary", 11, -1, 1},
        {"model.layers.2.mlp.gate_proj.weight", "gate", 2},
        {"model.layers.2.mlp.up_proj.weight", "up", 2},
        {"model.layers.2.mlp.down_proj.weight", "down", 2},
        {"model.layers.2.input_layernorm.weight", "norm", 2, -1, 1},
        {"model.layers.2.pre_feedforward_layernorm.weight", "norm", 2, -1, 1},
        {"model.norm.weight", "norm", -1, -1, 1},
        {"lm_head.weight", "lm_head"},
        {"model.layers.1.self_attn.qkv_proj.weight", "qkv", 1},
        {"model.layers.1.mlp.gate_up_proj.weight", "gate_up", 1},
        // Qwen MoE, OLMoE, Mixtral
        {"model.layers.3.mlp.experts.17.gate_proj.weight", "expert_gate", 3, 17},
        {"model.layers.3.mlp.experts.17.up_proj.weight", "expert_up", 3, 17},
        {"model.layers.3.mlp.experts.17.down_proj.weight", "expert_down", 3, 17},
        {"model.layers.3.mlp.gate.weight", "router", 3},
        {"model.layers.3.mlp.shared_expert.gate_proj.weight", "shared_gate", 3},
        {"model.layers.3.mlp.shared_expert.up_proj.weight", "shared_up", 3},
        {"model.layers.3.mlp.shared_expert.down_proj.weight", "shared_down", 3},
        {"model.layers.3.mlp.shared_expert_gate.weight", "shared_router", 3},
        {"model.layers.5.block_sparse_moe.experts.7.w1.weight", "expert_gate", 5, 7},
        {"model.layers.5.block_sparse_moe.experts.7.w2.weight", "expert_down", 5, 7},
        {"model.layers.5.block_sparse_moe.experts.7.w3.weight", "expert_up", 5, 7},
        {"model.layers.5.block_sparse_moe.gate.weight", "router", 5},
        {"model.layers.5.block_sparse_moe.input_linear.weight", "expert_gate_up", 5, -1, 3},
        {"model.layers.5.mlp.switch_mlp.gate_proj.weight", "expert_gate", 5, -1, 3},
        // Gemma 3 with its wrapper, Llama 4, vision towers
        {"language_model.model.layers.4.self_attn.q_proj.weight", "q", 4},
        {"model.language_model.layers.4.mlp.up_proj.weight", "up", 4},
        {"language_model.model.embed_tokens.weight", "embedding"},
        {"vision_tower.vision_model.encoder.layers.8.self_attn.q_proj.weight", "vision", 8},
        {"model.visual.blocks.3.attn.qkv.weight", "vision", 3},
        {"model.visual.merger.mlp.0.weight", "projector", 0},
        {"multi_modal_projector.mm_input_projection_weight", "projector"},
        {"language_model.model.layers.6.feed_forward.experts.gate_up_proj", "expert_gate_up", 6,
            -1, 3},
        {"language_model.model.layers.6.feed_forward.experts.down_proj", "expert_down", 6, -1, 3},
        {"language_model.model.layers.6.feed_forward.router.weight", "router", 6},
        {"language_model.model.layers.6.feed_forward.shared_expert.up_proj.weight", "shared_up", 6},
        // gpt-oss
        {"model.layers.9.mlp.experts.gate_up_proj", "expert_gate_up", 9, -1, 3},
        {"model.layers.9.mlp.experts.gate_up_proj_bias", "bias", 9, -1, 2},
        {"model.layers.9.mlp.experts.gate_up_proj_blocks", "expert_gate_up", 9, -1, 4},
        {"model.layers.9.mlp.experts.gate_up_proj_scales", "auxiliary", 9, -1, 3},
        {"model.layers.9.mlp.router.weight", "router", 9},
        {"model.layers.9.self_attn.sinks", "other", 9, -1, 1},
        // DeepSeek
        {"model.layers.1.self_attn.q_a_proj.weight", "q_a", 1},
        {"model.layers.1.self_attn.q_a_layernorm.weight", "norm", 1, -1, 1},
        {"model.layers.1.self_attn.q_b_proj.weight", "q_b", 1},
        {"model.layers.1.self_attn.kv_a_proj_with_mqa.weight", "kv_a", 1},
        {"model.layers.1.self_attn.kv_b_proj.weight", "kv_b", 1},
        {"model.layers.1.mlp.shared_experts.down_proj.weight", "shared_down", 1},
        {"model.layers.1.mlp.experts.255.up_proj.weight", "expert_up", 1, 255},
        {"model.layers.1.mlp.experts.255.up_proj.weight_scale_inv", "auxiliary", 1, 255},
        {"model.layers.1.mlp.gate.e_score_correction_bias", "bias", 1, -1, 1},
        // GPT-NeoX, GPT-2, BERT
        {"gpt_neox.embed_in.weight", "embedding"},
        {"gpt_neox.layers.2.attention.query_key_value.weight", "qkv", 2},
        {"gpt_neox.layers.2.attention.dense.weight", "o", 2},
        {"gpt_neox.layers.2.attention.bias", "auxiliary", 2, -1, 4},
        {"gpt_neox.layers.2.attention.masked_bias", "auxiliary", 2, -1, 0},
        {"gpt_neox.layers.2.mlp.dense_h_to_4h.weight", "up", 2},
        {"gpt_neox.layers.2.mlp.dense_4h_to_h.weight", "down", 2},
        {"gpt_neox.layers.2.mlp.dense_4h_to_h.bias", "bias", 2, -1, 1},
        {"embed_out.weight", "lm_head"},
        {"wte.weight", "embedding"},
        {"wpe.weight", "position_embedding"},
        {"h.7.attn.c_attn.weight", "qkv", 7},
        {"h.7.attn.c_proj.weight", "o", 7},
        {"h.7.attn.bias", "auxiliary", 7, -1, 4},
        {"transformer.h.7.mlp.c_fc.weight", "up", 7},
        {"transformer.h.7.mlp.c_proj.weight", "down", 7},
        {"transformer.h.7.ln_1.weight", "norm", 7, -1, 1},
        {"bert.embeddings.word_embeddings.weight", "embedding"},
        {"bert.embeddings.position_embeddings.weight", "position_embedding"},
        {"bert.embeddings.LayerNorm.weight", "norm", -1, -1, 1},
        {"bert.encoder.layer.5.attention.self.query.weight", "q", 5},
        {"bert.encoder.layer.5.attention.self.key.weight", "k", 5},
        {"bert.encoder.layer.5.attention.self.value.weight", "v", 5},
        {"bert.encoder.layer.5.attention.output.dense.weight", "o", 5},
        {"bert.encoder.layer.5.attention.output.LayerNorm.weight", "norm", 5, -1, 1},
        {"bert.encoder.layer.5.intermediate.dense.weight", "up", 5},
        {"bert.encoder.layer.5.output.dense.weight", "down", 5},
        {"cls.predictions.decoder.weight", "lm_head"},
        // Packed checkpoints keep the role of the weight
        {"model.layers.0.self_attn.q_proj.qweight", "q", 0},
        {"model.layers.0.self_attn.q_proj.qzeros", "auxiliary", 0},
        {"model.layers.0.self_attn.q_proj.g_idx", "auxiliary", 0, -1, 1},
        {"model.layers.0.self_attn.q_proj.scales", "auxiliary", 0},
        {"model.layers.0.self_attn.q_proj.biases", "auxiliary", 0},
        {"model.layers.0.self_attn.q_proj.weight_packed", "q", 0},
        {"model.layers.0.mlp.down_proj.weight_scale", "auxiliary", 0, -1, 0},
        {"model.layers.0.mlp.experts.gate_up_proj_scale_inv", "auxiliary", 0, -1, 3},
        // What nobody knows
        {"audio.layers.0.attn.per_dim_scale", "other", 0, -1, 1},
        {"decoder.layers.0.norm.scale", "norm", 0, -1, 1},
        {"encoder.stage.12.strange.matrix", "other", 12},
        {"mtp.layers.0.mlp.up_proj.weight", "up", -1},
        {"model.layers.99999999999999999999.mlp.up_proj.weight", "up", -1},
        {"model.layers.10000.mlp.up_proj.weight", "up", -1},
        {"", "other", -1},
        {".", "other", -1},
        {"0", "other", -1},
        {"....5....", "other", 5},
    };
    return table;
}

TensorInfo stacked(const char* name, Shape shape)
{
    TensorInfo tensor;
    tensor.name = name;
    tensor.shape = std::move(shape);
    return tensor;
}

/// Whether gate_up and down are found transposed.
std::pair<bool, bool> order(
    Shape gateUp, Shape down, std::string_view modelType, std::uint64_t hidden)
{
    std::vector<TensorInfo> tensors {stacked("m.0.mlp.experts.gate_up_proj", std::move(gateUp)),
        stacked("m.0.mlp.experts.down_proj", std::move(down))};
    assignRoles(tensors, modelType, hidden);
    return {tensors[0].transposed, tensors[1].transposed};
}

} // namespace

class TestRoles : public QObject {
    Q_OBJECT
private slots:
    void names_give_roles_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << int(i);
    }

    void names_give_roles()
    {
        QFETCH(int, index);
        const Case& each = cases()[size_t(index)];
        const NameFacts facts = nameFacts(each.name, each.rank);
        QCOMPARE(std::string(roleInfo(facts.role).id), std::string(each.role));
        QCOMPARE(facts.layer, each.layer);
        QCOMPARE(facts.expert, each.expert);
    }

    void role_ids_are_unique_and_plain()
    {
        std::set<std::string_view> ids;
        for (const RoleInfo& role : roles()) {
            QVERIFY(ids.insert(role.id).second);
            QVERIFY(!role.title.empty() && role.title.size() <= 12);
            QVERIFY(std::all_of(role.id.begin(), role.id.end(),
                [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }));
        }
        QCOMPARE(roles().size(), std::size_t(TensorRole::auxiliary) + 1);
    }

    void gpt2_matrices_are_transposed_and_its_namesakes_are_not()
    {
        std::vector<TensorInfo> tensors {stacked("h.0.attn.c_attn.weight", {4, 12})};
        assignRoles(tensors, "gpt2", 4);
        QVERIFY(tensors[0].transposed);
        assignRoles(tensors, "", 0);
        QVERIFY(tensors[0].transposed);
        assignRoles(tensors, "gpt_bigcode", 4);
        QVERIFY(!tensors[0].transposed);
        tensors[0].shape = {12, 4};
        assignRoles(tensors, "", 0);
        QVERIFY(!tensors[0].transposed);
    }

    void stacked_experts_are_told_by_their_shapes()
    {
        using Pair = std::pair<bool, bool>;
        QCOMPARE(order({8, 64, 96}, {8, 48, 64}, "", 64), Pair(true, true));
        QCOMPARE(order({8, 96, 64}, {8, 64, 48}, "", 64), Pair(false, false));
        QCOMPARE(order({8, 96, 64}, {8, 64, 48}, "llama4", 64), Pair(false, false));
        // gpt-oss: hidden size and expert width are equal, down is square.
        QCOMPARE(order({8, 64, 128}, {8, 64, 64}, "gpt_oss", 64), Pair(true, true));
        QCOMPARE(order({8, 64, 128}, {8, 64, 64}, "", 0), Pair(true, true));
        // Square gate_up: down decides.
        QCOMPARE(order({8, 64, 64}, {8, 32, 64}, "", 64), Pair(true, true));
        QCOMPARE(order({8, 64, 64}, {8, 64, 32}, "", 64), Pair(false, false));
        // Nothing fits: the model type decides.
        QCOMPARE(order({8, 7, 9}, {8, 5, 3}, "llama4_text", 64), Pair(true, true));
        QCOMPARE(order({8, 7, 9}, {8, 5, 3}, "other", 64), Pair(false, false));
    }

    void shapes_give_matrix_views()
    {
        QVERIFY(!matrixView({}));
        QVERIFY(!matrixView({5}));
        QVERIFY(!matrixView({5, 0}));
        QCOMPARE(matrixView({5, 7})->rows, std::uint64_t(5));
        QCOMPARE(matrixView({3, 5, 7})->slabs, std::uint64_t(3));
        QCOMPARE(matrixView({3, 5, 7})->columns, std::uint64_t(7));
        QCOMPARE(matrixView({2, 3, 5, 7})->rows, std::uint64_t(2));
        QCOMPARE(matrixView({2, 3, 5, 7})->columns, std::uint64_t(105));
        QVERIFY(!matrixView({1ull << 40, 1ull << 40}));
    }
};

QTEST_APPLESS_MAIN(TestRoles)
#include "tst_roles.moc"
