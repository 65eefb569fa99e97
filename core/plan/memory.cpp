// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/memory.h"

#include "base/checked.h"
#include "base/text.h"
#include "model/gguf_config.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bitloupe {
namespace {

// Bytes of an element as a fraction: q8_0 and q4_0 are blocks of 32 with a 16-bit scale.
struct KvInfo {
    std::string_view name;
    std::uint64_t bytes, elements;
};
constexpr std::array<KvInfo, 4> kvTypes {
    {{"f16", 2, 1}, {"fp8", 1, 1}, {"q8_0", 34, 32}, {"q4_0", 18, 32}}};

// Model types whose cache is what the formula says. Others are unknown: some share keys and
// values between layers or heads without saying so in these fields.
constexpr std::string_view decoders[] = {"llama", "llama4", "llama4_text", "mistral", "mistral3",
    "mixtral", "ministral", "qwen2", "qwen2_moe", "qwen3", "qwen3_moe", "qwen3_next", "qwen3_5",
    "qwen3_5_text", "qwen3_5_moe", "qwen3_5_moe_text", "gemma", "gemma2", "gemma3", "gemma3_text",
    "phi", "phi3", "phimoe", "gpt2", "gpt_neox", "gpt_oss", "smollm3", "olmo", "olmo2", "olmo3",
    "olmoe", "deepseek", "deepseek2", "deepseek_v2", "deepseek_v3", "kimi_k2", "glm", "glm4", "glm4_moe",
    "cohere", "cohere2", "granite", "granitemoe", "starcoder2", "stablelm", "internlm2",
    "internlm3", "exaone4", "ernie4_5", "minicpm", "seed_oss", "opt", "bloom"};
constexpr std::string_view encoders[] = {
    "bert", "roberta", "xlm-roberta", "distilbert", "modernbert"};
// One key and value head a query head, without saying so.
constexpr std::string_view withoutKvHeads[] = {
    "gpt2", "gpt_neox", "opt", "bloom", "llama", "olmo", "phi"};

template <std::size_t N> bool contains(const std::string_view (&list)[N], std::string_view name)
{
    return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

std::optional<std::uint64_t> positive(const std::optional<std::int64_t>& value)
{
    if (!value || *value <= 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(*value);
}

std::optional<std::uint64_t> headDim(const ConfigFacts& config)
{
    if (config.headDim)
        return positive(config.headDim);
    const auto hidden = positive(config.hiddenSize), heads = positive(config.heads);
    if (!hidden || !heads || *hidden % *heads != 0)
        return std::nullopt;
    return *hidden / *heads;
}

std::optional<std::uint64_t> kvHeads(const ConfigFacts& config, std::size_t layer)
{
    if (!config.kvHeadsPerLayer.empty()) {
        if (layer >= config.kvHeadsPerLayer.size() || config.kvHeadsPerLayer[layer] < 0)
            return std::nullopt;
        return static_cast<std::uint64_t>(config.kvHeadsPerLayer[layer]);
    }
    if (config.kvHeads)
        return positive(config.kvHeads);
    return contains(withoutKvHeads, config.modelType) ? positive(config.heads) : std::nullopt;
}

// Elements kept for one token of one layer. Low-rank attention keeps one vector for all heads.
std::optional<std::uint64_t> elementsPerToken(const ConfigFacts& config, std::size_t layer)
{
    if (config.kvLoraRank) {
        const auto rank = positive(config.kvLoraRank), rope = positive(config.qkRopeHeadDim);
        return rank && rope ? checkedAdd(*rank, *rope) : std::nullopt;
    }
    const auto keys = headDim(config);
    const auto values = config.valueHeadDim ? positive(config.valueHeadDim) : keys;
    const auto heads = kvHeads(config, layer);
    const auto both = keys && values ? checkedAdd(*keys, *values) : std::nullopt;
    return both && heads ? checkedMul(*heads, *both) : std::nullopt;
}

std::optional<std::uint64_t> tokensKept(
    const ClientConfig& config, std::size_t layer, std::uint64_t context)
{
    const auto& kinds = config.facts.layerKinds;
    const LayerKind kind = kinds.empty() ? LayerKind::full : kinds[layer];
    if (kind == LayerKind::linear)
        return 0; // a state of constant size, counted with the buffers
    if (kind == LayerKind::full || config.wholeCache)
        return context;
    const auto window = positive(config.facts.slidingWindow);
    return window ? std::optional(std::min(context, *window)) : std::nullopt;
}

constexpr std::int64_t mostLayers = 100000; // no loop is driven by a senseless number
constexpr std::uint64_t leastCompute = std::uint64_t(1) << 29; // 0.5 GiB

std::uint64_t computeBytes(std::uint64_t weights) { return std::max(leastCompute, weights / 20); }

std::uint64_t usableBytes(const Device& device)
{
    return static_cast<std::uint64_t>(
        std::floor(static_cast<double>(device.totalBytes) * device.usableFraction));
}

} // namespace

std::optional<KvType> findKvType(std::string_view name)
{
    for (std::size_t i = 0; i < kvTypes.size(); ++i)
        if (kvTypes[i].name == name)
            return static_cast<KvType>(i);
    return std::nullopt;
}

std::string_view kvTypeName(KvType type) { return kvTypes[static_cast<std::size_t>(type)].name; }

ClientConfig configOfClient(const ConfigFacts& config, std::string_view targetId)
{
    return {config, targetId == "gguf" && ggufIgnoresWindow(config.modelType)};
}

std::optional<std::uint64_t> kvCacheBytes(
    const ClientConfig& client, std::uint64_t context, std::uint64_t sequences, KvType type)
{
    const ConfigFacts& config = client.facts;
    if (contains(encoders, config.modelType))
        return 0;
    if (!contains(decoders, config.modelType))
        return std::nullopt;
    if (!config.layers || *config.layers <= 0 || *config.layers > mostLayers)
        return std::nullopt;
    const auto layers = static_cast<std::size_t>(*config.layers);
    if (!config.layerKinds.empty() && config.layerKinds.size() != layers)
        return std::nullopt;
    std::uint64_t elements = 0;
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const auto tokens = tokensKept(client, layer, context);
        if (tokens && *tokens == 0)
            continue;
        const auto perToken = elementsPerToken(config, layer);
        if (!tokens || !perToken)
            return std::nullopt;
        const std::uint64_t factors[] = {*tokens, *perToken, sequences};
        const auto more = checkedProduct(factors);
        const auto sum = more ? checkedAdd(elements, *more) : std::nullopt;
        if (!sum)
            return std::nullopt;
        elements = *sum;
    }
    const KvInfo& info = kvTypes[static_cast<std::size_t>(type)];
    const auto bytes = checkedMul(elements, info.bytes);
    return bytes ? std::optional((*bytes + info.elements - 1) / info.elements) : std::nullopt;
}

MemoryUse memoryUse(const Device& device, const ClientConfig& config, std::uint64_t weightBytes,
    std::uint64_t context, std::uint64_t sequences, KvType type)
{
    MemoryUse use;
    use.usable = usableBytes(device);
    use.weights = weightBytes;
    use.compute = computeBytes(weightBytes);
    use.reserve = device.reserveBytes;
    use.kvCache = kvCacheBytes(config, context, sequences, type);
    return use;
}

Result<Budget> budgetForDevice(const Device& device, const ClientConfig& config,
    std::uint64_t context, std::uint64_t sequences, KvType type)
{
    const auto cache = kvCacheBytes(config, context, sequences, type);
    if (!cache)
        return Error {Errc::unsupported,
            config.facts.modelType.empty() ? "config.json" : config.facts.modelType,
            "the size of its KV cache is unknown, so give a size instead of a device"};
    const std::uint64_t usable = usableBytes(device);
    const auto others = checkedAdd(*cache, device.reserveBytes + leastCompute);
    if (!others || *others >= usable)
        return Error {Errc::infeasibleBudget, std::string(device.id),
            "cache, buffers and reserve need "
                + (others ? groupedText(*others) : std::string("over 2^64")) + " of "
                + groupedText(usable) + " usable bytes, so nothing is left for weights"};
    const std::uint64_t room = usable - *others; // with the least buffers
    if (computeBytes(room) == leastCompute)
        return Budget {BudgetKind::fileBytes, room};
    const std::uint64_t both = room + leastCompute; // weights and a twentieth of them
    std::uint64_t weights = both / 21 * 20;
    while (weights + 1 + computeBytes(weights + 1) <= both)
        ++weights;
    return Budget {BudgetKind::fileBytes, weights};
}

} // namespace bitloupe
