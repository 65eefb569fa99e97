// SPDX-License-Identifier: GPL-3.0-or-later
// A mixture of experts made up for a test: two layers of four experts each.
#pragma once

#include "numeric/random.h"
#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"

namespace bitloupe::test {

inline std::string moeWeights()
{
    constexpr std::uint64_t hidden = 64;
    SafetensorsBuilder builder;
    const auto add = [&builder](const std::string& name, std::uint64_t rows) {
        std::vector<float> values(rows * hidden);
        const std::uint64_t key = randomKey(name, "moe");
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(0.05 * randomNormal(key, i));
        builder.addFloats(name, {rows, hidden}, values);
    };
    const auto addNorm = [&builder](const std::string& name, std::uint64_t width) {
        builder.addFloats(name, {width}, std::vector<float>(width, 1.0F));
    };
    add("model.embed_tokens.weight", 128);
    add("lm_head.weight", 128);
    addNorm("model.norm.weight", hidden);
    for (const std::string layer : {"0", "1"}) {
        const std::string prefix = "model.layers." + layer + ".";
        for (const char* name : {"q_proj", "k_proj", "v_proj", "o_proj"})
            add(prefix + "self_attn." + name + ".weight", hidden);
        for (const char* name : {"q_norm", "k_norm"})
            addNorm(prefix + "self_attn." + name + ".weight", 32);
        for (const char* name : {"input_layernorm", "post_attention_layernorm"})
            addNorm(prefix + name + ".weight", hidden);
        add(prefix + "mlp.gate.weight", 4);
        for (const std::string expert : {"0", "1", "2", "3"})
            for (const char* name : {"gate_proj", "up_proj", "down_proj"})
                add(prefix + "mlp.experts." + expert + "." + name + ".weight", hidden);
    }
    return builder.bytes();
}

/// As Qwen 3's, which stores experts in stacks; as no known architecture, which stores each apart.
inline void writeMoe(const ScratchFolder& folder, bool known)
{
    folder.write("model.safetensors", moeWeights());
    const std::string type = known ? "qwen3_moe" : "made_up";
    folder.write("config.json",
        R"({"architectures":["X"],"model_type":")" + type
            + R"(","hidden_size":64,"num_hidden_layers":2,"num_attention_heads":2,)"
              R"("num_key_value_heads":2,"head_dim":32,"num_experts":4,"num_experts_per_tok":2,)"
              R"("moe_intermediate_size":64,"intermediate_size":64,"vocab_size":128,)"
              R"("rms_norm_eps":1e-6,"hidden_act":"silu","norm_topk_prob":true,)"
              R"("tie_word_embeddings":false,"rope_theta":10000})");
}

} // namespace bitloupe::test
