// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/mlx_config.h"

#include "base/text.h"
#include "export/json_text.h"
#include "export/mlx_names.h"

#include <algorithm>
#include <map>
#include <optional>

namespace bitloupe {
namespace {

// What older spellings hold in one place and newer ones nest, copied out before the tree changes.
struct Rope {
    JsonText theta; // null: absent
    JsonText localTheta;
    JsonText scaling;
    JsonText partialFactor;
    JsonText originalPositions;
};

JsonText copyOf(const JsonText* object, std::string_view key)
{
    const JsonText* value = object != nullptr ? object->find(key) : nullptr;
    return value != nullptr ? *value : JsonText();
}

// rope_scaling as it was: everything but the base, and nothing when there is no scaling.
JsonText scalingOf(const JsonText& parameters)
{
    const std::string type = copyOf(&parameters, "rope_type").stringValue();
    if (type.empty() || type == "default")
        return {};
    JsonText scaling = parameters;
    scaling.remove("rope_theta");
    scaling.setIfAbsent("type", JsonText::string(type));
    return scaling;
}

std::optional<Rope> readRope(const JsonText& text)
{
    const JsonText* parameters = text.find("rope_parameters");
    if (parameters == nullptr || !parameters->isObject())
        return std::nullopt;
    const JsonText* full = parameters->find("full_attention");
    const JsonText* base = full != nullptr && full->isObject() ? full : parameters;
    Rope rope;
    rope.theta = copyOf(base, "rope_theta");
    rope.localTheta = copyOf(parameters->find("sliding_attention"), "rope_theta");
    rope.scaling = scalingOf(*base);
    rope.partialFactor = copyOf(base, "partial_rotary_factor");
    rope.originalPositions = copyOf(base, "original_max_position_embeddings");
    return rope;
}

void addUnlessNull(JsonText& text, std::string_view key, const JsonText& value)
{
    if (!value.isNull())
        text.setIfAbsent(key, value);
}

void addRope(JsonText& text)
{
    const auto rope = readRope(text);
    if (!rope)
        return;
    addUnlessNull(text, "rope_theta", rope->theta);
    addUnlessNull(text, "rope_local_base_freq", rope->localTheta);
    text.setIfAbsent("rope_scaling", rope->scaling); // null where some readers insist on the key
    addUnlessNull(text, "partial_rotary_factor", rope->partialFactor);
    addUnlessNull(text, "original_max_position_embeddings", rope->originalPositions);
}

// Period p such that exactly the layers p-1, 2p-1, ... are full attention.
Result<std::uint64_t> slidingPattern(const JsonText& layerTypes)
{
    const auto& layers = layerTypes.members();
    const auto isFull = [&](std::size_t i) {
        return layers[i].second.stringValue() == "full_attention";
    };
    std::size_t first = 0;
    while (first < layers.size() && !isFull(first))
        ++first;
    const std::size_t period = first + 1; // none is full: a period longer than the model
    for (std::size_t i = 0; i < layers.size(); ++i)
        if (isFull(i) != ((i + 1) % period == 0))
            return Error {Errc::unsupported, "config.json",
                "layer_types has no period, which mlx-lm expects of this model type"};
    return period;
}

Result<void> addSlidingPattern(JsonText& text)
{
    const JsonText* layerTypes = text.find("layer_types");
    if (text.find("sliding_window_pattern") != nullptr || layerTypes == nullptr
        || layerTypes->kind() != JsonText::Kind::array)
        return {};
    const auto period = slidingPattern(*layerTypes);
    if (!period)
        return period.error();
    text.set("sliding_window_pattern", JsonText::number(*period));
    return {};
}

void setDtype(JsonText& object, DType floatType, bool always)
{
    const JsonText name = JsonText::string(floatType == DType::F16 ? "float16" : "bfloat16");
    if (object.find("dtype") != nullptr)
        object.set("dtype", name);
    if (always || object.find("torch_dtype") != nullptr)
        object.set("torch_dtype", name);
}

bool isHead(const Decision& decision)
{
    return decision.name == "lm_head" || decision.name == "language_model.lm_head";
}

bool isGemma3(const ConfigFacts& config)
{
    return config.modelType.starts_with("gemma3") || config.outerModelType.starts_with("gemma3");
}

Result<void> addSpellings(JsonText& root, const Model& model, const TargetProfile& profile)
{
    JsonText* nested = root.find("text_config");
    const bool wrapped = nested != nullptr && nested->isObject();
    JsonText& text = wrapped ? *nested : root;
    addRope(text);
    addUnlessNull(text, "num_experts", copyOf(&text, "num_local_experts"));
    if (isGemma3(model.config))
        if (auto done = addSlidingPattern(text); !done)
            return done;
    const bool head = std::any_of(profile.decisions.begin(), profile.decisions.end(), isHead);
    text.set("tie_word_embeddings", JsonText::boolean(!head));
    setDtype(text, profile.floatType, !wrapped);
    text.remove("quantization_config");
    if (!wrapped)
        return {};
    // The client takes these of a wrapper from the top and gives them its own defaults there.
    const JsonText vocabulary = copyOf(&text, "vocab_size");
    addUnlessNull(root, "vocab_size", vocabulary);
    if (root.find("tie_word_embeddings") != nullptr)
        root.set("tie_word_embeddings", JsonText::boolean(!head));
    setDtype(root, profile.floatType, true);
    return {};
}

JsonText moduleEntry(const Codec& codec)
{
    JsonText entry = JsonText::object();
    entry.set("group_size", JsonText::number(static_cast<std::uint64_t>(codec.groupSize)));
    entry.set("bits", JsonText::number(static_cast<std::uint64_t>(codec.bits)));
    return entry;
}

// The codec of most elements: what readers see that know only one setting.
const Codec* commonestCodec(const TargetProfile& profile, std::span<const std::uint16_t> choice)
{
    std::map<CodecId, std::uint64_t> elements;
    for (std::size_t d = 0; d < choice.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        const CodecId id = decision.options[choice[d]].codec;
        if (codec(id).family == CodecFamily::affine)
            elements[id] += decision.elements;
    }
    const auto most = std::max_element(elements.begin(), elements.end(),
        [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == elements.end() ? nullptr : &codec(most->first);
}

// Stays float although the client has a quantizable module there.
bool isFloatModule(const Decision& decision)
{
    return decision.shape.size() >= 2 && decision.role != TensorRole::norm
        && decision.tensorName.ends_with(".weight");
}

JsonText quantizationOf(
    const TargetProfile& profile, std::span<const std::uint16_t> choice, const Codec& commonest)
{
    JsonText all = moduleEntry(commonest);
    all.set("mode", JsonText::string("affine"));
    for (std::size_t d = 0; d < choice.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        const Codec& chosen = codec(decision.options[choice[d]].codec);
        const bool quantized = chosen.family == CodecFamily::affine;
        if (!quantized && !isFloatModule(decision))
            continue;
        const JsonText entry = quantized ? moduleEntry(chosen) : JsonText::boolean(false);
        all.members().emplace_back(decision.name, entry);
        for (const std::string& spelling : otherMlxSpellings(decision.name))
            all.members().emplace_back(spelling, entry);
    }
    return all;
}

std::uint64_t unsignedOf(const JsonText& object, std::string_view key)
{
    const JsonText* value = object.find(key);
    return value != nullptr ? parseUnsigned(value->spelling()).value_or(0) : 0;
}

} // namespace

Result<std::string> mlxConfig(const Model& model, const TargetProfile& profile,
    std::span<const std::uint16_t> choice)
{
    auto root = JsonText::parse(model.configText.empty() ? "{}" : model.configText, "config.json");
    if (!root)
        return root.error();
    if (!root->isObject())
        return Error {Errc::badConfig, "config.json", "found no object"};
    root->remove("quantization");
    root->remove("quantization_config");
    if (auto done = addSpellings(*root, model, profile); !done)
        return done.error();
    if (const Codec* commonest = commonestCodec(profile, choice)) {
        const JsonText quantization = quantizationOf(profile, choice, *commonest);
        root->set("quantization", quantization);
        root->set("quantization_config", quantization);
    }
    return root->text();
}

Result<std::vector<MlxModuleBits>> readMlxQuantization(std::string_view configText)
{
    auto root = JsonText::parse(configText, "config.json");
    if (!root)
        return root.error();
    std::vector<MlxModuleBits> modules;
    const JsonText* quantization = root->find("quantization");
    if (quantization == nullptr || !quantization->isObject())
        return modules;
    const JsonText* twin = root->find("quantization_config");
    if (twin == nullptr || twin->text() != quantization->text())
        return Error {Errc::badConfig, "config.json",
            "quantization and quantization_config differ"};
    for (const auto& [path, value] : quantization->members())
        if (value.isObject())
            modules.push_back({path, unsignedOf(value, "bits"), unsignedOf(value, "group_size")});
    return modules;
}

} // namespace bitloupe
