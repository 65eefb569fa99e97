// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/made_checkpoint.h"

#include "numeric/float_types.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <map>

namespace bitloupe::tests {
namespace {

namespace fs = std::filesystem;

float spread(std::uint64_t tensor, std::uint64_t index)
{
    const std::uint64_t mixed = (index * 2654435761u + tensor * 40503u) % 65521u;
    return (static_cast<float>(mixed) / 65521.0F - 0.5F) * 0.25F;
}

void append(std::string& data, DType dtype, float value)
{
    const auto put = [&data](const auto& bits) {
        data.append(reinterpret_cast<const char*>(&bits), sizeof bits);
    };
    if (dtype == DType::BF16)
        put(floatToBf16(value));
    else if (dtype == DType::F16)
        put(floatToF16(value));
    else if (dtype == DType::F32)
        put(value);
    else if (dtype == DType::F8_E4M3)
        put(static_cast<std::uint8_t>(value)); // the code itself
    else
        put(static_cast<std::int32_t>(value));
}

std::string shapeText(const Shape& shape)
{
    std::string text;
    for (const std::uint64_t axis : shape)
        text += (text.empty() ? "" : ",") + std::to_string(axis);
    return "[" + text + "]";
}

void writeFile(const fs::path& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

} // namespace

void writeCheckpoint(
    const fs::path& folder, const std::string& config, const std::vector<MadeTensor>& tensors)
{
    fs::create_directories(folder);
    std::string data;
    std::string json = "{\"__metadata__\":{\"format\":\"pt\"}";
    for (std::size_t t = 0; t < tensors.size(); ++t) {
        const MadeTensor& tensor = tensors[t];
        std::uint64_t elements = 1;
        for (const std::uint64_t axis : tensor.shape)
            elements *= axis;
        const std::size_t begin = data.size();
        for (std::uint64_t i = 0; i < elements; ++i)
            append(data, tensor.dtype, tensor.value ? tensor.value(i) : spread(t, i));
        json += ",\"" + tensor.name + "\":{\"dtype\":\""
            + std::string(dtypeInfo(tensor.dtype).name) + "\",\"shape\":" + shapeText(tensor.shape)
            + ",\"data_offsets\":[" + std::to_string(begin) + "," + std::to_string(data.size())
            + "]}";
    }
    json += "}";
    json.resize((json.size() + 7) / 8 * 8, ' ');
    std::uint64_t length = json.size();
    std::string file(sizeof length, '\0');
    std::memcpy(file.data(), &length, sizeof length);
    writeFile(folder / "model.safetensors", file + json + data);
    writeFile(folder / "config.json", config);
    writeFile(folder / "tokenizer.json", "{}");
}

std::string llamaConfig(bool tied)
{
    return std::string(R"({"model_type": "llama", "architectures": ["LlamaForCausalLM"],
 "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2,
 "num_key_value_heads": 2, "vocab_size": 96, "rms_norm_eps": 1e-06, "torch_dtype": "bfloat16",
 "rope_parameters": {"rope_theta": 500000.0, "rope_type": "default"}, "tie_word_embeddings": )")
        + (tied ? "true}" : "false}");
}

std::vector<MadeTensor> llamaTensors(bool tied)
{
    std::vector<MadeTensor> tensors {{"model.embed_tokens.weight", {96, 64}, DType::BF16, {}},
        {"model.norm.weight", {64}, DType::BF16, {}}};
    if (!tied)
        tensors.push_back({"lm_head.weight", {96, 64}, DType::BF16, {}});
    for (int layer = 0; layer < 2; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        for (const char* name : {"q", "k", "v", "o"})
            tensors.push_back(
                {prefix + "self_attn." + name + "_proj.weight", {64, 64}, DType::BF16, {}});
        tensors.push_back({prefix + "mlp.gate_proj.weight", {128, 64}, DType::BF16, {}});
        tensors.push_back({prefix + "mlp.up_proj.weight", {128, 64}, DType::BF16, {}});
        tensors.push_back({prefix + "mlp.down_proj.weight", {64, 128}, DType::BF16, {}});
        tensors.push_back({prefix + "input_layernorm.weight", {64}, DType::BF16, {}});
    }
    return tensors;
}

Bench::Bench() = default;

fs::path Bench::path(const std::string& name) const
{
    return fs::path(m_directory.path().toStdString()) / name;
}

bool Bench::open(
    const std::string& config, const std::vector<MadeTensor>& tensors, bool force)
{
    writeCheckpoint(path("source"), config, tensors);
    auto opened = openModel(path("source"), Job {});
    if (!opened) {
        problem = opened.error().message();
        return false;
    }
    model = *opened;
    auto made = findExportTarget("mlx")->profile(*model, {force});
    if (!made) {
        problem = made.error().message();
        return false;
    }
    profile = std::move(*made);
    Analysis nothing;
    nothing.modelDigest = model->digest();
    nothing.tensors.resize(model->tensors.size());
    evidence = gatherEvidence(profile, nothing);
    return planAll("affine-4-g64");
}

bool Bench::planAll(const std::string& codecName)
{
    Plan choices;
    choices.targetId = "mlx";
    choices.modelDigest = model->digest();
    for (const Decision& decision : profile.decisions) {
        Choice choice;
        choice.option = static_cast<std::uint16_t>(decision.options.size() - 1);
        for (std::size_t i = 0; i < decision.options.size(); ++i)
            if (codec(decision.options[i].codec).name == codecName)
                choice.option = static_cast<std::uint16_t>(i);
        choices.choices.push_back(choice);
    }
    auto completed = completePlan(profile, evidence, std::move(choices));
    if (!completed) {
        problem = completed.error().message();
        return false;
    }
    plan = std::move(*completed);
    return true;
}

Result<ExportReport> Bench::exportTo(
    const std::string& name, const ExportOptions& options, const Job& job)
{
    return exportModel(model, profile, evidence, plan, path(name), options, job);
}

const Decision* Bench::decision(const std::string& name) const
{
    for (const Decision& entry : profile.decisions)
        if (entry.name == name)
            return &entry;
    return nullptr;
}

std::string readText(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string folderContent(const fs::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(folder).string()] = readText(entry.path());
    std::string all;
    for (const auto& [name, text] : files)
        all += name + "\n" + text;
    return all;
}

} // namespace bitloupe::tests
