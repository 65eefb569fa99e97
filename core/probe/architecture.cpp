// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/architecture.h"

#include "base/text.h"
#include "probe/attention_layout.h"
#include "probe/families.h"
#include "probe/layer_tensors.h"
#include "probe/mlp_layout.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

/// The four norms of a block and those of q and k, by what their modules are called.
struct NormIds {
    std::optional<TensorId> beforeAttention, beforeMlp, afterAttention, afterMlp, either;
    std::optional<TensorId> query, key, compressedQuery, compressedValue;

    std::optional<TensorId>& at(NormPlace place)
    {
        switch (place) {
        case NormPlace::beforeAttention:
            return beforeAttention;
        case NormPlace::beforeMlp:
            return beforeMlp;
        case NormPlace::afterAttention:
            return afterAttention;
        case NormPlace::afterMlp:
            return afterMlp;
        case NormPlace::afterAttentionOrBeforeMlp:
            return either;
        case NormPlace::query:
            return query;
        case NormPlace::compressedQuery:
            return compressedQuery;
        case NormPlace::compressedValue:
            return compressedValue;
        case NormPlace::key:
            break;
        }
        return key;
    }

    /// "post_attention_layernorm" stands before the MLP unless another norm does.
    void settle()
    {
        if (either && (beforeMlp || (!beforeAttention && afterMlp)))
            afterAttention = afterAttention ? afterAttention : either;
        else if (either)
            beforeMlp = either;
    }
};

class Describer {
public:
    explicit Describer(const Model& model)
        : m_model(model)
        , m_parts(model, m_obstacles)
        , m_family(findFamily(model.config.modelType))
    {
    }

    Architecture describe();

private:
    void lookAtWhole();
    void findEmbedding(const LayerTensors& outside);
    void findEnds(const LayerTensors& outside);
    void findHead(const LayerTensors& outside);
    std::size_t layerCount() const;
    Block block(const LayerTensors& layer, std::size_t index);
    NormIds norms(const LayerTensors& layer);
    void addNorms(const LayerTensors& layer, const NormIds& ids, Block& block);
    void expectAllUsed(const LayerTensors& layer);
    double epsilon() const
    {
        return m_model.config.blocks.normEpsilon.value_or(m_family ? m_family->epsilon : 1e-5);
    }

    const Model& m_model;
    Obstacles m_obstacles;
    TensorParts m_parts;
    const Family* m_family;
    Architecture m_result;
};

void Describer::lookAtWhole()
{
    const ConfigFacts& config = m_model.config;
    if (m_model.quantized)
        m_obstacles.againstForward("the model is quantized already: " + m_model.quantized->text());
    if (!config.present)
        m_obstacles.againstFull(m_model.format == ModelFormat::gguf
                ? "there is no general.architecture that says how attention is computed"
                : "there is no config.json that says how attention is computed");
    else if (!m_family)
        m_obstacles.againstFull("the attention of the architecture \""
            + printable(config.modelType, 60) + "\" is not known");
    if (config.blocks.clipQkv.value)
        m_obstacles.againstFull("clipping of q, k and v is not known");
}

void Describer::findEmbedding(const LayerTensors& outside)
{
    const auto isAsWide = [this](TensorId id) {
        return m_model.config.hiddenSize
            && m_model.tensor(id).shape[1]
            == static_cast<std::uint64_t>(*m_model.config.hiddenSize);
    };
    std::optional<TensorId> best;
    for (const TensorId id : outside.all) {
        const TensorInfo& tensor = m_model.tensor(id);
        if (tensor.role != TensorRole::embedding || tensor.shape.size() != 2
            || moduleName(tensor.name).ends_with("per_layer"))
            continue;
        if (!best || (!isAsWide(*best) && isAsWide(id)))
            best = id;
    }
    const auto table = best ? m_parts.linear(*best) : std::nullopt;
    if (!table) {
        m_obstacles.againstForward("there is no embedding matrix that can be read");
        return;
    }
    m_result.embedding = *best;
    m_result.hidden = table->in;
    m_result.vocabulary = table->out;
    const auto said = m_model.config.vocabSize;
    if (said && static_cast<std::uint64_t>(*said) < table->out)
        m_result.vocabulary = static_cast<std::size_t>(*said);
    if (scalesEmbedding(m_model.config.modelType))
        m_result.embeddingScale = std::sqrt(static_cast<float>(table->in));
    else if (!m_family)
        m_result.embeddingScale = m_model.config.blocks.embeddingFactor.value_or(1);
    const auto bos = m_model.config.blocks.bosToken;
    if (bos && static_cast<std::uint64_t>(*bos) < m_result.vocabulary)
        m_result.bosToken = static_cast<std::uint32_t>(*bos);
}

void Describer::findEnds(const LayerTensors& outside)
{
    for (const TensorId id : outside.norms) {
        const std::string_view module = moduleName(m_model.tensor(id).name);
        if (isFinalNorm(module) && !m_result.finalNorm)
            m_result.finalNorm = m_parts.norm(id, m_result.hidden, epsilon());
        else if (module.find("embedding") != std::string_view::npos && !m_result.embeddingNorm)
            m_result.embeddingNorm = m_parts.norm(id, m_result.hidden, epsilon());
    }
    if (m_result.embeddingNorm)
        m_obstacles.againstFull("the embeddings have a norm, which its architecture does not");
    if (!m_result.finalNorm)
        m_obstacles.againstFull("there is no final norm");
    const auto positions = outside.find(TensorRole::positionEmbedding);
    const auto table = positions ? m_parts.linear(*positions) : std::nullopt;
    if (table && m_parts.expect(*table, "columns", table->in, m_result.hidden)) {
        m_result.positions = *positions;
        m_result.positionOffset = m_model.config.modelType == "opt" ? 2 : 0;
    }
    findHead(outside);
}

void Describer::findHead(const LayerTensors& outside)
{
    const auto own = outside.find(TensorRole::lmHead);
    if (own && m_model.config.tiedEmbeddings != true)
        m_result.head = m_parts.linear(*own);
    else if (m_model.config.tiedEmbeddings != false)
        m_result.head = m_parts.linear(m_result.embedding);
    if (!m_result.head) {
        m_obstacles.againstFull("there is no head that turns states into logits");
        return;
    }
    m_parts.expect(*m_result.head, "columns", m_result.head->in, m_result.hidden);
    if (m_family && m_family->logitSoftcap) {
        const OptionalLimit& limit = m_model.config.blocks.logitSoftcap;
        m_result.logitSoftcap = limit.value;
        if (!limit.given && m_family->logitSoftcapDefault > 0)
            m_result.logitSoftcap = m_family->logitSoftcapDefault;
    }
}

std::size_t Describer::layerCount() const
{
    int last = -1;
    for (const TensorInfo& tensor : m_model.tensors) {
        if (tensor.role != TensorRole::vision && tensor.role != TensorRole::projector)
            last = std::max(last, tensor.layer);
    }
    const auto seen = static_cast<std::size_t>(last + 1);
    // Layers behind the counted ones predict further tokens and do not stand in the chain.
    const auto said = m_model.config.layers;
    const bool fewer = said && static_cast<std::uint64_t>(*said) < seen;
    return fewer ? static_cast<std::size_t>(*said) : seen;
}

NormIds Describer::norms(const LayerTensors& layer)
{
    NormIds ids;
    for (const TensorId id : layer.norms) {
        const auto place = normPlace(moduleName(m_model.tensor(id).name));
        if (!place)
            continue;
        if (ids.at(*place))
            m_obstacles.againstForward(layer.place + " has two norms in the same place");
        ids.at(*place) = id;
    }
    ids.settle();
    return ids;
}

void Describer::addNorms(const LayerTensors& layer, const NormIds& ids, Block& block)
{
    const auto make = [&](std::optional<TensorId> id) {
        return id ? m_parts.norm(*id, m_result.hidden, epsilon()) : std::nullopt;
    };
    block.attentionNorm = make(ids.beforeAttention);
    block.attentionPostNorm = make(ids.afterAttention);
    block.mlpNorm = make(ids.beforeMlp);
    block.mlpPostNorm = make(ids.afterMlp);
    if (!ids.beforeAttention && !ids.afterAttention)
        m_obstacles.againstForward(layer.place + " has no norm that is known");
    const ConfigFacts& config = m_model.config;
    block.parallel = config.blocks.parallelResidual.value_or(
        config.modelType == "gpt_neox" || config.modelType == "falcon");
    if (!m_family)
        block.residualFactor = config.blocks.residualFactor.value_or(1);
    if (!ids.beforeMlp && !ids.afterMlp) { // one norm for both halves
        block.parallel = true;
        block.mlpNorm = block.attentionNorm;
    }
    const bool four = ids.beforeAttention && ids.beforeMlp && ids.afterAttention && ids.afterMlp;
    const bool two = ids.beforeAttention && ids.beforeMlp && !ids.afterAttention && !ids.afterMlp;
    if (m_family && (m_family->fourNorms ? !four : !two))
        m_obstacles.againstFull(layer.place + " does not have the norms of its architecture");
}

Block Describer::block(const LayerTensors& layer, std::size_t index)
{
    Block block;
    if (!layer.doubled.empty())
        m_obstacles.againstForward(layer.place + " has two tensors for \""
            + std::string(roleInfo(layer.doubled.front()).id) + "\"");
    const NormIds ids = norms(layer);
    addNorms(layer, ids, block);
    const LayoutContext context {m_family, m_result.hidden, epsilon(), index};
    block.attention = describeAttention(m_parts, layer, context, 
        {ids.query, ids.key, ids.compressedQuery, ids.compressedValue});
    describeMlp(m_parts, layer, context, block);
    expectAllUsed(layer);
    return block;
}

/// A tensor nobody asked for would change what the block computes.
void Describer::expectAllUsed(const LayerTensors& layer)
{
    for (const TensorId id : layer.all) {
        if (!m_parts.used(id))
            m_obstacles.againstFull(layer.place + " holds \""
                + printable(m_model.tensor(id).name, 120) + "\", which its architecture does not");
    }
}

Architecture Describer::describe()
{
    lookAtWhole();
    const std::size_t layers = layerCount();
    const std::vector<LayerTensors> groups = groupByLayer(m_model, layers);
    if (layers == 0)
        m_obstacles.againstForward("there are no layers");
    const auto said = m_model.config.layers;
    if (said && static_cast<std::uint64_t>(*said) > layers)
        m_obstacles.againstForward("not all layers are there: found " + std::to_string(layers)
            + ", expected " + std::to_string(*said));
    findEmbedding(groups[layers]);
    // After the first obstacle nothing else counts.
    for (std::size_t i = 0; i < layers && m_obstacles.forward().empty(); ++i)
        m_result.blocks.push_back(block(groups[i], i));
    if (m_obstacles.forward().empty())
        findEnds(groups[layers]);
    m_result.tier = !m_obstacles.forward().empty() ? ProbeTier::none
        : !m_obstacles.full().empty()             ? ProbeTier::forward
                                                  : ProbeTier::full;
    m_result.reason = m_obstacles.full();
    return std::move(m_result);
}

} // namespace

Architecture describeArchitecture(const Model& model) { return Describer(model).describe(); }

} // namespace bitloupe
