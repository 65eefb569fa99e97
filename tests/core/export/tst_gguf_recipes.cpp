// SPDX-License-Identifier: GPL-3.0-or-later
// The sizes that llama-quantize's recipes come to on well-known models, against those that its own
// dry runs print.
#include "export/gguf_recipes.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace bitloupe;

namespace {

struct Dimensions {
    std::uint64_t layers, hidden, inner, heads, keyHeads, headSize, vocabulary, experts;
    bool tied;
};

struct Maker {
    TargetProfile profile;

    void add(const std::string& name, int layer, std::uint64_t rows, std::uint64_t columns,
        std::uint64_t slabs = 1)
    {
        Decision decision;
        decision.tensorName = name;
        decision.layer = layer;
        decision.slabs = slabs;
        decision.rows = rows;
        decision.columns = columns;
        decision.elements = slabs * rows * columns;
        profile.decisions.push_back(decision);
    }
    void addLayer(const Dimensions& d, int layer)
    {
        const std::string block = "blk." + std::to_string(layer) + ".";
        add(block + "attn_q.weight", layer, d.heads * d.headSize, d.hidden);
        for (const char* part : {"attn_k.weight", "attn_v.weight"})
            add(block + part, layer, d.keyHeads * d.headSize, d.hidden);
        add(block + "attn_output.weight", layer, d.hidden, d.heads * d.headSize);
        const std::string kind = d.experts > 0 ? "_exps.weight" : ".weight";
        const std::uint64_t slabs = std::max<std::uint64_t>(1, d.experts);
        for (const char* part : {"ffn_gate", "ffn_up"})
            add(block + part + kind, layer, d.inner, d.hidden, slabs);
        add(block + "ffn_down" + kind, layer, d.hidden, d.inner, slabs);
    }
};

Maker madeOf(const Dimensions& d)
{
    Maker made;
    made.add("token_embd.weight", -1, d.vocabulary, d.hidden);
    if (!d.tied)
        made.add("output.weight", -1, d.vocabulary, d.hidden);
    for (int layer = 0; layer < static_cast<int>(d.layers); ++layer)
        made.addLayer(d, layer);
    return made;
}

// A model with every block type that its rows take, then BF16.
TargetProfile profileOf(const Dimensions& d)
{
    TargetProfile profile = madeOf(d).profile;
    for (Decision& decision : profile.decisions) {
        for (const Codec& entry : codecs()) {
            const DTypeInfo& info = dtypeInfo(entry.storedType);
            const auto block = static_cast<std::uint64_t>(info.blockElements);
            const bool last = entry.storedType == DType::BF16;
            if ((info.isBlock() && !isCopied(entry) && decision.columns % block == 0) || last)
                decision.options.push_back(
                    {entry.id, 0, decision.elements / block * info.blockBytes});
        }
        std::stable_sort(decision.options.begin(), decision.options.end(),
            [](const CodecOption& a, const CodecOption& b) { return a.dataBytes < b.dataBytes; });
    }
    return profile;
}

std::uint16_t optionOf(const Decision& decision, DType type)
{
    for (std::size_t o = 0; o < decision.options.size(); ++o)
        if (codec(decision.options[o].codec).storedType == type)
            return static_cast<std::uint16_t>(o);
    return static_cast<std::uint16_t>(decision.options.size() - 1);
}

std::vector<std::uint16_t> allAs(const TargetProfile& profile, DType type)
{
    std::vector<std::uint16_t> choice;
    for (const Decision& decision : profile.decisions)
        choice.push_back(optionOf(decision, typeForRows(type, decision.columns)));
    return choice;
}

const Dimensions smol {30, 576, 1536, 9, 3, 64, 49152, 0, true};
const Dimensions large {32, 4096, 14336, 32, 8, 128, 128256, 0, false};

double bitsPerWeight(const Dimensions& d, const GgufRecipe& recipe)
{
    const Maker made = madeOf(d);
    const RecipeRules rules(made.profile);
    // Norms and routers stay F32.
    double parameters = static_cast<double>(
        (2 * d.layers + 1) * d.hidden + d.layers * d.experts * d.hidden);
    double bits = 32 * parameters;
    for (const Decision& decision : made.profile.decisions) {
        const DTypeInfo& info
            = dtypeInfo(typeForRows(rules.typeOf(recipe, decision), decision.columns));
        const auto elements = static_cast<double>(decision.elements);
        bits += elements * 8 * info.blockBytes / info.blockElements;
        parameters += elements;
    }
    return bits / parameters;
}

} // namespace

class tst_GgufRecipes : public QObject {
    Q_OBJECT

private slots:
    void sizes_are_those_of_the_clients_quantizer_data()
    {
        QTest::addColumn<QList<quint64>>("sizes"); // as Dimensions
        QTest::addColumn<QList<double>>("expected");
        using Sizes = QList<quint64>;
        using Bits = QList<double>;
        QTest::newRow("Llama-3.1-8B") << Sizes {32, 4096, 14336, 32, 8, 128, 128256, 0, 0}
            << Bits {8.50, 6.56, 5.70, 5.57, 4.89, 4.67, 4.64, 4.68, 4.46, 4.30, 4.00, 3.64, 3.16};
        QTest::newRow("Llama-2-7B") << Sizes {32, 4096, 11008, 32, 32, 128, 32000, 0, 0}
            << Bits {8.50, 6.56, 5.68, 5.52, 4.84, 4.58, 4.54, 4.57, 4.33, 4.27, 3.91, 3.50, 3.01};
        QTest::newRow("Llama-3.1-70B") << Sizes {80, 8192, 28672, 64, 8, 128, 128256, 0, 0}
            << Bits {8.50, 6.56, 5.66, 5.52, 4.82, 4.57, 4.53, 4.57, 4.34, 4.21, 3.88, 3.50, 2.99};
        QTest::newRow("Llama-3.2-1B") << Sizes {16, 2048, 8192, 32, 8, 64, 128256, 0, 1}
            << Bits {8.50, 6.56, 5.85, 5.73, 5.18, 4.97, 4.94, 4.98, 4.79, 4.69, 4.42, 4.10, 3.71};
        QTest::newRow("Qwen3-8B") << Sizes {36, 4096, 12288, 32, 8, 128, 151936, 0, 0}
            << Bits {8.50, 6.56, 5.71, 5.58, 4.90, 4.68, 4.66, 4.70, 4.48, 4.32, 4.02, 3.68, 3.20};
        QTest::newRow("Qwen3-0.6B") << Sizes {28, 1024, 3072, 16, 8, 128, 151936, 0, 1}
            << Bits {8.50, 6.57, 5.88, 5.78, 5.24, 5.06, 5.04, 5.06, 4.88, 4.87, 4.58, 4.26, 3.90};
        QTest::newRow("Mixtral-8x7B") << Sizes {32, 4096, 14336, 32, 8, 128, 32000, 8, 0}
            << Bits {8.50, 6.57, 5.69, 5.52, 4.87, 4.58, 4.53, 4.58, 4.35, 4.14, 3.86, 3.50, 2.97};
        QTest::newRow("Qwen3-30B-A3B") << Sizes {48, 2048, 768, 32, 4, 128, 151936, 128, 0}
            << Bits {8.51, 6.57, 5.69, 5.52, 4.86, 4.57, 4.53, 4.57, 4.34, 4.16, 3.85, 3.48, 2.95};
    }

    void sizes_are_those_of_the_clients_quantizer()
    {
        QFETCH(QList<quint64>, sizes);
        QFETCH(QList<double>, expected);
        const Dimensions d {sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6],
            sizes[7], sizes[8] != 0};
        const char* const names[] = {"Q8_0", "Q6_K", "Q5_K_M", "Q5_K_S", "Q4_K_M", "Q4_K_S",
            "Q4_0", "IQ4_NL", "IQ4_XS", "Q3_K_L", "Q3_K_M", "Q3_K_S", "Q2_K"};
        for (qsizetype i = 0; i < expected.size(); ++i)
            for (const GgufRecipe& recipe : ggufRecipes()) {
                if (recipe.name != names[i])
                    continue;
                const double bits = bitsPerWeight(d, recipe);
                QVERIFY2(std::abs(bits - expected[i]) < 0.0075,
                    qPrintable(QString("%1: found %2, expected %3")
                                   .arg(names[i])
                                   .arg(bits)
                                   .arg(expected[i])));
            }
    }

    void name_is_that_of_the_recipe_whose_files_are_as_large()
    {
        const TargetProfile profile = profileOf(large);
        for (const GgufRecipe& recipe : ggufRecipes()) {
            if (!dtypeInfo(recipe.base).isBlock())
                continue;
            const GgufRecipe& named = nearestRecipe(profile, recipeChoice(profile, recipe));
            QCOMPARE(QString::fromStdString(std::string(named.name)),
                QString::fromStdString(std::string(recipe.name)));
        }
    }

    void name_never_promises_a_type_that_rows_do_not_take_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("expected");
        QTest::newRow("all IQ4_NL") << int(DType::IQ4_NL) << "IQ4_NL";
        QTest::newRow("all Q4_0") << int(DType::Q4_0) << "Q4_0";
        QTest::newRow("Q3_K where it fits, Q4_0 elsewhere") << int(DType::Q3_K) << "Q4_0";
        QTest::newRow("Q4_K where it fits, of their size") << int(DType::Q4_K) << "Q4_0";
        QTest::newRow("all Q8_0") << int(DType::Q8_0) << "Q8_0";
    }

    void name_never_promises_a_type_that_rows_do_not_take()
    {
        QFETCH(int, type);
        const TargetProfile profile = profileOf(smol);
        const auto choice = allAs(profile, static_cast<DType>(type));
        QTEST(QString::fromStdString(std::string(nearestRecipe(profile, choice).name)), "expected");
    }

    void floats_are_named_by_their_own_type()
    {
        const TargetProfile profile = profileOf(smol);
        QCOMPARE(nearestRecipe(profile, allAs(profile, DType::BF16)).fileType, 32U);
    }
};

QTEST_APPLESS_MAIN(tst_GgufRecipes)
#include "tst_gguf_recipes.moc"
