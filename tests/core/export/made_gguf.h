// SPDX-License-Identifier: GPL-3.0-or-later
// Small checkpoints of the architectures that have a GGUF form, with their profile.
#pragma once

#include "core/export/made_checkpoint.h"
#include "export/decision_rows.h"
#include "export/gguf_target.h"

#include <fstream>

namespace bitloupe::tests {


namespace fs = std::filesystem;

// Two heads of 32 rows, one of keys; a byte-level tokenizer of 96 tokens.
inline std::string configOf(const std::string& type, const std::string& more = "")
{
    return R"({"model_type": ")" + type + R"(", "hidden_size": 64, "intermediate_size": 128,
 "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 1, "vocab_size": 96,
 "max_position_embeddings": 256, "rms_norm_eps": 1e-06, "rope_theta": 10000.0)"
        + more + "}";
}

inline std::string tokenizerText()
{
    std::string vocabulary;
    for (int id = 0; id < 94; ++id)
        vocabulary += (id == 0 ? "\"" : ", \"") + std::string(id == 1 || id == 59 ? "\\" : "")
            + static_cast<char>('!' + id) + "\": " + std::to_string(id);
    return R"({"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
 "model": {"type": "BPE", "merges": [], "vocab": {)"
        + vocabulary + "}}}";
}

using Tensors = std::vector<MadeTensor>;

inline Tensors attention(std::uint64_t headRows = 32)
{
    const std::string layer = "model.layers.0.";
    return {{"model.embed_tokens.weight", {96, 64}}, {"model.norm.weight", {64}},
        {layer + "input_layernorm.weight", {64}}, {layer + "post_attention_layernorm.weight", {64}},
        {layer + "self_attn.q_proj.weight", {2 * headRows, 64}},
        {layer + "self_attn.k_proj.weight", {headRows, 64}},
        {layer + "self_attn.v_proj.weight", {headRows, 64}},
        {layer + "self_attn.o_proj.weight", {64, 2 * headRows}}};
}

inline Tensors dense()
{
    Tensors tensors = attention();
    for (const char* name : {"gate", "up"})
        tensors.push_back(
            {"model.layers.0.mlp." + std::string(name) + "_proj.weight", {128, 64}});
    tensors.push_back({"model.layers.0.mlp.down_proj.weight", {64, 128}});
    return tensors;
}

class MadeGguf {
public:
    bool open(const std::string& config, const Tensors& tensors, ProfileOptions options = {})
    {
        writeCheckpoint(path("source"), config, tensors);
        std::ofstream(path("source") / "tokenizer.json") << tokenizerText();
        auto opened = openModel(path("source"), Job {});
        if (!opened) {
            error = opened.error();
            return false;
        }
        model = *opened;
        auto made = ggufProfile(*model, options);
        if (!made) {
            error = made.error();
            return false;
        }
        profile = std::move(*made);
        return true;
    }
    bool openFile(const fs::path& file, const ProfileOptions& options = {})
    {
        auto opened = openModel(file, Job {});
        if (!opened) {
            error = opened.error();
            return false;
        }
        model = *opened;
        auto made = ggufProfile(*model, options);
        if (!made) {
            error = made.error();
            return false;
        }
        profile = std::move(*made);
        return true;
    }
    /// Everything in floats.
    Result<ExportReport> exportTo(const std::string& name, const Job& job = {})
    {
        return exportAs(floats(), name, {}, job);
    }
    Result<ExportReport> exportAs(const std::vector<std::uint16_t>& options,
        const std::string& name, const ExportOptions& how, const Job& job = {})
    {
        Plan plan;
        plan.targetId = profile.targetId;
        for (const std::uint16_t option : options) {
            Choice choice;
            choice.option = option;
            plan.choices.push_back(choice);
        }
        Analysis nothing;
        nothing.modelDigest = model->digest();
        nothing.tensors.resize(model->tensors.size());
        const Evidence evidence = gatherEvidence(profile, nothing);
        auto completed = completePlan(profile, evidence, std::move(plan));
        if (!completed)
            return completed.error();
        return exportModel(model, profile, evidence, *completed, path(name), how, job);
    }
    fs::path path(const std::string& name) const
    {
        return fs::path(m_directory.path().toStdString()) / name;
    }
    const Decision* decision(std::string_view name) const
    {
        for (const Decision& entry : profile.decisions)
            if (entry.tensorName == name)
                return &entry;
        return nullptr;
    }
    /// This codec wherever rows allow it, floats elsewhere.
    std::vector<std::uint16_t> allAs(std::string_view codecName) const
    {
        std::vector<std::uint16_t> choice = floats();
        for (std::size_t d = 0; d < choice.size(); ++d)
            for (std::size_t o = 0; o < profile.decisions[d].options.size(); ++o)
                if (codec(profile.decisions[d].options[o].codec).name == codecName)
                    choice[d] = static_cast<std::uint16_t>(o);
        return choice;
    }
    std::vector<std::uint16_t> floats() const
    {
        std::vector<std::uint16_t> choice;
        for (const Decision& entry : profile.decisions)
            choice.push_back(static_cast<std::uint16_t>(entry.options.size() - 1));
        return choice;
    }
    std::vector<float> rows(const Decision& entry) const
    {
        const auto opened = DecisionRows::open(model, entry);
        std::vector<float> out(entry.elements);
        const RowTile all {0, 0, entry.slabs * entry.rows, 0, entry.columns};
        return opened && opened->read(all, out) ? out : std::vector<float>();
    }

    std::shared_ptr<const Model> model;
    TargetProfile profile;
    std::optional<Error> error;

private:
    QTemporaryDir m_directory;
};

inline const std::string expertConfig
    = R"(, "num_local_experts": 3, "num_experts_per_tok": 2)";

inline Tensors mixtral(bool fused)
{
    Tensors tensors = attention();
    const std::string part = "model.layers.0.block_sparse_moe.";
    tensors.push_back({part + "gate.weight", {3, 64}});
    if (fused) {
        tensors.push_back({part + "experts.gate_up_proj", {3, 256, 64}});
        tensors.push_back({part + "experts.down_proj", {3, 64, 128}});
        return tensors;
    }
    for (int e = 0; e < 3; ++e) {
        const std::string expert = part + "experts." + std::to_string(e) + ".";
        tensors.push_back({expert + "w1.weight", {128, 64}});
        tensors.push_back({expert + "w2.weight", {64, 128}});
        tensors.push_back({expert + "w3.weight", {128, 64}});
    }
    return tensors;
}

} // namespace bitloupe::tests
