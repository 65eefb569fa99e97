// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/config_reader.h"

#include "base/text.h"
#include "model/block_facts_reader.h"
#include "model/layer_kinds.h"
#include "model/quantization_config.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <array>

namespace bitloupe {
namespace {

using nlohmann::json;

struct NumberRow {
    std::optional<std::int64_t> ConfigFacts::*fact;
    std::array<std::string_view, 4> keys; // the first that is present counts
    std::int64_t most = maxConfigSize;
};

constexpr auto numbers = std::to_array<NumberRow>({
    {&ConfigFacts::hiddenSize, {"hidden_size", "n_embd", "d_model", "dim"}},
    {&ConfigFacts::intermediateSize, {"intermediate_size", "n_inner", "ffn_dim", "d_ff"}},
    {&ConfigFacts::layers, {"num_hidden_layers", "n_layer", "num_layers", "n_layers"}, maxConfigLayers},
    {&ConfigFacts::heads, {"num_attention_heads", "n_head", "num_heads", "n_heads"}},
    {&ConfigFacts::kvHeads, {"num_key_value_heads", "num_kv_heads", "n_kv_heads"}},
    {&ConfigFacts::headDim, {"head_dim", "attention_head_dim"}},
    {&ConfigFacts::valueHeadDim, {"v_head_dim"}},
    {&ConfigFacts::vocabSize, {"vocab_size", "padded_vocab_size"}},
    {&ConfigFacts::maxPositions, {"max_position_embeddings", "n_positions", "max_seq_len"}},
    {&ConfigFacts::slidingWindow, {"sliding_window"}},
    {&ConfigFacts::experts, {"num_experts", "num_local_experts", "n_routed_experts"}},
    {&ConfigFacts::expertsPerToken,
        {"num_experts_per_tok", "num_experts_per_token", "moe_topk", "moe_top_k"}},
    {&ConfigFacts::kvLoraRank, {"kv_lora_rank"}},
    {&ConfigFacts::qkRopeHeadDim, {"qk_rope_head_dim"}},
});

/// The part about the language model: the document itself, or the object nested in it.
const json& textPart(const json& document)
{
    for (const std::string_view key : {"text_config", "llm_config", "language_config"}) {
        const json* const nested = findJson(document, key);
        if (nested && nested->is_object())
            return *nested;
    }
    return document;
}

template <std::size_t N>
const json* firstOf(const json& text, const json& outer, const std::array<std::string_view, N>& keys)
{
    for (const json* part : {&text, &outer}) {
        for (const std::string_view key : keys) {
            if (const json* const value = key.empty() ? nullptr : findJson(*part, key))
                return value;
        }
    }
    return nullptr;
}

void readKvHeads(const json& list, ConfigReading& reading)
{
    std::vector<std::int64_t> heads;
    for (const json& item : list) {
        // Layers without attention say 0.
        const auto count = integerOf(item, 0, maxConfigSize);
        if (!count || heads.size() == static_cast<std::size_t>(maxConfigLayers)) {
            reading.warnings.push_back(
                {"config.json", "num_key_value_heads is not a list of counts; ignored"});
            return;
        }
        heads.push_back(*count);
    }
    reading.facts.kvHeadsPerLayer = std::move(heads);
}

void readNumbers(const json& text, const json& outer, ConfigReading& reading)
{
    for (const NumberRow& row : numbers) {
        const json* const value = firstOf(text, outer, row.keys);
        if (!value)
            continue;
        if (row.fact == &ConfigFacts::kvHeads && value->is_array()) {
            readKvHeads(*value, reading);
            continue;
        }
        const auto number = integerOf(*value, 0, row.most);
        if (!number)
            reading.warnings.push_back({"config.json",
                std::string(row.keys[0]) + " makes no sense (" + value->type_name()
                    + " out of range or of the wrong type); ignored"});
        else if (*number > 0) // 0 stands for "none" in several families
            reading.facts.*row.fact = *number;
    }
}

void readFlags(const json& text, const json& outer, ConfigReading& reading)
{
    for (const json* part : {&outer, &text}) {
        if (const auto tied = jsonBool(*part, "tie_word_embeddings"))
            reading.facts.tiedEmbeddings = tied;
        for (const std::string_view key : {"torch_dtype", "dtype"}) {
            if (const auto dtype = jsonString(*part, key))
                reading.facts.torchDtype = printable(*dtype, 40);
        }
    }
    const json* const tied = findJson(text, "tie_word_embeddings");
    if (tied && !tied->is_boolean())
        reading.warnings.push_back(
            {"config.json", "tie_word_embeddings is neither true nor false; ignored"});
    if (jsonBool(text, "use_sliding_window") == false)
        reading.facts.slidingWindow.reset();
}

} // namespace

Result<ConfigReading> readConfig(std::string_view text)
{
    const auto parsed = parseStrictJson(text);
    if (!parsed)
        return parsed.error();
    const json& outer = *parsed;
    if (!outer.is_object())
        return Error {Errc::badConfig, {}, "expected a JSON object"};
    const json& inner = textPart(outer);
    ConfigReading reading;
    reading.facts.present = true;
    reading.facts.outerModelType = jsonString(outer, "model_type").value_or("");
    reading.facts.modelType
        = jsonString(inner, "model_type").value_or(reading.facts.outerModelType);
    reading.facts.architectures
        = jsonStrings(outer, "architectures").value_or(std::vector<std::string>());
    readNumbers(inner, outer, reading);
    readFlags(inner, outer, reading);
    reading.facts.layerKinds = readLayerKinds(inner, reading.facts);
    reading.facts.blocks = readBlockFacts(inner, outer, reading.warnings);
    auto quantization = readQuantizationConfig(outer, inner);
    if (!quantization)
        return quantization.error();
    reading.facts.fp8 = quantization->fp8;
    reading.facts.fp8BlockSize = quantization->fp8BlockSize;
    reading.quantized = std::move(quantization->quantized);
    return reading;
}

} // namespace bitloupe
