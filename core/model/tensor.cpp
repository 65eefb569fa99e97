// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tensor.h"

#include "base/checked.h"

#include <array>

namespace bitloupe {
namespace {

using enum TensorRole;

constexpr auto table = std::to_array<RoleInfo>({
    {embedding, "embedding", "embed"},
    {positionEmbedding, "position_embedding", "pos"},
    {attentionQ, "q", "q"},
    {attentionK, "k", "k"},
    {attentionV, "v", "v"},
    {attentionQkv, "qkv", "qkv"},
    {attentionO, "o", "o"},
    {attentionQA, "q_a", "q a"},
    {attentionQB, "q_b", "q b"},
    {attentionKvA, "kv_a", "kv a"},
    {attentionKvB, "kv_b", "kv b"},
    {mlpGate, "gate", "gate"},
    {mlpUp, "up", "up"},
    {mlpGateUp, "gate_up", "gate up"},
    {mlpDown, "down", "down"},
    {router, "router", "router"},
    {expertGate, "expert_gate", "exp gate"},
    {expertUp, "expert_up", "exp up"},
    {expertGateUp, "expert_gate_up", "exp gate up"},
    {expertDown, "expert_down", "exp down"},
    {sharedGate, "shared_gate", "sh gate"},
    {sharedUp, "shared_up", "sh up"},
    {sharedDown, "shared_down", "sh down"},
    {sharedRouter, "shared_router", "sh router"},
    {lmHead, "lm_head", "head"},
    {norm, "norm", "norm"},
    {bias, "bias", "bias"},
    {vision, "vision", "vision"},
    {projector, "projector", "projector"},
    {other, "other", "other"},
    {auxiliary, "auxiliary", "aux"},
});

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].role) != i)
            return false;
    }
    return true;
}
static_assert(inOrder());

} // namespace

std::span<const RoleInfo> roles() { return table; }

const RoleInfo& roleInfo(TensorRole role) { return table[static_cast<std::size_t>(role)]; }

std::uint64_t TensorInfo::elements() const { return checkedProduct(shape).value_or(0); }

std::optional<MatrixView> matrixView(const Shape& shape)
{
    const auto elements = checkedProduct(shape);
    if (shape.size() < 2 || !elements || *elements == 0)
        return std::nullopt;
    if (shape.size() == 2)
        return MatrixView {1, shape[0], shape[1]};
    if (shape.size() == 3)
        return MatrixView {shape[0], shape[1], shape[2]};
    return MatrixView {1, shape[0], *elements / shape[0]};
}

} // namespace bitloupe
