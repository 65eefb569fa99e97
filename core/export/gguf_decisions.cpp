// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_decisions.h"

#include "base/checked.h"
#include "base/text.h"
#include "export/output_tensors.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace bitloupe {
namespace {

struct PartSource {
    TensorId id;
    GgufPart part;
};
using TensorGroups = std::map<std::string, std::vector<PartSource>>; // by output name

Error badShape(const TensorInfo& info, const std::string& expected)
{
    return {Errc::badShape, info.name,
        "found " + shapeText(info.shape) + ", expected " + expected};
}

Result<TensorGroups> groupSources(const GgufArchitecture& architecture, const Model& model)
{
    std::set<TensorId> scales;
    for (const TensorInfo& info : model.tensors)
        if (info.scale)
            scales.insert(*info.scale);
    TensorGroups groups;
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorId id {static_cast<std::uint32_t>(i)};
        if (scales.contains(id))
            continue;
        auto parts = mapToGguf(architecture, model, id);
        if (!parts)
            return parts.error();
        if (!parts->empty() && !dtypeInfo(model.tensor(id).dtype).analysed)
            return Error {Errc::unsupported, model.tensor(id).name,
                "found " + std::string(dtypeInfo(model.tensor(id).dtype).name)
                    + ", expected a float type"};
        for (GgufPart& part : *parts)
            groups[part.name].push_back({id, std::move(part)});
    }
    return groups;
}

// Shape of one source's part of the output; empty when a half is asked of an odd number of rows.
std::optional<Shape> partShape(Shape shape, const GgufPart& part)
{
    if (part.half == 0)
        return shape;
    if (shape.size() < 2 || shape[shape.size() - 2] % 2 != 0)
        return std::nullopt;
    shape[shape.size() - 2] /= 2;
    return shape;
}

Result<Shape> stackedShape(const Model& model, const std::string& name, std::vector<PartSource>& sources)
{
    std::stable_sort(sources.begin(), sources.end(),
        [](const PartSource& a, const PartSource& b) { return a.part.expert < b.part.expert; });
    const TensorInfo& first = model.tensor(sources.front().id);
    auto shape = partShape(first.shape, sources.front().part);
    if (!shape)
        return badShape(first, "gate and up of the same number of rows");
    const bool stacked = sources.front().part.expert >= 0;
    if (!stacked && sources.size() > 1)
        return Error {Errc::unsupported, model.tensor(sources.back().id).name,
            "two tensors become " + name};
    for (std::size_t i = 0; stacked && i < sources.size(); ++i) {
        const TensorInfo& info = model.tensor(sources[i].id);
        if (sources[i].part.expert != static_cast<int>(i))
            return Error {Errc::unsupported, info.name,
                "found expert " + std::to_string(sources[i].part.expert) + ", expected "
                    + std::to_string(i)};
        if (info.shape != first.shape)
            return badShape(info, shapeText(first.shape) + " like the other experts");
    }
    if (stacked)
        shape->insert(shape->begin(), sources.size());
    return *shape;
}

SourceCut cutOf(const GgufPart& part, const Shape& shape)
{
    SourceCut cut;
    cut.headRows = part.headRows;
    if (part.half != 0) {
        cut.rowParts = 2;
        cut.rowBegin = part.half == 2 ? shape[shape.size() - 2] : 0;
    }
    return cut;
}

Decision decisionOf(
    const Model& model, const std::string& name, const std::vector<PartSource>& sources, Shape shape)
{
    constexpr std::string_view suffix = ".weight";
    const GgufPart& part = sources.front().part;
    Decision decision;
    decision.tensorName = name;
    decision.name = name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
    decision.role = part.role;
    decision.layer = part.layer;
    for (const PartSource& source : sources) {
        decision.sources.push_back(source.id);
        decision.sourceNames.push_back(model.tensor(source.id).name);
    }
    decision.cut = cutOf(part, shape);
    decision.shape = std::move(shape);
    setDecisionMatrix(decision);
    decision.fixedReason = ggufReasonToKeep(name, decision.shape);
    decision.sizeProtected
        = part.role == TensorRole::embedding || part.role == TensorRole::lmHead;
    return decision;
}

// The order of llama.cpp's own writer: what belongs to no layer, then layer by layer.
bool before(const Decision& a, const Decision& b)
{
    return a.layer != b.layer ? a.layer < b.layer : a.tensorName < b.tensorName;
}

Decision* decisionNamed(std::vector<Decision>& decisions, std::string_view tensorName)
{
    const auto found = std::find_if(decisions.begin(), decisions.end(),
        [&](const Decision& decision) { return decision.tensorName == tensorName; });
    return found == decisions.end() ? nullptr : &*found;
}

// Reads on only as long as they are the same.
bool sameBytes(const Model& model, TensorId a, TensorId b)
{
    constexpr std::uint64_t atOnce = 1u << 20;
    const TensorInfo& left = model.tensor(a);
    const TensorInfo& right = model.tensor(b);
    if (left.dtype != right.dtype || left.shape != right.shape)
        return false;
    for (std::uint64_t begin = 0; begin < left.byteSize; begin += atOnce) {
        const std::uint64_t size = std::min(atOnce, left.byteSize - begin);
        const auto from = model.view(a, begin, size);
        const auto to = model.view(b, begin, size);
        if (!from || !to || !std::ranges::equal(from->bytes(), to->bytes()))
            return false;
    }
    return true;
}

// The client takes the embedding for the head where there is no head.
void tieGgufHead(const Model& model, GgufDecisions& made)
{
    Decision* head = decisionNamed(made.decisions, "output.weight");
    const bool tied = model.config.tiedEmbeddings.value_or(false)
        || (head != nullptr
            && sameBytes(model, head->sources.front(),
                decisionNamed(made.decisions, "token_embd.weight")->sources.front()));
    if (head == nullptr && !tied && model.config.tiedEmbeddings.has_value())
        made.notes.emplace_back("The configuration promises an output head that the files do not "
                                "have; written as tied to the embedding");
    if (head == nullptr || !tied)
        return;
    Decision* embedding = decisionNamed(made.decisions, "token_embd.weight");
    embedding->derivedFrom = head->sources;
    embedding->sourceNames.insert(
        embedding->sourceNames.end(), head->sourceNames.begin(), head->sourceNames.end());
    made.notes.emplace_back(
        "lm_head.weight not written: the embedding is the output head as well");
    made.decisions.erase(
        made.decisions.begin() + (head - made.decisions.data()));
}

// What the client demands is there, and nothing has another shape than it computes.
Result<void> checkShapes(const GgufArchitecture& architecture, const GgufSizes& sizes,
    const Model& model, std::vector<Decision>& decisions, std::uint64_t vocabulary)
{
    std::map<std::string_view, const Decision*> byName;
    for (const Decision& decision : decisions)
        byName[decision.tensorName] = &decision;
    std::map<std::string, std::uint64_t> biasSizes;
    for (const RequiredTensor& required : requiredTensors(architecture, sizes, vocabulary)) {
        const auto found = byName.find(required.name);
        if (found == byName.end())
            return Error {Errc::unsupported, model.name,
                "no tensor becomes " + required.name + ", which llama.cpp demands"};
        if (found->second->shape != required.shape)
            return badShape(model.tensor(found->second->sources.front()),
                "what makes " + shapeText(required.shape) + " for " + required.name);
        const std::size_t dot = required.name.rfind('.');
        if (required.shape.size() == 2)
            biasSizes[required.name.substr(0, dot) + ".bias"] = required.shape.front();
    }
    for (const Decision& decision : decisions) {
        const TensorInfo& info = model.tensor(decision.sources.front());
        if (decision.layer >= 0 && static_cast<std::uint64_t>(decision.layer) >= sizes.layers)
            return Error {Errc::unsupported, info.name,
                "the configuration has " + std::to_string(sizes.layers) + " layers"};
        if (decision.tensorName == "output.weight"
            && decision.shape != Shape {vocabulary, sizes.hidden})
            return badShape(info, shapeText({vocabulary, sizes.hidden}));
        const auto biasSize = biasSizes.find(decision.tensorName);
        if (biasSize != biasSizes.end() && decision.shape != Shape {biasSize->second})
            return badShape(info, shapeText({biasSize->second}));
    }
    return {};
}

} // namespace

void setDecisionMatrix(Decision& decision)
{
    decision.elements = checkedProduct(decision.shape).value_or(0); // checked by the reader
    if (decision.shape.size() < 2) {
        decision.rows = decision.elements == 0 ? 0 : 1;
        decision.columns = decision.elements;
        return;
    }
    const auto view = matrixView(decision.shape);
    decision.slabs = view ? view->slabs : 0;
    decision.rows = view ? view->rows : 0;
    decision.columns = view ? view->columns : 0;
}

std::string ggufReasonToKeep(std::string_view tensorName, const Shape& shape)
{
    constexpr std::string_view kept[] = {"ffn_gate_inp", "position_embd.", "token_types.",
        "ssm_conv1d", "shortconv.conv", "altup", "laurel", "per_layer_model_proj",
        "ffn_gate_tid2eid", "indexer.k_proj", "indexer.q_proj", "attn_rel_b", "time_mix_first",
        "time_mix_w0", "time_mix_w1", "time_mix_w2", "time_mix_v0", "time_mix_v1", "time_mix_v2",
        "time_mix_a0", "time_mix_a1", "time_mix_a2", "time_mix_g1", "time_mix_g2",
        "time_mix_decay_w1", "time_mix_decay_w2", "time_mix_lerp_fused", ".position_embd",
        "sam.pos_embd", "sam.neck.", "sam.net_", ".rel_pos", ".patch_embd", ".patch_merger"};
    if (shape.size() < 2)
        return tensorName.find("norm") != std::string_view::npos ? "norm"
            : tensorName.ends_with(".bias")                      ? "bias"
                                                                 : "1-D tensor";
    if (tensorName.find("_norm.weight") != std::string_view::npos)
        return "norm";
    if (!tensorName.ends_with("weight"))
        return tensorName.ends_with(".bias") ? "bias" : "not a weight";
    if (tensorName.find("ffn_gate_inp") != std::string_view::npos)
        return "router";
    for (const std::string_view word : kept)
        if (tensorName.find(word) != std::string_view::npos)
            return "llama.cpp never quantizes it";
    return shape.size() > 3 ? "not a matrix" : "";
}

Result<GgufDecisions> ggufDecisions(
    const GgufArchitecture& architecture, const GgufSizes& sizes, const Model& model)
{
    auto groups = groupSources(architecture, model);
    if (!groups)
        return groups.error();
    GgufDecisions made;
    for (auto& [name, sources] : *groups) {
        auto shape = stackedShape(model, name, sources);
        if (!shape)
            return shape.error();
        made.decisions.push_back(decisionOf(model, name, sources, std::move(*shape)));
    }
    std::stable_sort(made.decisions.begin(), made.decisions.end(), before);
    const Decision* embedding = decisionNamed(made.decisions, "token_embd.weight");
    if (embedding == nullptr || embedding->shape.size() != 2)
        return Error {Errc::unsupported, model.name, "found no embedding of two dimensions"};
    made.vocabulary = embedding->shape.front();
    auto fits = checkShapes(architecture, sizes, model, made.decisions, made.vocabulary);
    if (!fits)
        return fits.error();
    tieGgufHead(model, made);
    return made;
}

} // namespace bitloupe
