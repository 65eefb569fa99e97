// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_architecture.h"

#include "base/text.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bitloupe {
namespace {

constexpr std::int64_t mostSize = (std::int64_t {1} << 31) - 1;

constexpr GgufArchitecture architectureTable[] = {
    {"llama", "LlamaForCausalLM", "llama", true, false, false, true},
    {"mistral", "MistralForCausalLM", "llama", true, false, false, true},
    {"mixtral", "MixtralForCausalLM", "llama", true, true},
    {"qwen2", "Qwen2ForCausalLM", "qwen2"},
    {"qwen3", "Qwen3ForCausalLM", "qwen3", false, false, true},
    {"qwen3_moe", "Qwen3MoeForCausalLM", "qwen3moe", false, true, true},
};

Error badSize(std::string_view key, std::string detail)
{
    return {Errc::badConfig, "config.json", std::string(key) + ": " + std::move(detail)};
}

Error refused(std::string_view key, std::string detail)
{
    return {Errc::unsupported, "config.json", std::string(key) + ": " + std::move(detail)};
}

Result<void> take(std::string_view key, const std::optional<std::int64_t>& fact, std::uint64_t& out)
{
    if (!fact || *fact <= 0 || *fact > mostSize)
        return badSize(key, "found no sensible number, expected one");
    out = static_cast<std::uint64_t>(*fact);
    return {};
}

std::string keyOf(const GgufArchitecture& architecture, std::string_view rest)
{
    return std::string(architecture.name) + "." + std::string(rest);
}

// Rotary frequencies stretched as a whole; those stretched one by one are a tensor.
Result<void> addRopeScaling(
    const GgufArchitecture& architecture, const RopeFacts& rope, GgufKeyValues& keyValues)
{
    const auto key = [&](std::string_view rest) {
        return keyOf(architecture, "rope.scaling." + std::string(rest));
    };
    switch (rope.kind) {
    case RopeKind::plain:
        return {};
    case RopeKind::llama3:
        if (architecture.name != "llama")
            return refused("rope_scaling", "found llama3, which the client has for Llama alone");
        return {};
    case RopeKind::linear:
    case RopeKind::yarn:
        break;
    default:
        return refused("rope_scaling", "found " + printable(rope.kindText, 40)
                + ", expected linear, yarn or llama3");
    }
    if (!rope.factor)
        return badSize("rope_scaling", "found no factor");
    const bool yarn = rope.kind == RopeKind::yarn;
    if (yarn
        && (rope.betaFast.value_or(32) != 32 || rope.betaSlow.value_or(1) != 1
            || rope.attentionFactor || rope.mscale || rope.mscaleAllDim || !rope.truncate))
        return refused("rope_scaling", "found yarn with settings of its own, expected the usual");
    keyValues.addString(key("type"), yarn ? "yarn" : "linear");
    keyValues.addFloat32(key("factor"), static_cast<float>(*rope.factor));
    if (yarn && rope.originalMaxPositions)
        keyValues.addUnsigned32(
            key("original_context_length"), static_cast<std::uint32_t>(*rope.originalMaxPositions));
    return {};
}

Result<void> checkComputation(const GgufArchitecture& architecture, const Model& model)
{
    const BlockFacts& blocks = model.config.blocks;
    if (blocks.activation && *blocks.activation != "silu" && *blocks.activation != "swish")
        return refused("hidden_act", "found " + printable(*blocks.activation, 40)
                + ", expected silu");
    if (blocks.rope && blocks.rope->partialFactor.value_or(1) != 1)
        return refused("partial_rotary_factor", "expected 1");
    // What is not said is false, by the library that the model was made with.
    if (architecture.modelType == "qwen3_moe" && !blocks.normaliseTopK.value_or(false))
        return refused("norm_topk_prob",
            std::string("found ") + (blocks.normaliseTopK ? "false" : "nothing, which is false")
                + "; the client takes it for true");
    if (!model.config.kvHeadsPerLayer.empty())
        return refused("num_key_value_heads", "found a list, expected one number");
    return {};
}

} // namespace

std::span<const GgufArchitecture> ggufArchitectures() { return architectureTable; }

Result<const GgufArchitecture*> ggufArchitectureOf(const Model& model)
{
    const ConfigFacts& config = model.config;
    const std::string& outer = config.outerModelType;
    const bool plain = outer.empty() || outer == config.modelType;
    for (const GgufArchitecture& row : architectureTable) {
        if (!plain || row.modelType != config.modelType)
            continue;
        if (config.architectures.empty() || config.architectures.front() == row.hfClass)
            return &row;
    }
    const std::string found = config.architectures.empty()
        ? (config.modelType.empty() ? "no model_type" : "model_type " + config.modelType)
        : config.architectures.front();
    std::string known;
    for (const GgufArchitecture& row : architectureTable)
        known += (known.empty() ? "" : ", ") + std::string(row.hfClass);
    return Error {Errc::unsupported, model.name,
        "found " + printable(found, 80) + ", expected one whose GGUF form is known: " + known};
}

Result<GgufSizes> ggufSizes(const GgufArchitecture& architecture, const Model& model)
{
    const ConfigFacts& config = model.config;
    GgufSizes sizes;
    struct Row {
        std::string_view key;
        const std::optional<std::int64_t>& fact;
        std::uint64_t& out;
    };
    for (const Row& row : {Row {"num_hidden_layers", config.layers, sizes.layers},
             Row {"max_position_embeddings", config.maxPositions, sizes.context},
             Row {"hidden_size", config.hiddenSize, sizes.hidden},
             Row {"intermediate_size", config.intermediateSize, sizes.feedForward},
             Row {"num_attention_heads", config.heads, sizes.heads}})
        if (auto done = take(row.key, row.fact, row.out); !done)
            return done.error();
    sizes.kvHeads = sizes.heads;
    if (config.kvHeads)
        if (auto done = take("num_key_value_heads", config.kvHeads, sizes.kvHeads); !done)
            return done.error();
    sizes.headDim = sizes.hidden / sizes.heads;
    if (config.headDim)
        if (auto done = take("head_dim", config.headDim, sizes.headDim); !done)
            return done.error();
    if (sizes.headDim == 0 || sizes.headDim % 2 != 0)
        return badSize("head_dim", "found " + std::to_string(sizes.headDim)
                + ", expected an even number");
    if (!architecture.experts)
        return sizes;
    if (auto done = take("num_experts", config.experts, sizes.experts); !done)
        return done.error();
    if (auto done = take("num_experts_per_tok", config.expertsPerToken, sizes.expertsUsed); !done)
        return done.error();
    sizes.expertFeedForward = sizes.feedForward;
    if (architecture.modelType == "qwen3_moe") {
        const auto json = parseStrictJson(model.configText);
        const auto inner = json
            ? jsonInteger(*json, "moe_intermediate_size", 1, mostSize)
            : std::optional<std::int64_t>();
        if (auto done = take("moe_intermediate_size", inner, sizes.expertFeedForward); !done)
            return done.error();
    }
    return sizes;
}

std::vector<RequiredTensor> requiredTensors(
    const GgufArchitecture& architecture, const GgufSizes& sizes, std::uint64_t vocabulary)
{
    const std::uint64_t q = sizes.heads * sizes.headDim, kv = sizes.kvHeads * sizes.headDim;
    std::vector<RequiredTensor> list {
        {"token_embd.weight", {vocabulary, sizes.hidden}}, {"output_norm.weight", {sizes.hidden}}};
    for (std::uint64_t layer = 0; layer < sizes.layers; ++layer) {
        const auto add = [&](std::string_view name, Shape shape) {
            list.push_back({"blk." + std::to_string(layer) + "." + std::string(name) + ".weight",
                std::move(shape)});
        };
        add("attn_norm", {sizes.hidden});
        add("attn_q", {q, sizes.hidden});
        add("attn_k", {kv, sizes.hidden});
        add("attn_v", {kv, sizes.hidden});
        add("attn_output", {sizes.hidden, q});
        add("ffn_norm", {sizes.hidden});
        if (architecture.headNorms) {
            add("attn_q_norm", {sizes.headDim});
            add("attn_k_norm", {sizes.headDim});
        }
        if (!architecture.experts) {
            add("ffn_gate", {sizes.feedForward, sizes.hidden});
            add("ffn_up", {sizes.feedForward, sizes.hidden});
            add("ffn_down", {sizes.hidden, sizes.feedForward});
            continue;
        }
        add("ffn_gate_inp", {sizes.experts, sizes.hidden});
        add("ffn_gate_exps", {sizes.experts, sizes.expertFeedForward, sizes.hidden});
        add("ffn_up_exps", {sizes.experts, sizes.expertFeedForward, sizes.hidden});
        add("ffn_down_exps", {sizes.experts, sizes.hidden, sizes.expertFeedForward});
    }
    return list;
}

Result<void> addArchitecture(const GgufArchitecture& architecture, const Model& model,
    const GgufSizes& sizes, std::uint64_t vocabulary, GgufKeyValues& keyValues)
{
    if (auto done = checkComputation(architecture, model); !done)
        return done;
    const auto number = [&](std::string_view rest, std::uint64_t value) {
        keyValues.addUnsigned32(keyOf(architecture, rest), static_cast<std::uint32_t>(value));
    };
    number("block_count", sizes.layers);
    number("context_length", sizes.context);
    number("embedding_length", sizes.hidden);
    number("feed_forward_length", sizes.feedForward);
    number("attention.head_count", sizes.heads);
    number("attention.head_count_kv", sizes.kvHeads);
    const BlockFacts& blocks = model.config.blocks;
    if (!blocks.normEpsilon)
        return badSize("rms_norm_eps", "found no sensible number, expected one");
    keyValues.addFloat32(keyOf(architecture, "attention.layer_norm_rms_epsilon"),
        static_cast<float>(*blocks.normEpsilon));
    const RopeFacts rope = blocks.rope.value_or(RopeFacts {});
    keyValues.addFloat32(
        keyOf(architecture, "rope.freq_base"), static_cast<float>(rope.theta.value_or(10000)));
    number("rope.dimension_count", sizes.headDim);
    if (model.config.headDim || sizes.headDim * sizes.heads != sizes.hidden) {
        number("attention.key_length", sizes.headDim);
        number("attention.value_length", sizes.headDim);
    }
    number("vocab_size", vocabulary);
    if (architecture.experts) {
        number("expert_count", sizes.experts);
        number("expert_used_count", sizes.expertsUsed);
        if (architecture.modelType == "qwen3_moe")
            number("expert_feed_forward_length", sizes.expertFeedForward);
    }
    if (const auto window = model.config.slidingWindow; window && *window <= mostSize)
        number("attention.sliding_window", static_cast<std::uint64_t>(*window));
    return addRopeScaling(architecture, rope, keyValues);
}

Result<std::vector<float>> ropeDivisors(const Model& model, const GgufSizes& sizes)
{
    const RopeFacts rope = model.config.blocks.rope.value_or(RopeFacts {});
    std::vector<float> divisors;
    if (rope.kind != RopeKind::llama3)
        return divisors;
    if (!rope.factor || !rope.lowFrequencyFactor || !rope.highFrequencyFactor
        || !rope.originalMaxPositions || !(*rope.lowFrequencyFactor < *rope.highFrequencyFactor))
        return badSize("rope_scaling", "found llama3 without all of its numbers");
    const double theta = rope.theta.value_or(10000), original = *rope.originalMaxPositions;
    const double low = *rope.lowFrequencyFactor, high = *rope.highFrequencyFactor;
    for (std::uint64_t k = 0; k < sizes.headDim / 2; ++k) {
        const double exponent
            = 2 * static_cast<double>(k) / static_cast<double>(sizes.headDim);
        const double wave = 2 * std::numbers::pi * std::pow(theta, exponent);
        const double smooth = (original / wave - low) / (high - low);
        const double divisor = wave < original / high ? 1
            : wave > original / low
            ? *rope.factor
            : 1 / ((1 - smooth) / *rope.factor + smooth);
        divisors.push_back(static_cast<float>(divisor));
    }
    return divisors;
}

std::vector<std::string> architectureNotes(
    const GgufArchitecture& architecture, const Model& model)
{
    std::vector<std::string> notes;
    const auto& window = model.config.slidingWindow;
    if (window && model.config.maxPositions && *window < *model.config.maxPositions)
        notes.push_back("Attention is limited to the last " + std::to_string(*window)
            + " tokens by the configuration; llama.cpp attends to all of them in "
            + std::string(architecture.name));
    return notes;
}

} // namespace bitloupe
