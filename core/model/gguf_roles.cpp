// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_roles.h"

#include "base/text.h"

#include <array>
#include <map>
#include <set>

namespace bitloupe {
namespace {

using enum TensorRole;

constexpr std::uint64_t maxNumber = 10'000; // tables grow with layers, so a name may not choose any

struct GgufRoleRow {
    std::string_view word;
    TensorRole role;
};

constexpr auto ggufModules = std::to_array<GgufRoleRow>({
    {"token_embd", embedding},
    {"position_embd", positionEmbedding},
    {"token_types", positionEmbedding},
    {"output", lmHead},
    {"attn_q", attentionQ},
    {"attn_k", attentionK},
    {"attn_v", attentionV},
    {"attn_qkv", attentionQkv},
    {"attn_output", attentionO},
    {"attn_q_a", attentionQA},
    {"attn_q_b", attentionQB},
    {"attn_kv_a_mqa", attentionKvA},
    {"attn_kv_b", attentionKvB},
    {"attn_k_b", attentionKvB}, // its two halves, a matrix a head
    {"attn_v_b", attentionKvB},
    {"ffn_gate", mlpGate},
    {"ffn_up", mlpUp},
    {"ffn_down", mlpDown},
    {"ffn_gate_inp", router},
    {"ffn_gate_exps", expertGate},
    {"ffn_up_exps", expertUp},
    {"ffn_gate_up_exps", expertGateUp},
    {"ffn_down_exps", expertDown},
    {"ffn_gate_shexp", sharedGate},
    {"ffn_up_shexp", sharedUp},
    {"ffn_down_shexp", sharedDown},
    {"ffn_gate_inp_shexp", sharedRouter},
    {"rope_freqs", auxiliary},
    {"rope_factors_long", auxiliary},
    {"rope_factors_short", auxiliary},
});

/// The part before the next dot; `rest` becomes what follows it.
std::string_view takePart(std::string_view& rest)
{
    const std::size_t dot = rest.find('.');
    const std::string_view part = rest.substr(0, dot);
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
    return part;
}

int ggufNumberOf(std::string_view part)
{
    const auto number = parseUnsigned(part);
    return number && *number < maxNumber ? static_cast<int>(*number) : -1;
}

bool isEncoder(std::string_view first) { return first == "v" || first == "a"; }

/// Old files of mixtures have one matrix an expert: "ffn_up.3.weight".
TensorRole ofExpert(TensorRole role)
{
    switch (role) {
    case mlpGate: return expertGate;
    case mlpUp: return expertUp;
    case mlpDown: return expertDown;
    default: return other;
    }
}

TensorRole ggufRoleOf(std::string_view module, std::string_view parameter, std::size_t rank)
{
    if (parameter == "bias" || module == "exp_probs_b")
        return bias;
    if (module.find("_norm") != std::string_view::npos)
        return norm;
    for (const GgufRoleRow& row : ggufModules) {
        if (row.word == module)
            return rank >= 2 || row.role == auxiliary ? row.role : other;
    }
    return other;
}

/// Layers without a gate whose matrix "ffn_up" has two rows for every column of "ffn_down" have
/// both in it.
void findFusedGates(std::span<TensorInfo> tensors)
{
    std::set<int> gated;
    std::map<int, std::uint64_t> widths; // of what goes into "ffn_down"
    for (const TensorInfo& tensor : tensors) {
        if (tensor.role == mlpGate)
            gated.insert(tensor.layer);
        else if (tensor.role == mlpDown)
            widths[tensor.layer] = tensor.shape.back();
    }
    for (TensorInfo& tensor : tensors) {
        if (tensor.role != mlpUp || gated.contains(tensor.layer))
            continue;
        const auto width = widths.find(tensor.layer);
        const std::uint64_t rows = tensor.shape[tensor.shape.size() - 2];
        if (width != widths.end() && rows % 2 == 0 && rows / 2 == width->second)
            tensor.role = mlpGateUp;
    }
}

} // namespace

NameFacts ggufNameFacts(std::string_view name, std::size_t rank)
{
    NameFacts facts;
    std::string_view rest = name;
    std::string_view module = takePart(rest);
    if (isEncoder(module) || module == "mm") {
        facts.role = module == "mm" ? projector : vision;
        return facts;
    }
    if (module == "blk") {
        facts.layer = ggufNumberOf(takePart(rest));
        module = takePart(rest);
    }
    const std::string_view next = takePart(rest);
    const int expert = rest.empty() ? -1 : ggufNumberOf(next);
    facts.role = ggufRoleOf(module, expert >= 0 ? rest : next, rank);
    if (expert >= 0) {
        facts.role = facts.role == bias ? bias : ofExpert(facts.role);
        facts.expert = expert;
    }
    return facts;
}

void assignGgufRoles(std::span<TensorInfo> tensors)
{
    for (TensorInfo& tensor : tensors) {
        const NameFacts facts = ggufNameFacts(tensor.name, tensor.shape.size());
        tensor.role = facts.role;
        tensor.layer = facts.layer;
        tensor.expert = facts.expert;
    }
    findFusedGates(tensors);
}

} // namespace bitloupe
