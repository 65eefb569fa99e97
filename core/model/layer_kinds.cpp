// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/layer_kinds.h"

#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace bitloupe {
namespace {

using nlohmann::json;

LayerKind kindOf(std::string_view word)
{
    if (word == "full_attention" || word == "attention" || word == "global_attention")
        return LayerKind::full;
    if (word == "sliding_attention" || word == "chunked_attention" || word == "local_attention")
        return LayerKind::sliding;
    // "linear_attention", "mamba", "conv", "recurrent", ...: a state that does not grow.
    return LayerKind::linear;
}

std::vector<LayerKind> slidingKinds(
    const json& text, const ConfigFacts& facts, std::int64_t layers)
{
    for (const std::string_view key : {"sliding_window_pattern", "_sliding_window_pattern"}) {
        if (const auto period = jsonInteger(text, key, 1, 10'000))
            return periodicKinds(layers, *period, LayerKind::sliding);
    }
    if (facts.modelType == "gemma2" || facts.modelType == "gpt_oss")
        return periodicKinds(layers, 2, LayerKind::sliding);
    if (facts.modelType == "gemma3_text" || facts.modelType == "gemma3")
        return periodicKinds(layers, 6, LayerKind::sliding);
    std::vector<LayerKind> kinds(static_cast<std::size_t>(layers), LayerKind::sliding);
    // Qwen 2: the layers below max_window_layers attend to everything.
    if (const auto full = jsonInteger(text, "max_window_layers", 0))
        std::fill_n(kinds.begin(), std::min(*full, layers), LayerKind::full);
    return kinds;
}

} // namespace

std::vector<LayerKind> periodicKinds(std::int64_t layers, std::int64_t period, LayerKind rest)
{
    std::vector<LayerKind> kinds;
    for (std::int64_t layer = 0; layer < layers; ++layer)
        kinds.push_back((layer + 1) % period == 0 ? LayerKind::full : rest);
    return kinds;
}

std::vector<LayerKind> readLayerKinds(const json& text, const ConfigFacts& facts)
{
    std::vector<LayerKind> kinds;
    const std::int64_t layers = facts.layers.value_or(0);
    if (const auto words = jsonStrings(text, "layer_types")) {
        for (const std::string& word : *words)
            kinds.push_back(kindOf(word));
    } else if (const auto interval = jsonInteger(text, "full_attention_interval", 1, 10'000)) {
        kinds = periodicKinds(layers, *interval, LayerKind::linear);
    } else if (facts.slidingWindow) {
        kinds = slidingKinds(text, facts, layers);
    }
    const bool allFull = std::all_of(
        kinds.begin(), kinds.end(), [](LayerKind kind) { return kind == LayerKind::full; });
    if (allFull || static_cast<std::int64_t>(kinds.size()) != layers)
        kinds.clear();
    return kinds;
}

} // namespace bitloupe
