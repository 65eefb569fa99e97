// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/role_words.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

using enum TensorRole;
using Words = std::initializer_list<std::string_view>;

bool oneOf(std::string_view part, Words words)
{
    return std::find(words.begin(), words.end(), part) != words.end();
}

bool contains(std::string_view part, std::string_view word)
{
    return part.find(word) != std::string_view::npos;
}

/// Where a module of this name must stand to have the role.
enum class Place : std::uint8_t { anywhere, attention, elsewhere };

struct ModuleRow {
    std::string_view leaf;
    Place place;
    TensorRole role;
    std::string_view parent = {}; // when not empty, the module around it
};

constexpr auto modules = std::to_array<ModuleRow>({
    {"embed_tokens", Place::anywhere, embedding},
    {"embed_tokens_per_layer", Place::anywhere, embedding},
    {"wte", Place::anywhere, embedding},
    {"tok_embeddings", Place::anywhere, embedding},
    {"word_embeddings", Place::anywhere, embedding},
    {"word_embedding", Place::anywhere, embedding},
    {"embed_in", Place::anywhere, embedding},
    {"shared", Place::anywhere, embedding},
    {"embeddings", Place::elsewhere, embedding},
    {"embedding", Place::elsewhere, embedding},
    {"wpe", Place::anywhere, positionEmbedding},
    {"embed_positions", Place::anywhere, positionEmbedding},
    {"position_embeddings", Place::anywhere, positionEmbedding},
    {"token_type_embeddings", Place::anywhere, positionEmbedding},
    {"relative_attention_bias", Place::anywhere, positionEmbedding},
    {"lm_head", Place::anywhere, lmHead},
    {"embed_out", Place::anywhere, lmHead},
    {"output_layer", Place::elsewhere, lmHead},
    {"decoder", Place::elsewhere, lmHead, "predictions"},
    {"decoder", Place::elsewhere, lmHead, "lm_head"},

    {"q_proj", Place::anywhere, attentionQ},
    {"wq", Place::anywhere, attentionQ},
    {"query", Place::attention, attentionQ},
    {"q", Place::attention, attentionQ},
    {"q_lin", Place::attention, attentionQ},
    {"k_proj", Place::anywhere, attentionK},
    {"wk", Place::anywhere, attentionK},
    {"key", Place::attention, attentionK},
    {"k", Place::attention, attentionK},
    {"k_lin", Place::attention, attentionK},
    {"v_proj", Place::anywhere, attentionV},
    {"wv", Place::anywhere, attentionV},
    {"value", Place::attention, attentionV},
    {"v", Place::attention, attentionV},
    {"v_lin", Place::attention, attentionV},
    {"qkv_proj", Place::anywhere, attentionQkv},
    {"query_key_value", Place::anywhere, attentionQkv},
    {"c_attn", Place::anywhere, attentionQkv},
    {"Wqkv", Place::anywhere, attentionQkv},
    {"W_pack", Place::anywhere, attentionQkv},
    {"qkv", Place::attention, attentionQkv},
    {"wqkv", Place::attention, attentionQkv},
    {"in_proj_qkv", Place::attention, attentionQkv},
    {"in_proj_qkvz", Place::attention, attentionQkv},
    {"o_proj", Place::anywhere, attentionO},
    {"wo", Place::attention, attentionO},
    {"Wo", Place::attention, attentionO},
    {"o", Place::attention, attentionO},
    {"out_proj", Place::attention, attentionO},
    {"out_lin", Place::attention, attentionO},
    {"c_proj", Place::attention, attentionO},
    {"dense", Place::attention, attentionO},
    {"q_a_proj", Place::anywhere, attentionQA},
    {"wq_a", Place::anywhere, attentionQA},
    {"q_b_proj", Place::anywhere, attentionQB},
    {"wq_b", Place::anywhere, attentionQB},
    {"kv_a_proj_with_mqa", Place::anywhere, attentionKvA},
    {"kv_a_proj", Place::anywhere, attentionKvA},
    {"wkv_a", Place::anywhere, attentionKvA},
    {"kv_b_proj", Place::anywhere, attentionKvB},
    {"wkv_b", Place::anywhere, attentionKvB},
    {"embed_q", Place::attention, attentionKvB},
    {"unembed_out", Place::attention, attentionKvB},

    {"gate_proj", Place::anywhere, mlpGate},
    {"w1", Place::elsewhere, mlpGate},
    {"wi_0", Place::elsewhere, mlpGate},
    {"up_proj", Place::anywhere, mlpUp},
    {"w3", Place::elsewhere, mlpUp},
    {"wi_1", Place::elsewhere, mlpUp},
    {"wi", Place::elsewhere, mlpUp},
    {"c_fc", Place::elsewhere, mlpUp},
    {"fc1", Place::elsewhere, mlpUp},
    {"fc_in", Place::elsewhere, mlpUp},
    {"lin1", Place::elsewhere, mlpUp},
    {"dense_h_to_4h", Place::elsewhere, mlpUp},
    {"dense", Place::elsewhere, mlpUp, "intermediate"},
    {"gate_up_proj", Place::anywhere, mlpGateUp},
    {"gate_up_proj_blocks", Place::anywhere, mlpGateUp},
    {"input_linear", Place::elsewhere, mlpGateUp},
    {"Wi", Place::elsewhere, mlpGateUp},
    {"down_proj", Place::anywhere, mlpDown},
    {"w2", Place::elsewhere, mlpDown},
    {"down_proj_blocks", Place::anywhere, mlpDown},
    {"wo", Place::elsewhere, mlpDown},
    {"Wo", Place::elsewhere, mlpDown},
    {"c_proj", Place::elsewhere, mlpDown},
    {"fc2", Place::elsewhere, mlpDown},
    {"fc_out", Place::elsewhere, mlpDown},
    {"lin2", Place::elsewhere, mlpDown},
    {"dense_4h_to_h", Place::elsewhere, mlpDown},
    {"dense", Place::elsewhere, mlpDown, "output"},
    {"output_linear", Place::elsewhere, mlpDown},

    {"gate", Place::elsewhere, router},
    {"router", Place::elsewhere, router},
    {"layer", Place::elsewhere, router, "router"},
    {"proj", Place::elsewhere, router, "router"},
    {"shared_expert_gate", Place::anywhere, sharedRouter},
});

bool fits(const ModuleRow& row, std::string_view leaf, std::string_view parent, bool attention)
{
    if (row.leaf != leaf)
        return false;
    if (row.place == Place::attention ? !attention : row.place == Place::elsewhere && attention)
        return false;
    return row.parent.empty() || row.parent == parent;
}

} // namespace

bool isParameterWord(std::string_view part)
{
    return oneOf(part,
        {"weight", "scale", "qweight", "weight_packed", "q_weight", "W_q"});
}

bool isBiasParameter(std::string_view part)
{
    return part == "bias" || part.ends_with("_bias");
}

bool isAuxiliaryParameter(std::string_view part, std::size_t rank)
{
    if (part == "bias" && rank > 2)
        return true;
    // Only scales of quantization: a model may have a learnt "..._scale" of its own.
    for (const std::string_view end : {"weight_scale", "weight_scale_2", "weight_scales",
             "_scale_inv", "_proj_scale", "_proj_scales", "input_scale", "output_scale"}) {
        if (part.ends_with(end))
            return true;
    }
    return contains(part, "quant_state") || contains(part, "inv_freq")
        || oneOf(part,
            {"masked_bias", "position_ids", "scales", "biases", "zeros", "qzeros", "g_idx", "absmax",
                "k_scale", "v_scale", "q_scale", "q_scale_max", "quant_map", "nested_absmax",
                "nested_quant_map", "SCB", "weight_format", "weight_shape", "weight_zero_point",
                "weight_g_idx", "weight_global_scale", "input_global_scale", "q_groups",
                "q_group_map", "q_perm", "q_invperm", "cos_cached", "sin_cached"});
}

bool isVisionWord(std::string_view part)
{
    return oneOf(part,
        {"vision_tower", "vision_model", "vision_encoder", "vision", "visual", "image_encoder",
            "image_tower", "vision_embed_tokens", "audio_tower", "audio_model", "audio_encoder",
            "vpm", "vit"});
}

bool isProjectorWord(std::string_view part)
{
    return oneOf(part,
        {"multi_modal_projector", "mm_projector", "vision_projector", "projector", "connector",
            "modality_projection", "merger", "aligner", "embed_vision", "embed_audio",
            "patch_merger", "mlp1_projector", "resampler", "audio_projector"});
}

bool isSharedWord(std::string_view part)
{
    return oneOf(part, {"shared_expert", "shared_experts", "shared_mlp"});
}

bool isAttentionWord(std::string_view part)
{
    return contains(part, "attn") || contains(part, "attention") || contains(part, "Attention");
}

bool isNormWord(std::string_view part)
{
    return contains(part, "norm") || contains(part, "Norm") || part.starts_with("ln_")
        || part == "ln" || part == "ln1" || part == "ln2";
}

std::optional<TensorRole> moduleRole(
    std::string_view leaf, std::string_view parent, bool attention)
{
    if (leaf == "output" && parent.empty())
        return lmHead;
    // The rows with a parent are more particular than those without.
    const auto find = [&](bool particular) -> std::optional<TensorRole> {
        for (const ModuleRow& row : modules) {
            if (row.parent.empty() != particular && fits(row, leaf, parent, attention))
                return row.role;
        }
        return std::nullopt;
    };
    const auto exact = find(true);
    return exact ? exact : find(false);
}

} // namespace bitloupe
