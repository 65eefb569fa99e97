// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_config.h"

#include "base/text.h"
#include "model/gguf_rope.h"
#include "model/layer_kinds.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

constexpr std::int64_t maxToken = std::int64_t {1} << 31;

struct ArchitectureRow {
    std::string_view name; // general.architecture
    std::string_view modelType; // of config.json
    bool pairsNeighbours = false; // the rotary embedding turns 2i with 2i + 1
    int slidingPeriod = 0; // every so many layers one attends to everything, the others to a window
    bool normaliseTopK = false; // weights of the chosen experts are divided by their sum
    int fullPeriod = 0; // every so many layers one has a cache, the others a state of one size
};

// Only what differs in name, or has facts that the keys do not tell. Gemma 2 and 3 go by the
// first's name, because what sets them apart in attention is not among the keys.
constexpr auto architectureRows = std::to_array<ArchitectureRow>({
    {"llama", "llama", true},
    {"qwen2moe", "qwen2_moe"},
    {"qwen3moe", "qwen3_moe", false, 0, true},
    {"smollm3", "smollm3", true},
    {"gemma2", "gemma", false, 2},
    {"gemma3", "gemma", false, 6},
    {"gptneox", "gpt_neox"},
    {"command-r", "cohere", true},
    {"cohere2", "cohere2", true, 4},
    {"gpt-oss", "gpt_oss", false, 2},
    {"glm4moe", "glm4_moe"},
    {"qwen3next", "qwen3_next", false, 0, false, 4},
    {"qwen35", "qwen3_5_text", false, 0, false, 4},
    {"qwen35moe", "qwen3_5_moe_text", false, 0, false, 4},
});

struct KeyRow {
    std::optional<std::int64_t> ConfigFacts::*fact;
    std::string_view key; // after "llama."
    std::int64_t most = maxConfigSize;
};

constexpr auto keyRows = std::to_array<KeyRow>({
    {&ConfigFacts::hiddenSize, "embedding_length"},
    {&ConfigFacts::intermediateSize, "feed_forward_length"},
    {&ConfigFacts::layers, "block_count", maxConfigLayers},
    {&ConfigFacts::heads, "attention.head_count"},
    {&ConfigFacts::kvHeads, "attention.head_count_kv"},
    {&ConfigFacts::headDim, "attention.key_length"},
    {&ConfigFacts::valueHeadDim, "attention.value_length"},
    {&ConfigFacts::vocabSize, "vocab_size"},
    {&ConfigFacts::maxPositions, "context_length"},
    {&ConfigFacts::slidingWindow, "attention.sliding_window"},
    {&ConfigFacts::experts, "expert_count"},
    {&ConfigFacts::expertsPerToken, "expert_used_count"},
    {&ConfigFacts::kvLoraRank, "attention.kv_lora_rank"},
});

class KeyReader {
public:
    KeyReader(const GgufMetadata& metadata, std::string architecture)
        : m_metadata(metadata)
        , m_architecture(std::move(architecture))
    {
        for (const ArchitectureRow& row : architectureRows) {
            if (row.name == m_architecture)
                m_row = &row;
        }
    }

    ConfigReading read(std::span<const TensorInfo> tensors, const GgufVector& vectors);

private:
    std::string key(std::string_view rest) const
    {
        return m_architecture + '.' + std::string(rest);
    }
    void warn(std::string_view where, std::string sentence)
    {
        m_reading.warnings.push_back({printable(where, 100), std::move(sentence)});
    }
    void readNumbers();
    void readPerLayer(const KeyRow& row, std::string_view name);
    void readHeadSizes();
    void readVocabulary();
    void readLayerKinds();
    void readLinearLayers();
    void readSlidingLayers();
    std::optional<std::vector<bool>> eachLayer(std::string_view rest) const;
    std::optional<std::int64_t> hiddenOverHeads() const;
    void readBlocks(const GgufVector& vectors);
    std::optional<double> positive(std::string_view rest);

    const GgufMetadata& m_metadata;
    std::string m_architecture;
    const ArchitectureRow* m_row = nullptr;
    ConfigReading m_reading;
};

std::optional<double> KeyReader::positive(std::string_view rest)
{
    const std::string name = key(rest);
    const auto value = m_metadata.number(name);
    if (value && *value > 1e-30 && *value < 1e30)
        return value;
    if (m_metadata.find(name) && value != 0)
        warn(name, "is not a positive number; ignored");
    return std::nullopt;
}

/// A list with one number a layer; the key-value heads alone may differ between layers.
void KeyReader::readPerLayer(const KeyRow& row, std::string_view name)
{
    const auto list = m_metadata.integers(name);
    const bool counts = list && !list->empty()
        && static_cast<std::int64_t>(list->size()) <= maxConfigLayers
        && std::all_of(list->begin(), list->end(),
            [](std::int64_t value) { return value >= 0 && value <= maxConfigSize; });
    if (!counts) {
        warn(name, "is not a list of counts; ignored");
        return;
    }
    const bool equal = std::adjacent_find(list->begin(), list->end(), std::not_equal_to<>())
        == list->end();
    if (equal && list->front() > 0)
        m_reading.facts.*row.fact = list->front();
    else if (row.fact == &ConfigFacts::kvHeads)
        m_reading.facts.kvHeadsPerLayer = *list;
}

void KeyReader::readNumbers()
{
    for (const KeyRow& row : keyRows) {
        const std::string name = key(row.key);
        const GgufPair* const pair = m_metadata.find(name);
        if (!pair)
            continue;
        if (pair->isArray()) {
            readPerLayer(row, name);
            continue;
        }
        const auto value = m_metadata.integer(name);
        if (!value || *value < 0 || *value > row.most)
            warn(name, "makes no sense (out of range or of the wrong type); ignored");
        else if (*value > 0) // 0 stands for "none"
            m_reading.facts.*row.fact = value;
    }
}

void KeyReader::readHeadSizes()
{
    ConfigFacts& facts = m_reading.facts;
    if (!facts.kvHeads && facts.kvHeadsPerLayer.empty())
        facts.kvHeads = facts.heads; // what clients do
    if (facts.kvLoraRank) {
        // Those of the one vector, not of the heads that are made of it.
        facts.headDim.reset();
        facts.valueHeadDim.reset();
        facts.qkRopeHeadDim = m_metadata.integer(key("rope.dimension_count"));
        return;
    }
    // Each of the two lengths alone stands for what it names; clients compute the other.
    if (facts.headDim && !facts.valueHeadDim)
        facts.valueHeadDim = hiddenOverHeads();
    if (facts.valueHeadDim == (facts.headDim ? facts.headDim : hiddenOverHeads()))
        facts.valueHeadDim.reset();
}

std::optional<std::int64_t> KeyReader::hiddenOverHeads() const
{
    const ConfigFacts& facts = m_reading.facts;
    return facts.hiddenSize && facts.heads && *facts.hiddenSize % *facts.heads == 0
        ? std::optional(*facts.hiddenSize / *facts.heads)
        : std::nullopt;
}

void KeyReader::readVocabulary()
{
    ConfigFacts& facts = m_reading.facts;
    const GgufPair* const tokens = m_metadata.find("tokenizer.ggml.tokens");
    if (!facts.vocabSize && tokens && tokens->isArray() && tokens->count > 0)
        facts.vocabSize = static_cast<std::int64_t>(tokens->count); // at most 2^30
    const auto token = [&](std::string_view name) -> std::optional<std::int64_t> {
        const auto id = m_metadata.integer(name);
        return id && *id >= 0 && *id < maxToken ? id : std::nullopt;
    };
    facts.blocks.bosToken = token("tokenizer.ggml.bos_token_id");
    facts.blocks.eosToken = token("tokenizer.ggml.eos_token_id");
}

/// Flags of all layers: converters write booleans, the client's own writer numbers.
std::optional<std::vector<bool>> KeyReader::eachLayer(std::string_view rest) const
{
    auto flags = m_metadata.flags(key(rest));
    if (const auto numbers = flags ? std::nullopt : m_metadata.integers(key(rest))) {
        flags.emplace();
        for (const std::int64_t number : *numbers)
            flags->push_back(number != 0);
    }
    const auto layers = static_cast<std::size_t>(m_reading.facts.layers.value_or(0));
    return flags && flags->size() == layers ? flags : std::nullopt;
}

std::vector<LayerKind> kindsOf(const std::vector<bool>& flags, LayerKind flagged)
{
    std::vector<LayerKind> kinds;
    for (const bool flag : flags)
        kinds.push_back(flag ? flagged : LayerKind::full);
    return kinds;
}

void KeyReader::readLayerKinds()
{
    readLinearLayers();
    if (m_reading.facts.slidingWindow && m_reading.facts.layerKinds.empty())
        readSlidingLayers();
    // Layers that predict further tokens come last and have no cache: drafts get one of their own.
    std::vector<LayerKind>& kinds = m_reading.facts.layerKinds;
    const auto layers = static_cast<std::size_t>(m_reading.facts.layers.value_or(0));
    const std::int64_t drafting = m_metadata.integer(key("nextn_predict_layers")).value_or(0);
    if (drafting <= 0 || static_cast<std::uint64_t>(drafting) >= layers)
        return;
    kinds.resize(layers, LayerKind::full);
    std::fill(kinds.end() - drafting, kinds.end(), LayerKind::linear);
}

// The clients read the list where there is one, else the interval.
void KeyReader::readLinearLayers()
{
    ConfigFacts& facts = m_reading.facts;
    if (!m_row || m_row->fullPeriod == 0)
        return;
    const auto period
        = m_metadata.integer(key("full_attention_interval")).value_or(m_row->fullPeriod);
    if (const auto each = eachLayer("attention.recurrent_layers"))
        facts.layerKinds = kindsOf(*each, LayerKind::linear);
    else if (period > 0)
        facts.layerKinds
            = periodicKinds(facts.layers.value_or(0), period, LayerKind::linear);
}

void KeyReader::readSlidingLayers()
{
    ConfigFacts& facts = m_reading.facts;
    if (ggufIgnoresWindow(facts.modelType)) {
        facts.slidingWindow.reset();
        return;
    }
    constexpr std::string_view pattern = "attention.sliding_window_pattern";
    const auto period
        = m_metadata.integer(key(pattern)).value_or(m_row ? m_row->slidingPeriod : 0);
    if (const auto each = eachLayer(pattern)) {
        facts.layerKinds = kindsOf(*each, LayerKind::sliding);
    } else if (period > 0) {
        facts.layerKinds = periodicKinds(facts.layers.value_or(0), period, LayerKind::sliding);
    } else {
        warn(key("attention.sliding_window"),
            "which layers attend to a window alone is not known; all are counted as attending to "
            "everything");
    }
}

void KeyReader::readBlocks(const GgufVector& vectors)
{
    BlockFacts& blocks = m_reading.facts.blocks;
    blocks.rope = readGgufRope(
        [this](std::string_view rest) { return positive(rest); },
        m_metadata.text(key("rope.scaling.type")), vectors);
    blocks.rope->pairsNeighbours = m_row && m_row->pairsNeighbours;
    const auto rotated = m_metadata.integer(key("rope.dimension_count"));
    const ConfigFacts& facts = m_reading.facts;
    const auto whole = facts.headDim ? facts.headDim : hiddenOverHeads();
    if (rotated && whole && *rotated > 0 && *rotated < *whole)
        blocks.rope->partialFactor = static_cast<double>(*rotated) / static_cast<double>(*whole);
    blocks.normEpsilon = positive("attention.layer_norm_rms_epsilon");
    if (!blocks.normEpsilon)
        blocks.normEpsilon = positive("attention.layer_norm_epsilon");
    blocks.embeddingFactor = positive("embedding_scale");
    blocks.residualFactor = positive("residual_scale");
    const auto limit = [this](std::string_view rest) -> OptionalLimit {
        return {m_metadata.find(key(rest)) != nullptr, positive(rest)};
    };
    blocks.attentionSoftcap = limit("attn_logit_softcapping");
    blocks.logitSoftcap = limit("final_logit_softcapping");
    blocks.clipQkv = limit("attention.clamp_kqv");
    blocks.normaliseTopK = m_metadata.flag(key("expert_weights_norm"));
    if (!blocks.normaliseTopK && m_row && m_row->normaliseTopK)
        blocks.normaliseTopK = true;
    blocks.parallelResidual = m_metadata.flag(key("use_parallel_residual"));
}

ConfigReading KeyReader::read(std::span<const TensorInfo> tensors, const GgufVector& vectors)
{
    ConfigFacts& facts = m_reading.facts;
    facts.present = true;
    facts.modelType = m_row ? std::string(m_row->modelType) : printable(m_architecture, 60);
    facts.architectures = {printable(m_architecture, 60)};
    readNumbers();
    if (m_architecture == "llama" && facts.experts)
        facts.modelType = "mixtral";
    // Low-rank attention keeps one vector a token in files that have its factors apart; older files
    // of the same name keep every head in full.
    if (m_architecture == "deepseek2" && facts.kvLoraRank) {
        if (m_metadata.find(key("attention.key_length_mla")))
            facts.modelType = "deepseek_v3";
        else
            facts.kvLoraRank.reset();
    }
    facts.outerModelType = facts.modelType;
    readHeadSizes();
    readVocabulary();
    readLayerKinds();
    readBlocks(vectors);
    facts.tiedEmbeddings = std::none_of(tensors.begin(), tensors.end(),
        [](const TensorInfo& tensor) { return tensor.role == TensorRole::lmHead; });
    return std::move(m_reading);
}

} // namespace

bool ggufIgnoresWindow(std::string_view modelType)
{
    constexpr std::string_view ignoring[] = {"llama", "mistral", "mistral3", "ministral", "mixtral",
        "qwen2", "qwen2_moe", "qwen3", "qwen3_moe", "phi3", "phimoe", "smollm3", "starcoder2"};
    return std::find(std::begin(ignoring), std::end(ignoring), modelType) != std::end(ignoring);
}

ConfigReading readGgufConfig(const GgufMetadata& metadata, std::span<const TensorInfo> tensors,
    const GgufVector& vectors)
{
    const auto architecture = metadata.text("general.architecture");
    if (architecture && !architecture->empty())
        return KeyReader(metadata, std::string(*architecture)).read(tensors, vectors);
    ConfigReading reading;
    reading.warnings.push_back({"general.architecture",
        "there is no such text, which clients demand; roles come from the names alone"});
    return reading;
}

ConfigNames ggufConfigNames(const GgufMetadata& metadata, std::string where)
{
    const std::string prefix
        = printable(metadata.text("general.architecture").value_or("")) + '.';
    return {std::move(where), prefix + "block_count", prefix + "embedding_length",
        prefix + "vocab_size", prefix + "expert_count", prefix + "attention.head_count_kv"};
}

} // namespace bitloupe
