// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "export/gguf_architecture.h"

#include <array>

namespace bitloupe {
namespace {

enum class Needs : std::uint8_t { nothing, headNorms, otherBiases, experts, noExperts };

struct LayerName {
    std::string_view from; // after "model.layers.N."
    std::string_view to; // after "blk.N."
    TensorRole role;
    Needs needs = Needs::nothing;
};

using enum TensorRole;

constexpr auto layerNames = std::to_array<LayerName>({
    {"input_layernorm.weight", "attn_norm.weight", norm},
    {"post_attention_layernorm.weight", "ffn_norm.weight", norm},
    {"self_attn.q_proj.weight", "attn_q.weight", attentionQ},
    {"self_attn.k_proj.weight", "attn_k.weight", attentionK},
    {"self_attn.v_proj.weight", "attn_v.weight", attentionV},
    {"self_attn.o_proj.weight", "attn_output.weight", attentionO},
    {"self_attn.q_proj.bias", "attn_q.bias", bias},
    {"self_attn.k_proj.bias", "attn_k.bias", bias},
    {"self_attn.v_proj.bias", "attn_v.bias", bias},
    {"self_attn.o_proj.bias", "attn_output.bias", bias, Needs::otherBiases},
    {"self_attn.q_norm.weight", "attn_q_norm.weight", norm, Needs::headNorms},
    {"self_attn.k_norm.weight", "attn_k_norm.weight", norm, Needs::headNorms},
    {"mlp.gate_proj.weight", "ffn_gate.weight", mlpGate, Needs::noExperts},
    {"mlp.up_proj.weight", "ffn_up.weight", mlpUp, Needs::noExperts},
    {"mlp.down_proj.weight", "ffn_down.weight", mlpDown, Needs::noExperts},
    {"mlp.gate_proj.bias", "ffn_gate.bias", bias, Needs::otherBiases},
    {"mlp.up_proj.bias", "ffn_up.bias", bias, Needs::otherBiases},
    {"mlp.down_proj.bias", "ffn_down.bias", bias, Needs::otherBiases},
    {"mlp.gate.weight", "ffn_gate_inp.weight", router, Needs::experts},
    {"block_sparse_moe.gate.weight", "ffn_gate_inp.weight", router, Needs::experts},
});

struct GgufExpertName {
    std::string_view from; // after the expert's number
    std::string_view to;
    TensorRole role;
};

constexpr auto expertNames = std::to_array<GgufExpertName>({
    {"gate_proj.weight", "ffn_gate_exps.weight", expertGate},
    {"up_proj.weight", "ffn_up_exps.weight", expertUp},
    {"down_proj.weight", "ffn_down_exps.weight", expertDown},
    {"w1.weight", "ffn_gate_exps.weight", expertGate},
    {"w3.weight", "ffn_up_exps.weight", expertUp},
    {"w2.weight", "ffn_down_exps.weight", expertDown},
});

bool has(const GgufArchitecture& architecture, Needs needs)
{
    switch (needs) {
    case Needs::nothing: return true;
    case Needs::headNorms: return architecture.headNorms;
    case Needs::otherBiases: return architecture.otherBiases;
    case Needs::experts: return architecture.experts;
    case Needs::noExperts: return !architecture.experts;
    }
    return false;
}

// "mlp.experts.3.up_proj.weight", or all experts in one tensor.
std::vector<GgufPart> mapExpert(const std::string& block, std::string_view rest, int layer)
{
    for (const std::string_view prefix : {"mlp.experts.", "block_sparse_moe.experts."}) {
        if (!rest.starts_with(prefix))
            continue;
        const std::string_view after = rest.substr(prefix.size());
        if (after == "gate_up_proj")
            return {{block + "ffn_gate_exps.weight", expertGate, layer, -1, 1},
                {block + "ffn_up_exps.weight", expertUp, layer, -1, 2}};
        if (after == "down_proj")
            return {{block + "ffn_down_exps.weight", expertDown, layer}};
        const std::size_t dot = after.find('.');
        const auto number = parseUnsigned(after.substr(0, dot));
        if (dot == std::string_view::npos || !number || *number > 1'000'000)
            return {};
        for (const GgufExpertName& name : expertNames)
            if (after.substr(dot + 1) == name.from)
                return {{block + std::string(name.to), name.role, layer,
                    static_cast<int>(*number)}};
    }
    return {};
}

std::uint64_t headRowsOf(
    const GgufArchitecture& architecture, const Model& model, std::string_view to)
{
    const bool rotated = to.starts_with("attn_q.") || to.starts_with("attn_k.");
    if (!architecture.pairsNeighbours || !rotated)
        return 0;
    const auto sizes = ggufSizes(architecture, model);
    return sizes ? sizes->headDim : 0;
}

std::vector<GgufPart> mapLayer(
    const GgufArchitecture& architecture, const Model& model, std::string_view name)
{
    constexpr std::string_view prefix = "model.layers.";
    if (!name.starts_with(prefix))
        return {};
    name.remove_prefix(prefix.size());
    const std::size_t dot = name.find('.');
    const auto number = parseUnsigned(name.substr(0, dot));
    if (dot == std::string_view::npos || !number || *number > 1'000'000)
        return {};
    const int layer = static_cast<int>(*number);
    const std::string block = "blk." + std::to_string(layer) + ".";
    const std::string_view rest = name.substr(dot + 1);
    for (const LayerName& row : layerNames)
        if (rest == row.from && has(architecture, row.needs))
            return {{block + std::string(row.to), row.role, layer, -1, 0,
                headRowsOf(architecture, model, row.to)}};
    return architecture.experts ? mapExpert(block, rest, layer) : std::vector<GgufPart>();
}

} // namespace

Result<std::vector<GgufPart>> mapToGguf(
    const GgufArchitecture& architecture, const Model& model, TensorId id)
{
    const std::string& name = model.tensor(id).name;
    if (name.ends_with("rotary_emb.inv_freq") || name.ends_with("masked_bias"))
        return std::vector<GgufPart>();
    if (name == "model.embed_tokens.weight")
        return std::vector<GgufPart> {{"token_embd.weight", embedding}};
    if (name == "model.norm.weight")
        return std::vector<GgufPart> {{"output_norm.weight", norm}};
    if (name == "lm_head.weight")
        return std::vector<GgufPart> {{"output.weight", lmHead}};
    auto parts = mapLayer(architecture, model, name);
    if (parts.empty())
        return Error {Errc::unsupported, name,
            "a tensor that " + std::string(architecture.name) + " does not have in llama.cpp"};
    return parts;
}

} // namespace bitloupe
