// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/memory.h"

#include <QtTest>

#include <set>

using namespace bitloupe;

namespace {

constexpr std::uint64_t GiB = std::uint64_t(1) << 30;

// gpt-oss-120b as its configuration says: 36 layers, every other one sliding.
ConfigFacts gptOss()
{
    ConfigFacts config;
    config.modelType = "gpt_oss";
    config.layers = 36;
    config.hiddenSize = 2880;
    config.heads = 64;
    config.kvHeads = 8;
    config.headDim = 64;
    config.slidingWindow = 128;
    for (int layer = 0; layer < 36; ++layer)
        config.layerKinds.push_back(layer % 2 == 0 ? LayerKind::sliding : LayerKind::full);
    return config;
}

} // namespace

class MemoryTest : public QObject {
    Q_OBJECT
private slots:
    void devices_have_ids_of_their_own_and_sensible_numbers()
    {
        std::set<std::string_view> ids;
        for (const Device& device : devices()) {
            QVERIFY(ids.insert(device.id).second);
            QCOMPARE(findDevice(device.id), &device);
            QVERIFY(device.usableFraction > 0 && device.usableFraction <= 1);
            QVERIFY(device.reserveBytes < device.totalBytes / 2);
        }
        for (const char* id : {"rtx4090", "m4-32gb", "h100", "rpi4-2gb"})
            QVERIFY(findDevice(id) != nullptr);
        QVERIFY(findDevice("abacus") == nullptr);
        QCOMPARE(findDevice("m4-32gb")->usableFraction, .67);
        QCOMPARE(findDevice("m4-max-64gb")->usableFraction, .75);
        QCOMPARE(findDevice("rtx4090")->reserveBytes, GiB);
    }

    void llama_cpp_keeps_every_token_of_a_mistral()
    {
        ConfigFacts config = gptOss();
        QVERIFY(!configOfClient(config, "gguf").wholeCache); // it knows that window
        config.modelType = "mistral";
        QVERIFY(!configOfClient(config, "mlx").wholeCache);
        QCOMPARE(kvCacheBytes(configOfClient(config, "gguf"), 8192, 1, KvType::f16),
            std::optional<std::uint64_t>(73728ULL * 8192));
    }

    void full_attention_of_gpt_oss_120b_is_73728_bytes_a_token()
    {
        ConfigFacts config = gptOss();
        QCOMPARE(kvCacheBytes(config, 1, 1, KvType::f16), std::optional<std::uint64_t>(73728));
        config.layerKinds.clear();
        QCOMPARE(kvCacheBytes(config, 8192, 2, KvType::f16),
            std::optional<std::uint64_t>(73728ULL * 8192 * 2));
    }

    void sliding_layers_keep_their_window()
    {
        const std::uint64_t halfToken = 73728 / 2;
        QCOMPARE(kvCacheBytes(gptOss(), 8192, 1, KvType::f16),
            std::optional<std::uint64_t>(halfToken * 8192 + halfToken * 128));
        ConfigFacts config = gptOss();
        config.slidingWindow.reset();
        QVERIFY(!kvCacheBytes(config, 8192, 1, KvType::f16).has_value());
    }

    void low_rank_attention_keeps_one_vector_for_all_heads()
    {
        ConfigFacts config;
        config.modelType = "deepseek_v3";
        config.layers = 61;
        config.kvLoraRank = 512;
        config.qkRopeHeadDim = 64;
        QCOMPARE(kvCacheBytes(config, 100, 1, KvType::f16),
            std::optional<std::uint64_t>(61ULL * 576 * 2 * 100));
    }

    void linear_layers_do_not_grow()
    {
        ConfigFacts config = gptOss();
        config.modelType = "qwen3_next";
        for (LayerKind& kind : config.layerKinds)
            kind = kind == LayerKind::full ? LayerKind::full : LayerKind::linear;
        QCOMPARE(kvCacheBytes(config, 1000, 1, KvType::f16),
            std::optional<std::uint64_t>(73728ULL / 2 * 1000));
    }

    void block_types_count_their_scales()
    {
        QCOMPARE(kvCacheBytes(gptOss(), 1, 1, KvType::q8_0),
            std::optional<std::uint64_t>(36864 * 34 / 32));
        QCOMPARE(kvCacheBytes(gptOss(), 1, 1, KvType::q4_0),
            std::optional<std::uint64_t>(36864 * 18 / 32));
        for (const KvType type : {KvType::f16, KvType::fp8, KvType::q8_0, KvType::q4_0})
            QCOMPARE(findKvType(kvTypeName(type)), std::optional(type));
    }

    void head_size_is_taken_from_the_configuration_first()
    {
        ConfigFacts config = gptOss(); // 2880 / 64 is 45, not 64
        config.headDim.reset();
        QCOMPARE(kvCacheBytes(config, 1, 1, KvType::f16),
            std::optional<std::uint64_t>(36ULL * 2 * 8 * 45 * 2));
    }

    void unknown_is_unknown()
    {
        ConfigFacts config = gptOss();
        config.modelType = "something_new";
        QVERIFY(!kvCacheBytes(config, 1, 1, KvType::f16).has_value());
        QVERIFY(!memoryUse(*findDevice("h100"), config, GiB, 8192, 1, KvType::f16).fits());
        QCOMPARE(budgetForDevice(*findDevice("h100"), config, 8192, 1, KvType::f16).error().code,
            Errc::unsupported);
        config = gptOss();
        config.kvHeads.reset();
        QVERIFY(!kvCacheBytes(config, 1, 1, KvType::f16).has_value());
        config = gptOss();
        config.layers = std::int64_t(1) << 62;
        QVERIFY(!kvCacheBytes(config, 1, 1, KvType::f16).has_value());
        QVERIFY(!kvCacheBytes(gptOss(), ~std::uint64_t(0), 7, KvType::f16).has_value());
    }

    void the_budget_of_a_device_is_the_largest_that_fits()
    {
        for (const char* id : {"rtx4090", "m4-32gb", "h100", "rtx2060", "rpi4-2gb"}) {
            const Device& device = *findDevice(id);
            const auto budget = budgetForDevice(device, gptOss(), 4096, 1, KvType::f16);
            QVERIFY2(budget.has_value(), id);
            QCOMPARE(budget->kind, BudgetKind::fileBytes);
            QVERIFY(memoryUse(device, gptOss(), budget->bytes, 4096, 1, KvType::f16).fits());
            QVERIFY(!memoryUse(device, gptOss(), budget->bytes + 1, 4096, 1, KvType::f16).fits());
        }
    }

    void nothing_left_is_infeasible()
    {
        const auto budget =
            budgetForDevice(*findDevice("rpi4-2gb"), gptOss(), 1000000, 1, KvType::f16);
        QVERIFY(!budget.has_value());
        QCOMPARE(budget.error().code, Errc::infeasibleBudget);
    }
};

QTEST_APPLESS_MAIN(MemoryTest)
#include "tst_memory.moc"
