// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/architecture.h"

#include "core/probe/made_model.h"
#include "hostile/mutation.h"
#include "probe/probe.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

Architecture described(const MadeModel& made) { return describeArchitecture(*made.open()); }

QString tierOf(const Architecture& architecture)
{
    return QString::fromUtf8(probeTierName(architecture.tier).data());
}

} // namespace

class TestArchitecture : public QObject {
    Q_OBJECT
private slots:
    void llama_is_evaluated_fully()
    {
        const Architecture found = described(MadeModel::llama());
        QCOMPARE(found.reason, std::string());
        QCOMPARE(found.tier, ProbeTier::full);
        QCOMPARE(found.blocks.size(), 2u);
        const Attention& attention = found.blocks[1].attention;
        QCOMPARE(attention.heads, 4u);
        QCOMPARE(attention.kvHeads, 2u);
        QCOMPARE(attention.headDim, 4u);
        QCOMPARE(attention.scale, 0.5);
        QCOMPARE(attention.rotary->dimensions, 4u);
        QCOMPARE(attention.rotary->theta, 10'000.0);
        QVERIFY(found.blocks[1].mlp->gate.has_value());
        QCOMPARE(found.head->tensor.index(), found.embedding.index());
    }

    void hostile_configurations_lower_the_tier_data()
    {
        QTest::addColumn<QByteArray>("replaced");
        QTest::addColumn<QByteArray>("by");
        QTest::addColumn<QString>("tier");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const char* replaced, const char* by,
                             const char* tier, const char* reason) {
            QTest::newRow(name) << QByteArray(replaced) << QByteArray(by) << tier
                                << QByteArray(reason);
        };
        row("more heads than fit", R"("num_attention_heads":4)", R"("num_attention_heads":5)",
            "none", "do not fit the head count");
        row("huge head count", R"("num_attention_heads":4)",
            R"("num_attention_heads":1099511627776)", "none", "do not fit the head count");
        row("no head count", R"("num_attention_heads":4,)", "", "full", ""); // head_dim says it
        row("head dimension beyond the widths",
            R"("num_attention_heads":4,"num_key_value_heads":2,"head_dim":4)",
            R"("head_dim":1099511627776)", "none", "do not fit the head count");
        row("wrong key-value heads", R"("num_key_value_heads":2)", R"("num_key_value_heads":4)",
            "forward", "key-value heads in the configuration");
        row("wrong head dimension", R"("head_dim":4)", R"("head_dim":64)", "forward",
            "head dimension in the configuration");
        row("unknown family", R"("model_type":"llama")", R"("model_type":"novel")", "forward",
            "\"novel\" is not known");
        row("unknown activation", R"("hidden_act":"silu")", R"("hidden_act":"mystery")", "none",
            "\"mystery\" is not known");
        row("unknown rotary scaling", R"("rope_scaling":null)",
            R"("rope_scaling":{"rope_type":"spiral"})", "forward", "\"spiral\"");
        row("rotary scaling without numbers", R"("rope_scaling":null)",
            R"("rope_scaling":{"rope_type":"llama3","factor":8})", "forward", "llama3");
        row("longrope with too few factors", R"("rope_scaling":null)",
            R"("rope_scaling":{"type":"longrope","short_factor":[1],"long_factor":[1]})", "forward",
            "longrope");
        row("rotates more than a head", R"("rope_scaling":null)", R"("partial_rotary_factor":2.0)",
            "forward", "makes no sense");
        row("rotates an odd part", R"("rope_scaling":null)", R"("partial_rotary_factor":0.75)",
            "forward", "makes no sense");
        row("more layers than there are", R"("num_hidden_layers":2)",
            R"("num_hidden_layers":9)", "full", ""); // the tensors count
    }

    void hostile_configurations_lower_the_tier()
    {
        QFETCH(QByteArray, replaced);
        QFETCH(QByteArray, by);
        QFETCH(QByteArray, reason);
        MadeModel made = MadeModel::llama();
        QVERIFY(made.replaceInConfig(replaced.toStdString(), by.toStdString()));
        const Architecture found = described(made);
        QTEST(tierOf(found), "tier");
        QVERIFY2(QByteArray::fromStdString(found.reason).contains(reason), found.reason.c_str());
    }

    void hostile_tensors_lower_the_tier_data()
    {
        QTest::addColumn<QByteArray>("tensor");
        QTest::addColumn<int>("rows"); // 0: left out
        QTest::addColumn<int>("columns");
        QTest::addColumn<QString>("tier");
        const auto row = [](const char* name, const char* tensor, int rows, int columns,
                             const char* tier) {
            QTest::newRow(name) << QByteArray(tensor) << rows << columns << tier;
        };
        const char* const q = "model.layers.1.self_attn.q_proj.weight";
        const char* const down = "model.layers.0.mlp.down_proj.weight";
        row("no query", q, 0, 0, "forward");
        row("wide query", q, 64, 16, "forward");
        row("query of another width", q, 16, 8, "none");
        row("no value", "model.layers.0.self_attn.v_proj.weight", 0, 0, "none");
        row("odd value", "model.layers.0.self_attn.v_proj.weight", 7, 16, "none");
        row("no down", down, 0, 0, "none");
        row("narrow down", down, 16, 8, "none");
        row("short norm", "model.layers.0.input_layernorm.weight", 8, 1, "none");
        row("no norm", "model.layers.1.post_attention_layernorm.weight", 0, 0, "forward");
        row("no final norm", "model.norm.weight", 0, 0, "forward");
        row("no embedding", "model.embed_tokens.weight", 0, 0, "none");
        row("something more", "model.layers.0.self_attn.extra_proj.weight", 16, 16, "forward");
        row("a norm more", "model.layers.0.self_attn.q_norm.weight", 4, 1, "forward");
    }

    void hostile_tensors_lower_the_tier()
    {
        QFETCH(QByteArray, tensor);
        QFETCH(int, rows);
        QFETCH(int, columns);
        MadeModel made = MadeModel::llama();
        const auto height = static_cast<std::uint64_t>(rows);
        const auto width = static_cast<std::uint64_t>(columns);
        made.set(tensor.toStdString(), columns == 1 ? Shape {height} : Shape {height, width});
        const Architecture found = described(made);
        QTEST(tierOf(found), "tier");
        QVERIFY(!found.reason.empty());
    }

    void damaged_configurations_are_survived()
    {
        std::size_t evaluated = 0;
        for (std::uint64_t seed = 0; seed < 150; ++seed) {
            MadeModel made = seed % 2 ? MadeModel::gemma3() : MadeModel::mixture();
            made.setConfig(mutated(made.config(), seed));
            const auto model = made.open();
            if (!model)
                continue;
            const Architecture found = describeArchitecture(*model);
            QVERIFY((found.tier == ProbeTier::full) == found.reason.empty());
            const auto moments = probeModel(model, ProbeTier::full, Job {});
            QVERIFY2(moments.has_value(), moments ? "" : moments.error().message().c_str());
            ++evaluated;
        }
        QVERIFY(evaluated > 20);
    }

    void rotary_facts_of_gemma3_differ_by_layer()
    {
        const Architecture found = described(MadeModel::gemma3());
        QCOMPARE(found.reason, std::string());
        QCOMPARE(found.blocks[0].attention.rotary->theta, 10'000.0);
        QCOMPARE(found.blocks[0].attention.window, 16u);
        QCOMPARE(found.blocks[1].attention.rotary->theta, 1'000'000.0);
        QCOMPARE(found.blocks[1].attention.window, 0u);
        QCOMPARE(found.embeddingScale, 4.0);
        QVERIFY(found.blocks[0].mlpPostNorm->plusOne);
    }

    void a_missing_configuration_leaves_the_forward_probe()
    {
        MadeModel made = MadeModel::llama();
        made.set("model.layers.0.self_attn.v_proj.weight", {16, 16});
        made.set("model.layers.1.self_attn.v_proj.weight", {16, 16});
        made.dropConfig();
        const Architecture found = described(made);
        QCOMPARE(tierOf(found), QString("forward"));
        QVERIFY2(found.reason.find("config.json") != std::string::npos, found.reason.c_str());
    }

    void low_rank_values_are_found()
    {
        const Architecture found = described(MadeModel::lowRank());
        QCOMPARE(tierOf(found), QString("forward"));
        const Attention& attention = found.blocks[1].attention;
        QVERIFY(attention.lowRank.has_value());
        QCOMPARE(attention.headDim, 4u);
        QCOMPARE(attention.lowRank->skipped, 4u);
        QCOMPARE(attention.lowRank->norm.width, 8u);
    }

    void low_rank_sizes_are_checked_data()
    {
        QTest::addColumn<QByteArray>("tensor");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::newRow("odd up") << QByteArray("kv_b_proj.weight") << 30 << 8;
        QTest::newRow("narrow up") << QByteArray("kv_b_proj.weight") << 12 << 8;
        QTest::newRow("wide state") << QByteArray("kv_b_proj.weight") << 32 << 13;
        QTest::newRow("short down") << QByteArray("kv_a_proj_with_mqa.weight") << 6 << 16;
        QTest::newRow("narrow down") << QByteArray("kv_a_proj_with_mqa.weight") << 12 << 8;
        QTest::newRow("short norm") << QByteArray("kv_a_layernorm.weight") << 7 << 1;
        QTest::newRow("no norm") << QByteArray("kv_a_layernorm.weight") << 0 << 1;
        QTest::newRow("a value projection too") << QByteArray("v_proj.weight") << 8 << 16;
    }

    void low_rank_sizes_are_checked()
    {
        QFETCH(QByteArray, tensor);
        QFETCH(int, rows);
        QFETCH(int, columns);
        MadeModel made = MadeModel::lowRank();
        const auto height = static_cast<std::uint64_t>(rows);
        const auto width = static_cast<std::uint64_t>(columns);
        made.set("model.layers.0.self_attn." + tensor.toStdString(),
            columns == 1 ? Shape {height} : Shape {height, width});
        const Architecture found = described(made);
        QCOMPARE(tierOf(found), QString("none"));
        QVERIFY(!found.reason.empty());
    }

    void mixtures_know_their_router_and_experts()
    {
        const Architecture found = described(MadeModel::mixture());
        QCOMPARE(found.reason, std::string());
        QCOMPARE(found.tier, ProbeTier::full);
        const Experts& experts = *found.blocks[0].experts;
        QCOMPARE(experts.experts.size(), 4u);
        QCOMPARE(experts.perToken, 2u);
        QVERIFY(experts.normalise);
    }

    void a_mixture_that_lacks_an_expert_is_not_evaluated()
    {
        MadeModel made = MadeModel::mixture();
        made.set("model.layers.0.mlp.experts.2.down_proj.weight", {});
        const Architecture found = described(made);
        QCOMPARE(tierOf(found), QString("none"));
    }
};

QTEST_APPLESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
