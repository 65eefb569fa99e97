// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/gguf_twin.h"

#include "model/open.h"
#include "support/gguf_bytes.h"

#include <algorithm>
#include <utility>

namespace bitloupe::test {
namespace {

constexpr std::uint64_t headDim = 4;

const std::vector<std::pair<std::string, std::string>> parts {
    {"model.embed_tokens", "token_embd"},
    {"model.norm", "output_norm"},
    {"model.layers.", "blk."},
    {"input_layernorm", "attn_norm"},
    {"post_attention_layernorm", "ffn_norm"},
    {"self_attn.q_norm", "attn_q_norm"},
    {"self_attn.k_norm", "attn_k_norm"},
    {"self_attn.q_proj", "attn_q"},
    {"self_attn.k_proj", "attn_k"},
    {"self_attn.v_proj", "attn_v"},
    {"self_attn.o_proj", "attn_output"},
    {"mlp.gate_proj", "ffn_gate"},
    {"mlp.up_proj", "ffn_up"},
    {"mlp.down_proj", "ffn_down"},
    {"mlp.gate.", "ffn_gate_inp."},
};

/// Halves of each head's rows become neighbours.
std::vector<float> interleaved(const std::vector<float>& values, std::uint64_t columns)
{
    std::vector<float> out;
    const std::uint64_t rows = values.size() / columns;
    for (std::uint64_t row = 0; row < rows; ++row) {
        const std::uint64_t inHead = row % headDim;
        const std::uint64_t from = row - inHead + inHead % 2 * (headDim / 2) + inHead / 2;
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(from * columns);
        out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(columns));
    }
    return out;
}

void addFacts(GgufBuilder& builder, const std::string& architecture)
{
    builder.addText("general.architecture", architecture);
    const std::vector<std::pair<const char*, std::uint32_t>> numbers {{"block_count", 2},
        {"context_length", 512}, {"embedding_length", 16}, {"feed_forward_length", 24},
        {"attention.head_count", 4}, {"attention.head_count_kv", 2}, {"attention.key_length", 4},
        {"attention.value_length", 4}, {"rope.dimension_count", 4}, {"vocab_size", 40}};
    for (const auto& [key, value] : numbers)
        builder.addU32(architecture + "." + key, value);
    if (architecture == "qwen3moe") {
        builder.addU32("qwen3moe.expert_count", 4);
        builder.addU32("qwen3moe.expert_used_count", 2);
    }
    builder.addF32(architecture + ".attention.layer_norm_rms_epsilon", 1e-5f);
    builder.addF32(architecture + ".rope.freq_base", 10'000);
    builder.addU32("tokenizer.ggml.bos_token_id", 1);
}

void addExperts(GgufBuilder& builder, const MadeModel& made)
{
    for (const char* layer : {"0", "1"}) {
        for (const char* leaf : {"gate", "up", "down"}) {
            std::vector<float> all;
            Shape shape;
            for (const char* expert : {"0", "1", "2", "3"}) {
                const std::string name = std::string("model.layers.") + layer + ".mlp.experts."
                    + expert + "." + leaf + "_proj.weight";
                const auto values = made.values(name);
                all.insert(all.end(), values.begin(), values.end());
                shape = made.tensors().at(name);
            }
            builder.addFloats(std::string("blk.") + layer + ".ffn_" + leaf + "_exps.weight",
                {shape[1], shape[0], 4}, all);
        }
    }
}

} // namespace

std::string ggufName(const std::string& name)
{
    std::string out = name;
    for (const auto& [from, to] : parts) {
        if (const std::size_t at = out.find(from); at != std::string::npos)
            out.replace(at, from.size(), to);
    }
    return out;
}

GgufTwin ggufTwin(const MadeModel& made, const std::string& architecture, bool neighbours,
    const std::optional<std::vector<float>>& ropeDivisors)
{
    GgufBuilder builder;
    addFacts(builder, architecture);
    for (const auto& [name, shape] : made.tensors()) {
        if (name.find("experts") != std::string::npos)
            continue;
        std::vector<float> values = made.values(name);
        const bool turned = name.find("q_proj") != std::string::npos
            || name.find("k_proj") != std::string::npos;
        if (neighbours && turned)
            values = interleaved(values, shape.size() > 1 ? shape[1] : 1);
        builder.addFloats(ggufName(name), {shape.rbegin(), shape.rend()}, values);
    }
    if (architecture == "qwen3moe")
        addExperts(builder, made);
    if (ropeDivisors)
        builder.addFloats("rope_freqs.weight", {ropeDivisors->size()}, *ropeDivisors);
    GgufTwin twin;
    const auto model = openModel(twin.folder->write("twin.gguf", builder.bytes()), Job {});
    twin.model = model ? *model : nullptr;
    return twin;
}

} // namespace bitloupe::test
