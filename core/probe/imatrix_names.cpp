// SPDX-License-Identifier: GPL-3.0-or-later
// Between a model's tensors and the names of llama.cpp. Source: its converter's tensor map.
#include "probe/imatrix.h"

#include <algorithm>

namespace bitloupe {
namespace {

struct NameRow {
    TensorRole role;
    std::string_view name; // after "blk.LAYER."; whole for what is in no layer
};

constexpr NameRow names[] = {
    {TensorRole::attentionQ, "attn_q"}, {TensorRole::attentionK, "attn_k"},
    {TensorRole::attentionV, "attn_v"}, {TensorRole::attentionQkv, "attn_qkv"},
    {TensorRole::attentionO, "attn_output"}, {TensorRole::attentionQA, "attn_q_a"},
    {TensorRole::attentionQB, "attn_q_b"}, {TensorRole::attentionKvA, "attn_kv_a_mqa"},
    {TensorRole::attentionKvB, "attn_kv_b"}, {TensorRole::mlpGate, "ffn_gate"},
    {TensorRole::mlpUp, "ffn_up"}, {TensorRole::mlpGateUp, "ffn_up"},
    {TensorRole::mlpDown, "ffn_down"}, {TensorRole::router, "ffn_gate_inp"},
    {TensorRole::expertGate, "ffn_gate_exps"}, {TensorRole::expertUp, "ffn_up_exps"},
    {TensorRole::expertGateUp, "ffn_gate_up_exps"}, {TensorRole::expertDown, "ffn_down_exps"},
    {TensorRole::sharedGate, "ffn_gate_shexp"}, {TensorRole::sharedUp, "ffn_up_shexp"},
    {TensorRole::sharedDown, "ffn_down_shexp"},
};

constexpr std::uint64_t mostValues = std::uint64_t {1} << 28; // of an entry

std::uint64_t columnsOf(const TensorInfo& tensor)
{
    const auto view = matrixView(tensor.shape);
    if (!view)
        return 0;
    return tensor.transposed ? view->rows : view->columns;
}

// The part of an entry that belongs to a tensor: all of it, or one expert's.
std::span<const float> partFor(const TensorInfo& tensor, const std::vector<float>& means)
{
    const std::uint64_t columns = columnsOf(tensor);
    const auto view = matrixView(tensor.shape);
    if (columns == 0)
        return {};
    if (means.size() == columns || means.size() == columns * view->slabs)
        return means;
    const auto expert = static_cast<std::uint64_t>(std::max(tensor.expert, 0));
    if (tensor.expert >= 0 && means.size() % columns == 0 && expert < means.size() / columns)
        return std::span(means).subspan(expert * columns, columns);
    return {};
}

} // namespace

std::string ggufWeightName(const TensorInfo& tensor)
{
    if (tensor.shape.size() < 2 || tensor.role == TensorRole::embedding)
        return {};
    if (tensor.role == TensorRole::lmHead)
        return "output.weight";
    for (const NameRow& row : names)
        if (row.role == tensor.role && tensor.layer >= 0)
            return "blk." + std::to_string(tensor.layer) + "." + std::string(row.name) + ".weight";
    return {};
}

Result<ImatrixUse> applyImatrix(const Model& model, const Imatrix& imatrix, Moments& moments)
{
    ImatrixUse use;
    std::size_t misfits = 0;
    moments.tensors.resize(model.tensors.size());
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorInfo& tensor = model.tensors[i];
        const auto found = imatrix.entries.find(ggufWeightName(tensor));
        if (found == imatrix.entries.end())
            continue;
        const auto means = partFor(tensor, found->second.means);
        const bool used = std::any_of(means.begin(), means.end(), [](float x) { return x > 0; });
        if (!used) {
            ++misfits;
            continue;
        }
        TensorMoments& own = moments.tensors[i];
        own.input.assign(means.begin(), means.end());
        own.tier = own.gradient.empty() ? ProbeTier::forward : ProbeTier::full;
        ++use.tensors;
    }
    if (use.tensors == 0)
        return Error {Errc::badArgument, "imatrix", "no entry of it fits a tensor of this model"};
    if (moments.tier == ProbeTier::none)
        moments.tier = ProbeTier::forward;
    moments.source = imatrix.dataset.empty() ? "imatrix" : "imatrix " + imatrix.dataset;
    if (misfits > 0)
        use.notes.push_back("imatrix: " + std::to_string(misfits)
            + " tensors have an entry of another size, or of zeros");
    use.notes.push_back("imatrix: used for " + std::to_string(use.tensors) + " tensors");
    return use;
}

Imatrix imatrixOf(const Model& model, const Moments& moments)
{
    Imatrix imatrix;
    for (std::size_t i = 0; i < model.tensors.size() && i < moments.tensors.size(); ++i) {
        const TensorInfo& tensor = model.tensors[i];
        const std::string name = ggufWeightName(tensor);
        const std::vector<float>& input = moments.tensors[i].input;
        if (name.empty() || input.empty())
            continue;
        const auto view = matrixView(tensor.shape);
        const std::uint64_t columns = columnsOf(tensor);
        const std::uint64_t slabs = view && tensor.expert < 0 ? view->slabs : 1;
        // A stack's matrices may share one input; the file has it once for each.
        const std::uint64_t at = static_cast<std::uint64_t>(std::max(tensor.expert, 0)) * columns;
        if (at + slabs * columns > mostValues)
            continue;
        Imatrix::Entry& entry = imatrix.entries[name];
        entry.means.resize(std::max<std::size_t>(entry.means.size(), at + slabs * columns));
        for (std::uint64_t k = 0; k < slabs * columns; ++k)
            entry.means[at + k] = input[k % input.size()];
        entry.counts.assign(1, 1.0f);
    }
    imatrix.dataset = "bitloupe probe, no data";
    return imatrix;
}

} // namespace bitloupe
