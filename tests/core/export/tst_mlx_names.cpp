// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/mlx_names.h"

#include "core/export/made_checkpoint.h"

#include <QTest>

#include <set>

using namespace bitloupe;
using namespace bitloupe::tests;

namespace {

// A model of one tensor, enough to ask for its name.
Model oneTensor(const std::string& name, Shape shape)
{
    Model model;
    TensorInfo info;
    info.name = name;
    info.shape = std::move(shape);
    model.tensors.push_back(info);
    model.config.layers = 61;
    return model;
}

MlxMapping mapped(const char* type, const std::string& name, Shape shape = {8, 8})
{
    return mapToMlx(findMlxArchitecture(type), oneTensor(name, std::move(shape)), TensorId {0});
}

} // namespace

class tst_MlxNames : public QObject {
    Q_OBJECT

private slots:
    void model_types_are_unique()
    {
        std::set<std::string_view> seen;
        for (const MlxArchitecture& row : mlxArchitectures())
            QVERIFY2(seen.insert(row.modelType).second, row.modelType.data());
        QVERIFY(findMlxArchitecture("llama") != nullptr);
        QVERIFY(findMlxArchitecture("nothing_such") == nullptr);
    }

    void names_become_final_names_data();
    void names_become_final_names()
    {
        QFETCH(QString, type);
        QFETCH(QString, name);
        QFETCH(QString, expected);
        QFETCH(int, expert);
        const auto result = mapped(type.toUtf8().constData(), name.toStdString());
        QCOMPARE(result.fate, MlxMapping::Fate::stored);
        QCOMPARE(result.parts.size(), std::size_t {1});
        QCOMPARE(QString::fromStdString(result.parts[0].tensorName), expected);
        QCOMPARE(result.parts[0].expert, expert);
    }

    void names_an_architecture_does_not_have_are_unknown_data();
    void names_an_architecture_does_not_have_are_unknown()
    {
        QFETCH(QString, type);
        QFETCH(QString, name);
        QCOMPARE(mapped(type.toUtf8().constData(), name.toStdString()).fate,
            MlxMapping::Fate::unknown);
    }

    void what_the_client_does_not_load_is_dropped()
    {
        using enum MlxMapping::Fate;
        QCOMPARE(mapped("llama", "model.layers.0.self_attn.rotary_emb.inv_freq").fate, dropped);
        QCOMPARE(mapped("gemma3", "vision_tower.embeddings.patch.weight").fate, dropped);
        QCOMPARE(mapped("llama4", "multi_modal_projector.linear_1.weight").fate, dropped);
        Model model = oneTensor("model.layers.61.eh_proj.weight", {8, 8});
        model.tensors[0].layer = 61;
        QCOMPARE(mapToMlx(findMlxArchitecture("deepseek_v3"), model, {0}).fate, dropped);
        QCOMPARE(mapToMlx(findMlxArchitecture("llama"), model, {0}).fate, stored);
    }

    void alternating_rows_split_into_gate_and_up()
    {
        const auto result
            = mapped("gpt_oss", "model.layers.0.mlp.experts.gate_up_proj", {4, 32, 24});
        QCOMPARE(result.parts.size(), std::size_t {2});
        QCOMPARE(result.parts[0].tensorName,
            std::string("model.layers.0.mlp.experts.gate_proj.weight"));
        QCOMPARE(result.parts[1].tensorName,
            std::string("model.layers.0.mlp.experts.up_proj.weight"));
        const SourceCut gate {.transposed = true, .rowStep = 2, .rowParts = 2};
        const SourceCut up {.transposed = true, .rowBegin = 1, .rowStep = 2, .rowParts = 2};
        QVERIFY(result.parts[0].cut == gate);
        QVERIFY(result.parts[1].cut == up);
    }

    void halves_split_into_gate_and_up()
    {
        const auto fused
            = mapped("llama4", "language_model.model.layers.1.feed_forward.experts.gate_up_proj",
                {4, 32, 24});
        QCOMPARE(fused.parts.size(), std::size_t {2});
        const SourceCut up {.transposed = true, .rowBegin = 12, .rowParts = 2};
        QVERIFY(fused.parts[1].cut == up);
        const auto rows = mapped(
            "granitemoe", "model.layers.1.block_sparse_moe.input_linear.weight", {4, 24, 32});
        const SourceCut second {.rowBegin = 12, .rowParts = 2};
        QVERIFY(rows.parts[1].cut == second);
        QCOMPARE(rows.parts[1].tensorName,
            std::string("model.layers.1.block_sparse_moe.switch_mlp.up_proj.weight"));
    }

    void wrapped_models_have_a_second_spelling()
    {
        const auto other = otherMlxSpellings("language_model.model.layers.3.mlp.up_proj");
        QCOMPARE(other.size(), std::size_t {1});
        QCOMPARE(other[0], std::string("model.language_model.layers.3.mlp.up_proj"));
        QVERIFY(otherMlxSpellings("model.layers.3.mlp.up_proj").empty());
    }
};

void tst_MlxNames::names_become_final_names_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("expert");
    QTest::newRow("dense") << "llama" << "model.layers.0.self_attn.q_proj.weight"
                           << "model.layers.0.self_attn.q_proj.weight" << -1;
    QTest::newRow("bias") << "qwen2" << "model.layers.0.self_attn.q_proj.bias"
                          << "model.layers.0.self_attn.q_proj.bias" << -1;
    QTest::newRow("expert") << "qwen3_moe" << "model.layers.1.mlp.experts.12.up_proj.weight"
                            << "model.layers.1.mlp.switch_mlp.up_proj.weight" << 12;
    QTest::newRow("w1") << "mixtral" << "model.layers.1.block_sparse_moe.experts.3.w1.weight"
                        << "model.layers.1.block_sparse_moe.switch_mlp.gate_proj.weight" << 3;
    QTest::newRow("w2") << "mixtral" << "model.layers.1.block_sparse_moe.experts.0.w2.weight"
                        << "model.layers.1.block_sparse_moe.switch_mlp.down_proj.weight" << 0;
    QTest::newRow("w3") << "mixtral" << "model.layers.1.block_sparse_moe.experts.0.w3.weight"
                        << "model.layers.1.block_sparse_moe.switch_mlp.up_proj.weight" << 0;
    QTest::newRow("shared expert")
        << "qwen2_moe" << "model.layers.0.mlp.shared_expert.up_proj.weight"
        << "model.layers.0.mlp.shared_expert.up_proj.weight" << -1;
    QTest::newRow("wrapped, newer order")
        << "gemma3" << "model.language_model.layers.0.mlp.up_proj.weight"
        << "language_model.model.layers.0.mlp.up_proj.weight" << -1;
    QTest::newRow("wrapped, older order")
        << "gemma3" << "language_model.model.layers.0.mlp.up_proj.weight"
        << "language_model.model.layers.0.mlp.up_proj.weight" << -1;
    QTest::newRow("wrapped head") << "llama4" << "lm_head.weight"
                                  << "language_model.lm_head.weight" << -1;
    QTest::newRow("down bias") << "gpt_oss" << "model.layers.0.mlp.experts.down_proj_bias"
                               << "model.layers.0.mlp.experts.down_proj.bias" << -1;
}

void tst_MlxNames::names_an_architecture_does_not_have_are_unknown_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("name");
    QTest::newRow("no prefix") << "llama" << "layers.0.mlp.up_proj.weight";
    QTest::newRow("score head") << "llama" << "score.weight";
    QTest::newRow("experts in a dense type") << "llama"
                                             << "model.layers.0.mlp.experts.0.up_proj.weight";
    QTest::newRow("other experts") << "qwen3_moe" << "model.layers.0.mlp.experts.0.w1.weight";
    QTest::newRow("expert bias") << "qwen3_moe" << "model.layers.0.mlp.experts.0.up_proj.bias";
    QTest::newRow("stacked already") << "mixtral" << "model.layers.0.block_sparse_moe.experts.w1";
    QTest::newRow("audio") << "gemma3" << "audio_tower.conv.weight";
}

QTEST_APPLESS_MAIN(tst_MlxNames)
#include "tst_mlx_names.moc"
