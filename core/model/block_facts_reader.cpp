// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/block_facts_reader.h"

#include "base/text.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace bitloupe {
namespace {

using nlohmann::json;

constexpr std::size_t maxFactors = 4096; // frequencies of one head
constexpr std::size_t maxFlags = 10'000; // layers

class Reader {
public:
    Reader(const json& text, std::vector<ModelWarning>& warnings)
        : m_text(text)
        , m_warnings(warnings)
    {
    }

    /// A finite number above zero, in a range that floats hold with room to spare.
    std::optional<double> positive(const json& object, std::string_view key)
    {
        const json* const value = findJson(object, key);
        if (!value)
            return std::nullopt;
        const auto number = jsonNumber(object, key);
        if (!number || !(*number > 1e-30 && *number < 1e30)) {
            warn(key, "is not a positive number");
            return std::nullopt;
        }
        return number;
    }

    std::optional<double> positive(std::string_view key) { return positive(m_text, key); }

    OptionalLimit limit(std::string_view key)
    {
        return {m_text.contains(key), positive(key)};
    }

    std::vector<float> factors(const json& object, std::string_view key)
    {
        std::vector<float> values;
        const json* const list = findJson(object, key);
        if (!list)
            return values;
        if (list->is_array() && list->size() <= maxFactors) {
            for (const json& item : *list) {
                const double value = item.is_number() ? item.get<double>() : 0;
                if (!(value > 1e-6 && value < 1e6))
                    break;
                values.push_back(static_cast<float>(value));
            }
            if (values.size() == list->size())
                return values;
        }
        warn(key, "is not a list of positive numbers");
        return {};
    }

    RopeFacts rope(const json& object);
    void warn(std::string_view key, std::string_view why)
    {
        m_warnings.push_back(
            {"config.json", std::string(key) + " " + std::string(why) + "; ignored"});
    }

private:
    const json& m_text;
    std::vector<ModelWarning>& m_warnings;
};

RopeKind ropeKindOf(std::string_view word)
{
    struct Row {
        std::string_view word;
        RopeKind kind;
    };
    constexpr auto rows = std::to_array<Row>({
        {"default", RopeKind::plain},
        {"linear", RopeKind::linear},
        {"dynamic", RopeKind::dynamic},
        {"yarn", RopeKind::yarn},
        {"longrope", RopeKind::longrope},
        {"su", RopeKind::longrope},
        {"llama3", RopeKind::llama3},
    });
    for (const Row& row : rows) {
        if (row.word == word)
            return row.kind;
    }
    return RopeKind::unknown;
}

RopeFacts Reader::rope(const json& object)
{
    RopeFacts facts;
    const auto newWord = jsonString(object, "rope_type");
    const std::string word = newWord ? *newWord : jsonString(object, "type").value_or("default");
    facts.kind = ropeKindOf(word);
    facts.kindText = printable(word, 40);
    facts.theta = positive(object, "rope_theta");
    facts.partialFactor = positive(object, "partial_rotary_factor");
    facts.factor = positive(object, "factor");
    facts.attentionFactor = positive(object, "attention_factor");
    facts.originalMaxPositions = positive(object, "original_max_position_embeddings");
    facts.betaFast = positive(object, "beta_fast");
    facts.betaSlow = positive(object, "beta_slow");
    facts.mscale = positive(object, "mscale");
    facts.mscaleAllDim = positive(object, "mscale_all_dim");
    facts.truncate = jsonBool(object, "truncate").value_or(true);
    facts.lowFrequencyFactor = positive(object, "low_freq_factor");
    facts.highFrequencyFactor = positive(object, "high_freq_factor");
    facts.shortFactors = factors(object, "short_factor");
    facts.longFactors = factors(object, "long_factor");
    return facts;
}

/// Values beside the table of rotary parameters, where older files have them.
void addOuterRope(RopeFacts& facts, const json& text, Reader& reader)
{
    if (!facts.theta)
        facts.theta
            = reader.positive(text.contains("rotary_emb_base") ? "rotary_emb_base" : "rope_theta");
    if (!facts.partialFactor)
        facts.partialFactor
            = reader.positive(text.contains("rotary_pct") ? "rotary_pct" : "partial_rotary_factor");
    if (const auto outer = reader.positive("original_max_position_embeddings"))
        facts.originalMaxPositions = outer; // counts before the one inside
}

void readRope(const json& text, Reader& reader, BlockFacts& facts)
{
    const json empty = json::object();
    const json* table = findJson(text, "rope_parameters");
    if (!table || !table->is_object())
        table = findJson(text, "rope_scaling");
    if (!table || !table->is_object())
        table = &empty;
    const json* const full = findJson(*table, "full_attention");
    const json* const sliding = findJson(*table, "sliding_attention");
    facts.rope = reader.rope(full && full->is_object() ? *full : *table);
    addOuterRope(*facts.rope, text, reader);
    if (sliding && sliding->is_object()) {
        facts.slidingRope = reader.rope(*sliding);
    } else if (const auto theta = reader.positive("rope_local_base_freq")) {
        facts.slidingRope.emplace();
        facts.slidingRope->theta = theta;
    }
}

std::vector<bool> flags(const json& text, std::string_view key, Reader& reader)
{
    std::vector<bool> values;
    const json* const list = findJson(text, key);
    if (!list)
        return values;
    if (list->is_array() && list->size() <= maxFlags) {
        for (const json& item : *list) {
            const auto number = integerOf(item, 0, 1);
            if (!number && !item.is_boolean())
                break;
            values.push_back(number ? *number == 1 : item.get<bool>());
        }
        if (values.size() == list->size())
            return values;
    }
    reader.warn(key, "is not a list of flags");
    return {};
}

/// A token id; of a list, the first.
std::optional<std::int64_t> tokenId(const json& text, const json& outer, std::string_view key)
{
    for (const json* part : {&text, &outer}) {
        const json* value = findJson(*part, key);
        if (value && value->is_array() && !value->empty())
            value = &value->front();
        if (const auto id = value ? integerOf(*value, 0, std::int64_t(1) << 31) : std::nullopt)
            return id;
    }
    return std::nullopt;
}

} // namespace

BlockFacts readBlockFacts(
    const json& text, const json& outer, std::vector<ModelWarning>& warnings)
{
    Reader reader(text, warnings);
    BlockFacts facts;
    readRope(text, reader, facts);
    for (const std::string_view key :
        {"rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon", "norm_epsilon", "norm_eps"}) {
        if (!facts.normEpsilon)
            facts.normEpsilon = reader.positive(key);
    }
    for (const std::string_view key : {"hidden_activation", "hidden_act", "activation_function"}) {
        const auto word = jsonString(text, key);
        if (word && !facts.activation)
            facts.activation = printable(*word, 40);
    }
    facts.queryScale = reader.positive("query_pre_attn_scalar");
    facts.embeddingFactor
        = reader.positive(text.contains("scale_emb") ? "scale_emb" : "embedding_multiplier");
    facts.residualFactor = reader.positive("residual_multiplier");
    facts.attentionSoftcap = reader.limit("attn_logit_softcapping");
    facts.logitSoftcap = reader.limit("final_logit_softcapping");
    facts.clipQkv = reader.limit("clip_qkv");
    facts.normaliseTopK = jsonBool(text, "norm_topk_prob");
    facts.parallelResidual = jsonBool(
        text, text.contains("parallel_attn") ? "parallel_attn" : "use_parallel_residual");
    facts.useSlidingWindow = jsonBool(text, "use_sliding_window");
    facts.ropeLayers = flags(text, "no_rope_layers", reader);
    facts.noRopeInterval = jsonInteger(text, "no_rope_layer_interval", 1, 10'000);
    facts.bosToken = tokenId(text, outer, "bos_token_id");
    facts.eosToken = tokenId(text, outer, "eos_token_id");
    return facts;
}

} // namespace bitloupe
