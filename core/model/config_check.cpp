// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/config_reader.h"

#include <algorithm>

namespace bitloupe {
namespace {

/// What the tensors alone say about the language model; 0 where they say nothing.
struct Seen {
    std::int64_t layers = 0, hiddenSize = 0, vocabulary = 0, experts = 0;
    bool head = false;
};

bool isExpert(TensorRole role)
{
    return role == TensorRole::expertGate || role == TensorRole::expertUp
        || role == TensorRole::expertGateUp || role == TensorRole::expertDown;
}

std::int64_t clamped(std::uint64_t value)
{
    constexpr std::uint64_t most = std::uint64_t {1} << 62;
    return static_cast<std::int64_t>(std::min(value, most));
}

Seen look(std::span<const TensorInfo> tensors)
{
    Seen seen;
    for (const TensorInfo& tensor : tensors) {
        if (tensor.role == TensorRole::vision || tensor.role == TensorRole::projector)
            continue;
        seen.layers = std::max<std::int64_t>(seen.layers, tensor.layer + 1);
        seen.head = seen.head || tensor.role == TensorRole::lmHead;
        if (tensor.role == TensorRole::embedding && tensor.shape.size() == 2
            && clamped(tensor.shape[0]) > seen.vocabulary) {
            seen.vocabulary = clamped(tensor.shape[0]);
            seen.hiddenSize = clamped(tensor.shape[1]);
        }
        if (isExpert(tensor.role) && tensor.expert >= 0)
            seen.experts = std::max<std::int64_t>(seen.experts, tensor.expert + 1);
        else if (isExpert(tensor.role) && tensor.shape.size() == 3)
            seen.experts = std::max(seen.experts, clamped(tensor.shape[0]));
    }
    return seen;
}

class Reconciler {
public:
    Reconciler(ConfigFacts& facts, const std::string& where)
        : m_facts(facts)
        , m_where(where)
    {
    }

    void replace(std::optional<std::int64_t> ConfigFacts::*fact, std::string_view key,
        std::int64_t found)
    {
        warnings.push_back(
            {m_where, contradict(key, *(m_facts.*fact), found) + "; the tensors count"});
        m_facts.*fact = found;
    }

    std::string contradict(std::string_view key, std::int64_t said, std::int64_t found)
    {
        const std::string text = std::string(key) + " is " + std::to_string(said)
            + ", but the tensors show " + std::to_string(found);
        if (m_facts.contradiction.empty())
            m_facts.contradiction = text;
        return text;
    }

    std::vector<ModelWarning> warnings;

private:
    ConfigFacts& m_facts;
    const std::string& m_where;
};

} // namespace

std::vector<ModelWarning> reconcileConfig(ConfigFacts& facts, std::span<const TensorInfo> tensors,
    bool complete, const ConfigNames& names)
{
    Reconciler reconciler(facts, names.where);
    if (!facts.present)
        return {};
    const Seen seen = look(tensors);
    // Layers for predicting further tokens stand behind the counted ones.
    constexpr std::int64_t predictionLayers = 4;
    if (complete && facts.layers && seen.layers > 0
        && (*facts.layers > seen.layers || *facts.layers + predictionLayers < seen.layers))
        reconciler.replace(&ConfigFacts::layers, names.layers, seen.layers);
    if (facts.hiddenSize && seen.hiddenSize > 0 && *facts.hiddenSize != seen.hiddenSize)
        reconciler.replace(&ConfigFacts::hiddenSize, names.hiddenSize, seen.hiddenSize);
    if (facts.vocabSize && seen.vocabulary > 0 && *facts.vocabSize > seen.vocabulary)
        reconciler.replace(&ConfigFacts::vocabSize, names.vocabSize, seen.vocabulary);
    else if (facts.vocabSize && seen.vocabulary > *facts.vocabSize) // padded: usual, but told
        reconciler.contradict(names.vocabSize, *facts.vocabSize, seen.vocabulary);
    if (complete && facts.experts && seen.experts > 0 && *facts.experts != seen.experts)
        reconciler.replace(&ConfigFacts::experts, names.experts, seen.experts);
    const auto layers = static_cast<std::size_t>(facts.layers.value_or(0));
    if (facts.layerKinds.size() != layers)
        facts.layerKinds.clear();
    if (!facts.kvHeadsPerLayer.empty() && facts.kvHeadsPerLayer.size() != layers) {
        facts.kvHeadsPerLayer.clear();
        reconciler.warnings.push_back(
            {names.where, names.kvHeads + " does not have one number a layer; ignored"});
    }
    if (complete && facts.tiedEmbeddings == false && !seen.head && seen.vocabulary > 0
        && !facts.architectures.empty() && facts.architectures[0].ends_with("ForCausalLM")) {
        facts.tiedEmbeddings = true;
        reconciler.warnings.push_back({"config.json",
            "tie_word_embeddings is false, but there is no lm_head; taken as tied"});
    }
    return reconciler.warnings;
}

} // namespace bitloupe
