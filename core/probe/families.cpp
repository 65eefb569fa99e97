// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/families.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

using Words = std::initializer_list<std::string_view>;

bool oneOf(std::string_view word, Words words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto families = std::to_array<Family>({
    {.modelType = "llama"},
    {.modelType = "mistral", .window = WindowRule::always},
    {.modelType = "qwen2", .window = WindowRule::byLayer},
    {.modelType = "qwen3", .window = WindowRule::byLayer, .headDim = 128,
        .normalisesQk = true},
    {.modelType = "phi3", .epsilon = 1e-5, .window = WindowRule::always},
    {.modelType = "smollm3", .theta = 2'000'000, .window = WindowRule::byLayer},
    {.modelType = "gemma2", .activation = Activation::geluTanh, .window = WindowRule::byLayer,
        .headDim = 256, .queryScale = 256, .attentionSoftcap = 50, .logitSoftcap = true,
        .logitSoftcapDefault = 30, .fourNorms = true},
    {.modelType = "gemma3_text", .theta = 1'000'000, .slidingTheta = 10'000,
        .activation = Activation::geluTanh, .window = WindowRule::byLayer, .headDim = 256,
        .queryScale = 256, .logitSoftcap = true, .normalisesQk = true, .fourNorms = true},
    {.modelType = "mixtral", .epsilon = 1e-5, .theta = 1'000'000, .window = WindowRule::always,
        .expertsPerToken = 2, .normaliseTopK = true, .alwaysNormalises = true},
    {.modelType = "qwen2_moe", .window = WindowRule::byLayer, .expertsPerToken = 4},
    {.modelType = "qwen3_moe", .window = WindowRule::always, .expertsPerToken = 8,
        .normalisesQk = true},
    {.modelType = "olmoe", .epsilon = 1e-5, .expertsPerToken = 8, .normalisesQk = true},
});

struct NormRow {
    std::string_view word;
    NormPlace place;
};

constexpr auto normRows = std::to_array<NormRow>({
    {"input_layernorm", NormPlace::beforeAttention},
    {"input_norm", NormPlace::beforeAttention},
    {"pre_attention_layernorm", NormPlace::beforeAttention},
    {"self_attn_layer_norm", NormPlace::beforeAttention},
    {"attention_norm", NormPlace::beforeAttention},
    {"attn_norm", NormPlace::beforeAttention},
    {"ln_attn", NormPlace::beforeAttention},
    {"ln_1", NormPlace::beforeAttention},
    {"ln1", NormPlace::beforeAttention},
    {"norm1", NormPlace::beforeAttention},
    {"norm_1", NormPlace::beforeAttention},
    {"pre_feedforward_layernorm", NormPlace::beforeMlp},
    {"pre_mlp_layernorm", NormPlace::beforeMlp},
    {"ffn_norm", NormPlace::beforeMlp},
    {"ln_mlp", NormPlace::beforeMlp},
    {"ln_2", NormPlace::beforeMlp},
    {"ln2", NormPlace::beforeMlp},
    {"norm2", NormPlace::beforeMlp},
    {"norm_2", NormPlace::beforeMlp},
    {"final_layer_norm", NormPlace::beforeMlp}, // inside a layer
    {"post_self_attn_layernorm", NormPlace::afterAttention},
    {"post_attention_layernorm", NormPlace::afterAttentionOrBeforeMlp},
    {"post_feedforward_layernorm", NormPlace::afterMlp},
    {"post_mlp_layernorm", NormPlace::afterMlp},
    {"q_a_layernorm", NormPlace::compressedQuery},
    {"kv_a_layernorm", NormPlace::compressedValue},
    {"q_norm", NormPlace::query},
    {"k_norm", NormPlace::key},
    {"post_attention_norm", NormPlace::afterAttention}, // these as llama.cpp spells them
    {"post_ffw_norm", NormPlace::afterMlp},
    {"attn_q_a_norm", NormPlace::compressedQuery},
    {"attn_kv_a_norm", NormPlace::compressedValue},
    {"attn_q_norm", NormPlace::query},
    {"attn_k_norm", NormPlace::key},
});

} // namespace

const Family* findFamily(std::string_view modelType)
{
    for (const Family& family : families) {
        if (family.modelType == modelType)
            return &family;
    }
    return nullptr;
}

bool storesNormsMinusOne(std::string_view modelType)
{
    return oneOf(modelType,
        {"gemma", "gemma2", "gemma3", "gemma3_text", "recurrent_gemma", "nemotron", "qwen3_next",
            "qwen3_5", "qwen3_5_text", "qwen3_5_moe", "qwen3_5_moe_text"});
}

bool normsRemoveMean(std::string_view modelType)
{
    return oneOf(modelType, {"cohere", "cohere2", "dbrx", "mpt", "nemotron", "stablelm"});
}

bool scalesEmbedding(std::string_view modelType)
{
    return oneOf(modelType, {"gemma", "gemma2", "gemma3", "gemma3_text"});
}

std::optional<Activation> findActivation(std::string_view word)
{
    if (oneOf(word, {"silu", "swish", "swiglu"}))
        return Activation::silu;
    if (oneOf(word, {"gelu_pytorch_tanh", "gelu_new", "gelu_fast", "gelu_python_tanh"}))
        return Activation::geluTanh;
    if (oneOf(word, {"gelu", "gelu_python"}))
        return Activation::gelu;
    if (word == "quick_gelu")
        return Activation::quickGelu;
    if (word == "relu")
        return Activation::relu;
    if (word == "relu2")
        return Activation::reluSquared;
    return std::nullopt;
}

std::optional<QkvLayout> qkvLayoutOf(std::string_view modelType)
{
    if (oneOf(modelType, {"phi3", "gpt2", "chatglm", "glm", "mpt", "dbrx", "qwen", "baichuan"}))
        return QkvLayout::stacked;
    if (oneOf(modelType, {"gpt_neox", "bloom", "gpt_neox_japanese"}))
        return QkvLayout::perHead;
    if (oneOf(modelType, {"internlm2", "falcon"})) // of one head, or of as many: the others' rows
        return QkvLayout::perGroup;
    return std::nullopt;
}

std::optional<NormPlace> normPlace(std::string_view module)
{
    for (const NormRow& row : normRows) {
        if (row.word == module)
            return row.place;
    }
    return std::nullopt;
}

bool isFinalNorm(std::string_view module)
{
    return oneOf(module,
        {"norm", "ln_f", "final_layernorm", "final_layer_norm", "final_norm", "norm_f",
            "output_norm"});
}

} // namespace bitloupe
