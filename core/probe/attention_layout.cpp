// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/attention_layout.h"

#include "base/text.h"

#include <cmath>

namespace bitloupe {
namespace {

constexpr std::size_t maxHeads = 4096;

class AttentionLayout {
public:
    AttentionLayout(TensorParts& parts, const LayerTensors& layer, const LayoutContext& context)
        : m_parts(parts)
        , m_layer(layer)
        , m_context(context)
        , m_config(parts.model().config)
    {
    }

    Attention describe(const HeadNorms& norms);

private:
    void against(const char* what) { m_parts.obstacles().againstFull(m_layer.place + what); }
    void againstAll(const char* what) { m_parts.obstacles().againstForward(m_layer.place + what); }
    bool findMatrices();
    bool findLowRank(const HeadNorms& norms);
    bool findHeads();
    bool splitFused(std::size_t outputs);
    bool headsOfValues(std::size_t values);
    std::size_t saidHeads() const;
    std::size_t saidKvHeads() const;
    std::size_t knownDimension() const;
    void describeFull(const HeadNorms& norms);
    void findHeadNorms(const HeadNorms& norms);
    void findRotary();
    std::string scalingObstacle(const Rotary& rotary) const;
    void findLimits();
    bool sliding() const;

    TensorParts& m_parts;
    const LayerTensors& m_layer;
    const LayoutContext& m_context;
    const ConfigFacts& m_config;
    Attention m_result;
};

bool AttentionLayout::findMatrices()
{
    m_result.q = m_parts.linear(m_layer, TensorRole::attentionQ);
    m_result.k = m_parts.linear(m_layer, TensorRole::attentionK);
    m_result.v = m_parts.linear(m_layer, TensorRole::attentionV);
    m_result.qkv = m_parts.linear(m_layer, TensorRole::attentionQkv);
    const auto o = m_parts.linear(m_layer, TensorRole::attentionO);
    const bool lowRank = m_layer.find(TensorRole::attentionKvB).has_value();
    if (!m_result.v && !m_result.qkv && !lowRank)
        againstAll(" has no value projection that is known");
    else if (!o)
        againstAll(" has no output projection that is known");
    else if ((m_result.v || lowRank) && (m_result.qkv || (m_result.v && lowRank)))
        againstAll(" has two value projections");
    if (!o || static_cast<int>(m_result.v.has_value()) + m_result.qkv.has_value() + lowRank != 1)
        return false;
    m_result.o = *o;
    for (const auto* part : {&m_result.q, &m_result.k, &m_result.v, &m_result.qkv}) {
        if (*part && !m_parts.expect(**part, "columns", (*part)->in, m_context.hidden))
            return false;
    }
    return m_parts.expect(m_result.o, "rows", m_result.o.out, m_context.hidden);
}

std::size_t AttentionLayout::saidHeads() const
{
    const auto heads = m_config.heads.value_or(0);
    return heads > 0 && static_cast<std::uint64_t>(heads) <= maxHeads
        ? static_cast<std::size_t>(heads)
        : 0;
}

std::size_t AttentionLayout::saidKvHeads() const
{
    const auto& each = m_config.kvHeadsPerLayer;
    const std::int64_t heads = m_context.layer < each.size() ? each[m_context.layer]
                                                             : m_config.kvHeads.value_or(0);
    return heads > 0 && static_cast<std::uint64_t>(heads) <= maxHeads
        ? static_cast<std::size_t>(heads)
        : 0;
}

/// The dimension of a head when only that is known: said, or the family's.
std::size_t AttentionLayout::knownDimension() const
{
    if (m_config.heads)
        return 0;
    const auto said = static_cast<std::uint64_t>(m_config.headDim.value_or(0));
    if (said > 0)
        return said <= m_result.o.in ? static_cast<std::size_t>(said) : 0;
    return m_context.family ? m_context.family->headDim : 0;
}

/// Heads from the widths of v and o. Without a head count or the dimension of a head only v as
/// wide as o's input is clear.
bool AttentionLayout::headsOfValues(std::size_t values)
{
    const std::size_t inputs = m_result.o.in;
    std::size_t heads = saidHeads();
    if (heads == 0 && knownDimension() > 0 && inputs % knownDimension() == 0)
        heads = inputs / knownDimension();
    else if (heads == 0 && !m_config.heads && values == inputs)
        heads = 1;
    const std::size_t dim = heads > 0 && inputs % heads == 0 ? inputs / heads : 0;
    if (dim == 0 || values % dim != 0 || values == 0 || heads % (values / dim) != 0) {
        againstAll(": the widths of its value and output projections do not fit the head count");
        return false;
    }
    m_result.heads = heads;
    m_result.headDim = dim;
    m_result.kvHeads = values / dim;
    return true;
}

/// q, k and v in one matrix: what o does not account for is k and v, half each.
bool AttentionLayout::splitFused(std::size_t outputs)
{
    const std::size_t queries = m_result.o.in;
    const auto layout = qkvLayoutOf(m_config.modelType);
    if (!layout) {
        againstAll(": how its fused projection is divided is not known");
        return false;
    }
    m_result.layout = *layout;
    if (outputs <= queries || (outputs - queries) % 2 != 0) {
        againstAll(": the widths of its fused and output projections do not fit");
        return false;
    }
    if (*layout != QkvLayout::stacked && saidHeads() == 0 && knownDimension() == 0) {
        againstAll(": the configuration does not say how many heads it has");
        return false;
    }
    return headsOfValues((outputs - queries) / 2);
}

bool AttentionLayout::findHeads()
{
    if (m_result.qkv)
        return splitFused(m_result.qkv->out);
    return headsOfValues(m_result.v->out);
}

void AttentionLayout::findHeadNorms(const HeadNorms& norms)
{
    const auto make = [&](std::optional<TensorId> id, std::size_t all) -> std::optional<Norm> {
        if (!id)
            return std::nullopt;
        const std::uint64_t width = m_parts.model().tensor(*id).elements();
        if (width != m_result.headDim && width != all) {
            against(" has a norm of q or k that is neither as wide as a head nor as all heads");
            return std::nullopt;
        }
        return m_parts.norm(*id, static_cast<std::size_t>(width), m_context.epsilon);
    };
    m_result.qNorm = make(norms.query, m_result.heads * m_result.headDim);
    m_result.kNorm = make(norms.key, m_result.kvHeads * m_result.headDim);
    const bool demanded = m_context.family->normalisesQk;
    if (demanded != norms.query.has_value() || demanded != norms.key.has_value())
        against(" does not have the norms of q and k of its architecture");
}

bool AttentionLayout::sliding() const
{
    return m_context.layer < m_config.layerKinds.size()
        && m_config.layerKinds[m_context.layer] == LayerKind::sliding;
}

/// Why the frequencies cannot be computed; empty when they can.
std::string AttentionLayout::scalingObstacle(const Rotary& rotary) const
{
    const RopeFacts& facts = rotary.scaling;
    const bool original = facts.originalMaxPositions || rotary.maxPositions > 0;
    const std::size_t pairs = rotary.dimensions / 2;
    switch (facts.kind) {
    case RopeKind::plain:
    case RopeKind::dynamic:
        return {};
    case RopeKind::linear:
        return facts.factor ? "" : "no factor";
    case RopeKind::llama3:
        return facts.factor && facts.lowFrequencyFactor && facts.highFrequencyFactor && original
                && *facts.lowFrequencyFactor < *facts.highFrequencyFactor
            ? ""
            : "not the numbers it needs";
    case RopeKind::yarn:
        return original && (facts.factor || rotary.maxPositions > 0) ? ""
                                                                     : "not the numbers it needs";
    case RopeKind::longrope:
        return original && (facts.factor || facts.attentionFactor || rotary.maxPositions > 0)
                && facts.shortFactors.size() == pairs
            ? ""
            : "not as many factors as it needs";
    case RopeKind::unknown:
        break;
    }
    return "a scaling that is not known";
}

void AttentionLayout::findRotary()
{
    const BlockFacts& blocks = m_config.blocks;
    if (m_config.modelType == "smollm3") {
        const auto interval = static_cast<std::size_t>(blocks.noRopeInterval.value_or(4));
        const bool rotates = m_context.layer < blocks.ropeLayers.size()
            ? blocks.ropeLayers[m_context.layer]
            : (m_context.layer + 1) % interval != 0;
        if (!rotates)
            return;
    }
    Rotary rotary;
    const bool local = m_context.family->slidingTheta > 0 && sliding();
    rotary.theta = local ? m_context.family->slidingTheta : m_context.family->theta;
    const auto& facts = local ? blocks.slidingRope : blocks.rope;
    rotary.scaling = facts.value_or(RopeFacts {});
    rotary.theta = rotary.scaling.theta.value_or(rotary.theta);
    rotary.maxPositions = static_cast<double>(m_config.maxPositions.value_or(0));
    if (m_config.modelType == "phi3") { // what it calls yarn is longrope
        if (rotary.scaling.kind == RopeKind::yarn)
            rotary.scaling.kind = RopeKind::longrope;
        rotary.scaling.originalMaxPositions = rotary.scaling.originalMaxPositions.value_or(4096);
    }
    const double part = rotary.scaling.partialFactor.value_or(1);
    const double dimensions = std::floor(static_cast<double>(m_result.headDim) * part);
    if (!(part <= 1) || dimensions < 2 || std::fmod(dimensions, 2) != 0) {
        against(" rotates a part of its heads that makes no sense");
        return;
    }
    rotary.dimensions = static_cast<std::size_t>(dimensions);
    if (const std::string why = scalingObstacle(rotary); !why.empty())
        m_parts.obstacles().againstFull("rotary scaling \""
            + printable(rotary.scaling.kindText, 40) + "\" in the configuration has " + why);
    else
        m_result.rotary = std::move(rotary);
}

void AttentionLayout::findLimits()
{
    const Family& family = *m_context.family;
    const double queryScale = family.queryScale > 0
        ? m_config.blocks.queryScale.value_or(family.queryScale)
        : static_cast<double>(m_result.headDim);
    m_result.scale = 1 / std::sqrt(queryScale);
    if (family.attentionSoftcap > 0) {
        const OptionalLimit& limit = m_config.blocks.attentionSoftcap;
        m_result.softcap = limit.given ? limit.value : std::optional(family.attentionSoftcap);
    }
    const bool limited = family.window == WindowRule::always
        || (family.window == WindowRule::byLayer && sliding());
    if (limited && m_config.slidingWindow && *m_config.slidingWindow > 0)
        m_result.window = static_cast<std::size_t>(*m_config.slidingWindow);
}

void AttentionLayout::describeFull(const HeadNorms& norms)
{
    const Attention& result = m_result;
    if (!result.qkv && (!result.q || !result.k)) {
        against(" has no query or key projection");
        return;
    }
    if (!result.qkv
        && (result.q->out != result.o.in || result.k->out != result.v->out))
        against(": the widths of its projections do not fit each other");
    if (saidHeads() == 0 && knownDimension() == 0)
        against(": the configuration does not say how many heads it has");
    const std::size_t kvHeads = saidKvHeads();
    if (kvHeads != 0 && kvHeads != result.kvHeads)
        against(": its widths do not fit the number of key-value heads in the configuration");
    const auto dim = m_config.headDim;
    if (dim && static_cast<std::uint64_t>(*dim) != result.headDim)
        against(": its widths do not fit the head dimension in the configuration");
    findHeadNorms(norms);
    findRotary();
    findLimits();
}

/// Every head's keys and values in one, from a state with a norm of its own.
bool AttentionLayout::findLowRank(const HeadNorms& norms)
{
    LowRank low;
    const auto down = m_parts.linear(m_layer, TensorRole::attentionKvA);
    const auto up = m_parts.linear(m_layer, TensorRole::attentionKvB);
    const auto norm = norms.compressedValue && up
        ? m_parts.norm(*norms.compressedValue, up->in, m_context.epsilon)
        : std::nullopt;
    const std::size_t heads = saidHeads();
    if (!down || !up || !norm || heads == 0 || down->out < up->in || up->out % heads != 0
        || m_result.o.in % heads != 0 || up->out < m_result.o.in) {
        againstAll(": its low-rank projections do not fit each other");
        return false;
    }
    low.down = *down;
    low.up = *up;
    low.norm = *norm;
    m_result.heads = m_result.kvHeads = heads;
    m_result.headDim = m_result.o.in / heads;
    low.skipped = up->out / heads - m_result.headDim;
    low.qDown = m_parts.linear(m_layer, TensorRole::attentionQA);
    low.qUp = m_parts.linear(m_layer, TensorRole::attentionQB);
    if (low.qUp && norms.compressedQuery)
        low.qNorm = m_parts.norm(*norms.compressedQuery, low.qUp->in, m_context.epsilon);
    const bool query = !low.qDown
        || (low.qUp && m_parts.expect(*low.qUp, "columns", low.qUp->in, low.qDown->out));
    against(" has low-rank attention, which is not evaluated");
    m_result.lowRank = low;
    return query && m_parts.expect(low.down, "columns", low.down.in, m_context.hidden)
        && (!low.qDown
            || m_parts.expect(*low.qDown, "columns", low.qDown->in, m_context.hidden));
}

Attention AttentionLayout::describe(const HeadNorms& norms)
{
    if (findMatrices() && !m_result.v && !m_result.qkv)
        findLowRank(norms);
    else if (m_parts.obstacles().forward().empty() && findHeads() && m_context.family)
        describeFull(norms);
    return std::move(m_result);
}

} // namespace

Attention describeAttention(TensorParts& parts, const LayerTensors& layer,
    const LayoutContext& context, const HeadNorms& norms)
{
    return AttentionLayout(parts, layer, context).describe(norms);
}

} // namespace bitloupe
