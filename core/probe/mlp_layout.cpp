// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/mlp_layout.h"

#include "base/text.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::uint64_t maxExperts = 4096;

struct MlpRoles {
    TensorRole gate, up, gateUp, down;
};

constexpr MlpRoles denseRoles {
    TensorRole::mlpGate, TensorRole::mlpUp, TensorRole::mlpGateUp, TensorRole::mlpDown};
constexpr MlpRoles expertRoles {TensorRole::expertGate, TensorRole::expertUp,
    TensorRole::expertGateUp, TensorRole::expertDown};
// A fused shared expert keeps the dense role.
constexpr MlpRoles sharedRoles {
    TensorRole::sharedGate, TensorRole::sharedUp, TensorRole::mlpGateUp, TensorRole::sharedDown};

class MlpLayout {
public:
    MlpLayout(TensorParts& parts, const LayerTensors& layer, const LayoutContext& context)
        : m_parts(parts)
        , m_layer(layer)
        , m_context(context)
        , m_config(parts.model().config)
    {
    }

    void describe(Block& block);

private:
    void againstAll(const std::string& what)
    {
        m_parts.obstacles().againstForward(m_layer.place + what);
    }
    bool failed() { return !m_parts.obstacles().forward().empty(); }
    std::optional<Mlp> mlp(const MlpRoles& roles, int expert, std::uint64_t slab);
    bool findActivation(Mlp& mlp);
    std::optional<Experts> experts();
    bool findRouting(Experts& experts);
    void findShared(Experts& experts);

    TensorParts& m_parts;
    const LayerTensors& m_layer;
    const LayoutContext& m_context;
    const ConfigFacts& m_config;
};

bool MlpLayout::findActivation(Mlp& mlp)
{
    const auto& word = m_config.blocks.activation;
    if (!word) {
        const bool gated = mlp.gate || mlp.gateUp;
        mlp.activation = m_context.family ? m_context.family->activation
            : gated                       ? Activation::silu
                                          : Activation::geluTanh;
        return true;
    }
    const auto found = bitloupe::findActivation(*word);
    if (!found)
        m_parts.obstacles().againstForward("the activation \"" + *word + "\" is not known");
    mlp.activation = found.value_or(Activation::silu);
    return found.has_value();
}

/// Empty without an obstacle when the layer has none of these roles.
std::optional<Mlp> MlpLayout::mlp(const MlpRoles& roles, int expert, std::uint64_t slab)
{
    Mlp mlp;
    mlp.gate = m_parts.linear(m_layer, roles.gate, expert, slab);
    mlp.up = m_parts.linear(m_layer, roles.up, expert, slab);
    mlp.gateUp = m_parts.linear(m_layer, roles.gateUp, expert, slab);
    const auto down = m_parts.linear(m_layer, roles.down, expert, slab);
    if (!mlp.gate && !mlp.up && !mlp.gateUp && !down)
        return std::nullopt;
    if (!down || !mlp.up == !mlp.gateUp || (mlp.gateUp && mlp.gate)) {
        againstAll(" does not have the matrices of a feed-forward block");
        return std::nullopt;
    }
    mlp.down = *down;
    for (const auto* part : {&mlp.gate, &mlp.up, &mlp.gateUp}) {
        if (!*part)
            continue;
        const std::size_t rows = mlp.gateUp ? 2 * mlp.inner() : mlp.inner();
        if (!m_parts.expect(**part, "columns", (*part)->in, m_context.hidden)
            || !m_parts.expect(**part, "rows", (*part)->out, rows))
            return std::nullopt;
    }
    if (!m_parts.expect(mlp.down, "rows", mlp.down.out, m_context.hidden) || !findActivation(mlp))
        return std::nullopt;
    if (m_context.family && !mlp.gate && !mlp.gateUp)
        m_parts.obstacles().againstFull(m_layer.place + " has no gate in its feed-forward block");
    return mlp;
}

bool MlpLayout::findRouting(Experts& experts)
{
    const auto router = m_parts.linear(m_layer, TensorRole::router);
    if (!router) {
        againstAll(" has experts, but no router that is known");
        return false;
    }
    experts.router = *router;
    if (!m_parts.expect(*router, "columns", router->in, m_context.hidden))
        return false;
    const std::size_t count = router->out;
    const auto fallback = m_context.family ? m_context.family->expertsPerToken : 0;
    const auto said = m_config.expertsPerToken;
    experts.perToken = said ? static_cast<std::size_t>(*said) : fallback;
    if (count == 0 || count > maxExperts || experts.perToken == 0 || experts.perToken > count) {
        againstAll(" has " + std::to_string(count) + " experts, of which a token cannot use "
            + std::to_string(experts.perToken));
        return false;
    }
    const bool always = m_context.family && m_context.family->alwaysNormalises;
    // Unknown mixtures: weights that sum to one keep the state's scale.
    experts.normalise = always || m_config.blocks.normaliseTopK.value_or(!m_context.family);
    return true;
}

void MlpLayout::findShared(Experts& experts)
{
    if (m_layer.find(TensorRole::sharedDown))
        experts.shared = mlp(sharedRoles, -1, 0);
    const auto router = m_parts.linear(m_layer, TensorRole::sharedRouter);
    if (!router)
        return;
    if (m_parts.expect(*router, "columns", router->in, m_context.hidden)
        && m_parts.expect(*router, "rows", router->out, 1))
        experts.sharedRouter = router;
    if (!experts.shared)
        againstAll(" has a gate for a shared expert, but no shared expert");
}

std::optional<Experts> MlpLayout::experts()
{
    Experts result;
    if (!findRouting(result))
        return std::nullopt;
    const std::size_t count = result.router.out;
    const auto stack = m_layer.find(TensorRole::expertDown);
    if (stack) {
        const auto view = matrixView(m_parts.model().tensor(*stack).shape);
        if (!view || view->slabs != count) {
            againstAll(" does not have as many experts as its router knows");
            return std::nullopt;
        }
    }
    for (std::size_t i = 0; i < count && !failed(); ++i) {
        const auto expert = mlp(expertRoles, stack ? -1 : static_cast<int>(i), stack ? i : 0);
        if (expert)
            result.experts.push_back(*expert);
        else
            againstAll(" lacks expert " + std::to_string(i));
    }
    if (m_config.modelType == "gpt_oss")
        againstAll(": the experts of this architecture are not evaluated");
    findShared(result);
    return result;
}

void MlpLayout::describe(Block& block)
{
    const bool mixture = std::any_of(m_layer.matrices.begin(), m_layer.matrices.end(),
        [](const auto& entry) { return entry.first.first == TensorRole::expertDown; });
    const bool dense = m_layer.find(TensorRole::mlpDown).has_value();
    if (mixture && dense)
        againstAll(" has experts and a dense feed-forward block");
    else if (mixture)
        block.experts = experts();
    else
        block.mlp = mlp(denseRoles, -1, 0);
    if (!block.mlp && !block.experts)
        againstAll(" has no feed-forward block that is known");
    const bool known = !m_context.family || m_context.family->expertsPerToken > 0;
    if (block.experts && !known)
        m_parts.obstacles().againstFull(m_layer.place + " has experts, which its architecture"
                                                        " does not");
}

} // namespace

void describeMlp(TensorParts& parts, const LayerTensors& layer, const LayoutContext& context,
    Block& block)
{
    MlpLayout(parts, layer, context).describe(block);
}

} // namespace bitloupe
