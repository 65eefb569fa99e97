// SPDX-License-Identifier: GPL-3.0-or-later
// Models of many small tensors, layer after layer, for what has to stay quick with very many.
#pragma once

#include "support/safetensors_bytes.h"

namespace bitloupe::test {

/// What every layer holds, by name without ".weight": matrices of `rows` by 64, and norms.
struct LayerParts {
    std::vector<std::string> matrices, norms;
    std::uint64_t rows = 2;
};

inline const std::vector<std::string> attentionMatrices
    = {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj"};

/// Attention, a feed-forward part and the two usual norms.
inline LayerParts denseLayer()
{
    LayerParts parts {attentionMatrices, {"input_layernorm", "post_attention_layernorm"}};
    for (const char* name : {"mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"})
        parts.matrices.emplace_back(name);
    return parts;
}

/// Attention, a router, shared experts, so many experts of their own, and norms.
inline LayerParts expertLayer(int experts)
{
    LayerParts parts {attentionMatrices, {"input_layernorm", "post_attention_layernorm",
                                             "self_attn.q_norm", "self_attn.k_norm"}};
    parts.matrices.emplace_back("mlp.gate");
    const auto addMlp = [&parts](const std::string& prefix) {
        for (const char* name : {"gate_proj", "up_proj", "down_proj"})
            parts.matrices.push_back(prefix + name);
    };
    addMlp("mlp.shared_experts.");
    for (int expert = 0; expert < experts; ++expert)
        addMlp("mlp.experts." + std::to_string(expert) + '.');
    return parts;
}

/// The bytes of a safetensors file.
inline std::string layeredModel(int layers, const LayerParts& parts)
{
    constexpr std::uint64_t columns = 64;
    SafetensorsBuilder builder;
    for (int layer = 0; layer < layers; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + '.';
        for (const std::string& name : parts.matrices)
            builder.addFloats(prefix + name + ".weight", {parts.rows, columns});
        for (const std::string& name : parts.norms)
            builder.addFloats(prefix + name + ".weight", {columns});
    }
    return builder.bytes();
}

} // namespace bitloupe::test
