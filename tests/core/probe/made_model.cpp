// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/made_model.h"

#include "model/open.h"
#include "support/safetensors_bytes.h"
#include "support/synthetic_model.h"

#include <cmath>

namespace bitloupe::test {
namespace {

constexpr std::uint64_t hidden = 16, inner = 24, vocabulary = 40;

const char* const commonConfig
    = R"("hidden_size":16,"intermediate_size":24,"num_hidden_layers":2,"num_attention_heads":4,)"
      R"("num_key_value_heads":2,"head_dim":4,"vocab_size":40,"max_position_embeddings":512,)"
      R"("rms_norm_eps":1e-5,"tie_word_embeddings":true,"bos_token_id":1)";

std::string layer(int index) { return "model.layers." + std::to_string(index) + "."; }

} // namespace

void MadeModel::addMlp(const std::string& prefix)
{
    set(prefix + "gate_proj.weight", {inner, hidden});
    set(prefix + "up_proj.weight", {inner, hidden});
    set(prefix + "down_proj.weight", {hidden, inner});
}

void MadeModel::addLayer(const std::string& prefix)
{
    set(prefix + "input_layernorm.weight", {hidden});
    set(prefix + "post_attention_layernorm.weight", {hidden});
    set(prefix + "self_attn.q_proj.weight", {hidden, hidden});
    set(prefix + "self_attn.k_proj.weight", {hidden / 2, hidden});
    set(prefix + "self_attn.v_proj.weight", {hidden / 2, hidden});
    set(prefix + "self_attn.o_proj.weight", {hidden, hidden});
}

MadeModel MadeModel::llama()
{
    MadeModel made;
    made.m_config = std::string(R"({"model_type":"llama","hidden_act":"silu",)"
                                R"("rope_scaling":null,"rope_theta":10000.0,)")
        + commonConfig + "}";
    made.set("model.embed_tokens.weight", {vocabulary, hidden});
    made.set("model.norm.weight", {hidden});
    for (const int index : {0, 1}) {
        made.addLayer(layer(index));
        made.addMlp(layer(index) + "mlp.");
    }
    return made;
}

MadeModel MadeModel::gemma3()
{
    MadeModel made = llama();
    made.m_config
        = std::string(R"({"model_type":"gemma3_text","hidden_activation":"gelu_pytorch_tanh",)"
                      R"("rope_theta":1000000.0,"rope_local_base_freq":10000.0,)"
                      R"("query_pre_attn_scalar":8,"sliding_window":16,)"
                      R"("layer_types":["sliding_attention","full_attention"],)")
        + commonConfig + "}";
    for (const int index : {0, 1}) {
        made.set(layer(index) + "pre_feedforward_layernorm.weight", {hidden});
        made.set(layer(index) + "post_feedforward_layernorm.weight", {hidden});
        made.set(layer(index) + "self_attn.q_norm.weight", {4});
        made.set(layer(index) + "self_attn.k_norm.weight", {4});
    }
    return made;
}

MadeModel MadeModel::mixture()
{
    MadeModel made;
    made.m_config = std::string(R"({"model_type":"qwen3_moe","hidden_act":"silu",)"
                                R"("rope_theta":10000.0,"num_experts":4,"num_experts_per_tok":2,)"
                                R"("norm_topk_prob":true,)")
        + commonConfig + "}";
    made.set("model.embed_tokens.weight", {vocabulary, hidden});
    made.set("model.norm.weight", {hidden});
    for (const int index : {0, 1}) {
        made.addLayer(layer(index));
        made.set(layer(index) + "self_attn.q_norm.weight", {4});
        made.set(layer(index) + "self_attn.k_norm.weight", {4});
        made.set(layer(index) + "mlp.gate.weight", {4, hidden});
        for (const int expert : {0, 1, 2, 3})
            made.addMlp(layer(index) + "mlp.experts." + std::to_string(expert) + ".");
    }
    return made;
}

MadeModel MadeModel::lowRank()
{
    MadeModel made = llama();
    made.replaceInConfig(R"("model_type":"llama")", R"("model_type":"deepseek_v2")");
    for (const int index : {0, 1}) {
        const std::string attention = layer(index) + "self_attn.";
        made.set(attention + "k_proj.weight", {});
        made.set(attention + "v_proj.weight", {});
        made.set(attention + "q_proj.weight", {32, hidden});
        made.set(attention + "kv_a_proj_with_mqa.weight", {8 + 4, hidden});
        made.set(attention + "kv_a_layernorm.weight", {8});
        made.set(attention + "kv_b_proj.weight", {4 * (4 + 4), 8});
    }
    return made;
}

void MadeModel::set(const std::string& name, Shape shape)
{
    if (shape.empty() || shape[0] == 0)
        m_tensors.erase(name);
    else
        m_tensors[name] = std::move(shape);
}

void MadeModel::setValues(const std::string& name, Shape shape, std::vector<float> values)
{
    set(name, std::move(shape));
    m_values[name] = std::move(values);
}

bool MadeModel::replaceInConfig(const std::string& what, const std::string& by)
{
    const std::size_t at = m_config.find(what);
    if (at == std::string::npos)
        return false;
    m_config.replace(at, what.size(), by);
    return true;
}

std::vector<float> MadeModel::values(const std::string& name) const
{
    if (const auto set = m_values.find(name); set != m_values.end())
        return set->second;
    const Shape& shape = m_tensors.at(name);
    std::size_t count = 1;
    for (const std::uint64_t size : shape)
        count *= size;
    // Matrices keep the scale of their input; the embedding has that of states.
    const bool norm = shape.size() == 1;
    const bool table = name.find("embed") != std::string::npos;
    const double sigma = norm ? 0.1 : table ? 1 : 1 / std::sqrt(static_cast<double>(shape.back()));
    std::vector<float> values = testing::gaussianValues(count, name, sigma);
    for (float& value : values)
        value += norm ? 1.0f : 0.0f;
    return values;
}

std::shared_ptr<const Model> MadeModel::open() const
{
    SafetensorsBuilder builder;
    for (const auto& [name, shape] : m_tensors)
        builder.addFloats(name, shape, values(name));
    m_folder->write("model.safetensors", builder.bytes());
    if (!m_config.empty())
        m_folder->write("config.json", m_config);
    const auto model = openModel(m_folder->path(), Job {});
    return model ? *model : nullptr;
}

} // namespace bitloupe::test
