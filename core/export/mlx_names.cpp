// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/mlx_names.h"

#include "base/text.h"

#include <array>
#include <optional>
#include <utility>

namespace bitloupe {
namespace {

using enum HeadRule;
using enum ExpertNames;

constexpr std::string_view needsNewValues
    = "its norms and convolutions change value on the way to MLX, which is not done yet";

// What mlx-lm 0.32 loads; "identical" names need no column.
constexpr MlxArchitecture architectures[] = {
    {"llama", byConfig, none},
    {"mistral", byConfig, none},
    {"qwen2", byConfig, none},
    {"qwen3", byConfig, none},
    {"smollm3", byConfig, none},
    {"phi3", byConfig, none},
    {"granite", byConfig, none},
    {"gemma", tied, none},
    {"gemma2", tied, none},
    {"gemma3_text", byPresence, none},
    {"gemma3", byPresence, none, true},
    {"qwen3_moe", byConfig, mlp},
    {"qwen2_moe", required, mlp},
    {"olmoe", byConfig, mlp},
    {"mixtral", byConfig, blockSparse},
    {"deepseek", required, mlp},
    {"deepseek_v2", required, mlp},
    {"deepseek_v3", required, mlp, false, true},
    {"kimi_k2", required, mlp, false, true},
    {"glm4_moe", required, mlp, false, true},
    {"gpt_oss", required, interleaved},
    {"llama4", required, halvesTransposed, true},
    {"llama4_text", byConfig, none},
    {"granitemoe", byConfig, inputOutput},
    {"qwen3_5", byConfig, none, false, false, needsNewValues},
    {"qwen3_5_text", byConfig, none, false, false, needsNewValues},
    {"qwen3_5_moe", byConfig, none, false, false, needsNewValues},
    {"qwen3_next", byConfig, none, false, false, needsNewValues},
};

constexpr std::string_view visionPrefixes[] = {
    "vision_tower.", "vision_model.", "multi_modal_projector.", "model.vision_tower.",
    "model.vision_model.", "model.multi_modal_projector.",
};

bool startsWithAny(std::string_view name, std::span<const std::string_view> prefixes)
{
    for (const std::string_view prefix : prefixes)
        if (name.starts_with(prefix))
            return true;
    return false;
}

// Published wrapped checkpoints have two orders of the same words; MLX has one.
std::string wrappedName(std::string_view name)
{
    constexpr std::string_view newer = "model.language_model.";
    if (name.starts_with(newer))
        return "language_model.model." + std::string(name.substr(newer.size()));
    if (name.starts_with("lm_head."))
        return "language_model." + std::string(name);
    return std::string(name);
}

struct ExpertName {
    std::string before; // up to and with the last dot before "experts"
    int expert = 0;
    std::string after; // from the projection's name on
};

// "A.experts.12.up_proj.weight" -> {"A.", 12, "up_proj.weight"}.
std::optional<ExpertName> splitExpert(std::string_view name)
{
    constexpr std::string_view word = ".experts.";
    const std::size_t at = name.find(word);
    if (at == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = name.substr(at + word.size());
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    const auto number = parseUnsigned(rest.substr(0, dot));
    if (!number || *number > 1'000'000)
        return std::nullopt;
    return ExpertName {std::string(name.substr(0, at + 1)), static_cast<int>(*number),
        std::string(rest.substr(dot + 1))};
}

MlxMapping stored(std::string name, int expert = -1, SourceCut cut = {})
{
    return {MlxMapping::Fate::stored, {}, {{std::move(name), expert, cut}}};
}

MlxMapping unknownName() { return {MlxMapping::Fate::unknown, {}, {}}; }

// Both halves of a fused gate and up projection.
MlxMapping gateAndUp(
    const std::string& gate, const std::string& up, SourceCut gateCut, SourceCut upCut)
{
    return {MlxMapping::Fate::stored, {}, {{gate, -1, gateCut}, {up, -1, upCut}}};
}

MlxMapping mapNumberedExpert(const ExpertName& name, ExpertNames kind)
{
    using Pair = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Pair, 3> mlpNames {Pair {"gate_proj.weight", "gate_proj.weight"},
        Pair {"up_proj.weight", "up_proj.weight"}, Pair {"down_proj.weight", "down_proj.weight"}};
    constexpr std::array<Pair, 3> sparseNames {Pair {"w1.weight", "gate_proj.weight"},
        Pair {"w3.weight", "up_proj.weight"}, Pair {"w2.weight", "down_proj.weight"}};
    const bool sparse = kind == blockSparse;
    if (!name.before.ends_with(sparse ? ".block_sparse_moe." : ".mlp."))
        return unknownName();
    for (const auto& [from, to] : sparse ? sparseNames : mlpNames)
        if (name.after == from)
            return stored(name.before + "switch_mlp." + std::string(to), name.expert);
    return unknownName();
}

bool replaceSuffix(std::string& name, std::string_view from, std::string_view to)
{
    if (!name.ends_with(from))
        return false;
    name.replace(name.size() - from.size(), from.size(), to);
    return true;
}

// The axis that holds gate and up: the last but one of a matrix stack, or of its transpose.
std::uint64_t fusedRows(const TensorInfo& info, bool transposed)
{
    if (info.shape.size() < 3)
        return info.shape.empty() ? 0 : info.shape.back();
    return transposed ? info.shape[2] : info.shape[1];
}

// Kernels are [E, in, out] unless the fused axis is plainly the second one, as it is in files
// dequantized from the published blocks.
bool interleavedTransposed(const Model& model, const TensorInfo& info)
{
    const auto& config = model.config;
    if (info.shape.size() != 3 || !config.hiddenSize || !config.intermediateSize)
        return true;
    const auto hidden = static_cast<std::uint64_t>(*config.hiddenSize);
    const auto inner = static_cast<std::uint64_t>(*config.intermediateSize);
    return info.shape[1] == hidden || info.shape[1] != 2 * inner;
}

MlxMapping mapInterleaved(const Model& model, const TensorInfo& info)
{
    std::string name = info.name;
    if (replaceSuffix(name, ".experts.gate_up_proj", ".experts.")) {
        const bool transposed = interleavedTransposed(model, info);
        return gateAndUp(name + "gate_proj.weight", name + "up_proj.weight",
            {.transposed = transposed, .rowStep = 2, .rowParts = 2},
            {.transposed = transposed, .rowBegin = 1, .rowStep = 2, .rowParts = 2});
    }
    if (replaceSuffix(name, ".experts.gate_up_proj_bias", ".experts."))
        return gateAndUp(name + "gate_proj.bias", name + "up_proj.bias",
            {.columnStep = 2, .columnParts = 2},
            {.columnBegin = 1, .columnStep = 2, .columnParts = 2});
    if (replaceSuffix(name, ".experts.down_proj_bias", ".experts.down_proj.bias"))
        return stored(name);
    if (!replaceSuffix(name, ".experts.down_proj", ".experts.down_proj.weight"))
        return info.name.find(".experts.") == std::string::npos ? stored(name) : unknownName();
    std::string fused = info.name;
    replaceSuffix(fused, "down_proj", "gate_up_proj");
    const auto sibling = model.find(fused);
    return stored(name, -1,
        {.transposed = !sibling || interleavedTransposed(model, model.tensor(*sibling))});
}

MlxMapping mapHalvesTransposed(const TensorInfo& info, std::string name)
{
    if (replaceSuffix(name, ".experts.gate_up_proj", ".experts.")) {
        const std::uint64_t half = fusedRows(info, true) / 2;
        return gateAndUp(name + "gate_proj.weight", name + "up_proj.weight",
            {.transposed = true, .rowParts = 2},
            {.transposed = true, .rowBegin = half, .rowParts = 2});
    }
    if (replaceSuffix(name, ".experts.down_proj", ".experts.down_proj.weight"))
        return stored(name, -1, {.transposed = true});
    return name.find(".experts.") == std::string::npos ? stored(name) : unknownName();
}

MlxMapping mapInputOutput(const TensorInfo& info)
{
    std::string name = info.name;
    if (replaceSuffix(name, ".input_linear.weight", ".switch_mlp.")) {
        const std::uint64_t half = fusedRows(info, false) / 2;
        return gateAndUp(name + "gate_proj.weight", name + "up_proj.weight", {.rowParts = 2},
            {.rowBegin = half, .rowParts = 2});
    }
    replaceSuffix(name, ".output_linear.weight", ".switch_mlp.down_proj.weight");
    return stored(name);
}

bool isLaterLayer(const Model& model, const TensorInfo& info)
{
    return info.layer >= 0 && model.config.layers && info.layer >= *model.config.layers;
}

} // namespace

std::span<const MlxArchitecture> mlxArchitectures() { return architectures; }

const MlxArchitecture* findMlxArchitecture(std::string_view modelType)
{
    for (const MlxArchitecture& row : architectures)
        if (row.modelType == modelType)
            return &row;
    return nullptr;
}

MlxMapping mapToMlx(const MlxArchitecture* architecture, const Model& model, TensorId id)
{
    const TensorInfo& info = model.tensor(id);
    if (info.name.ends_with("rotary_emb.inv_freq"))
        return {MlxMapping::Fate::dropped, "rotary table, which the client computes", {}};
    if (info.role == TensorRole::auxiliary)
        return {MlxMapping::Fate::dropped, "auxiliary tensor", {}};
    if (architecture == nullptr)
        return stored(info.name);
    if (architecture->wrapper && startsWithAny(info.name, visionPrefixes))
        return {MlxMapping::Fate::dropped, "vision part, which mlx-lm does not load", {}};
    if (architecture->dropsLaterLayers && isLaterLayer(model, info))
        return {
            MlxMapping::Fate::dropped, "token prediction layer, which mlx-lm does not load", {}};
    const std::string name = architecture->wrapper ? wrappedName(info.name) : info.name;
    const std::string_view body = architecture->wrapper ? "language_model." : "model.";
    if (!name.starts_with(body) && !name.starts_with("lm_head."))
        return unknownName();
    switch (architecture->experts) {
    case interleaved:
        return mapInterleaved(model, info);
    case halvesTransposed:
        return mapHalvesTransposed(info, name);
    case inputOutput:
        return mapInputOutput(info);
    case none:
        return name.find(".experts.") == std::string::npos ? stored(name) : unknownName();
    case mlp:
    case blockSparse:
        if (const auto expert = splitExpert(name))
            return mapNumberedExpert(*expert, architecture->experts);
        return name.find(".experts.") == std::string::npos ? stored(name) : unknownName();
    }
    return unknownName();
}

std::string_view mlxEmbeddingName(const MlxArchitecture& architecture)
{
    return architecture.wrapper ? "language_model.model.embed_tokens.weight"
                                : "model.embed_tokens.weight";
}

std::vector<std::string> otherMlxSpellings(std::string_view modulePath)
{
    constexpr std::string_view text = "language_model.model.";
    constexpr std::string_view head = "language_model.lm_head";
    if (modulePath.starts_with(text))
        return {"model.language_model." + std::string(modulePath.substr(text.size()))};
    if (modulePath == head)
        return {"lm_head"};
    return {};
}

} // namespace bitloupe
