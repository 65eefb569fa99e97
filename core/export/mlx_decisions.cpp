// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/mlx_decisions.h"

#include "base/checked.h"
#include "base/text.h"
#include "export/output_tensors.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace bitloupe {
namespace {

struct Source {
    TensorId id;
    int expert = -1;
    SourceCut cut;
};

using Groups = std::map<std::string, std::vector<Source>>; // by output tensor name

struct Dropped {
    std::uint64_t count = 0;
    std::string example;
};
using DropCounts = std::map<std::string, Dropped>;

void drop(DropCounts& drops, std::string_view reason, const std::string& name)
{
    Dropped& entry = drops[std::string(reason)];
    if (++entry.count == 1)
        entry.example = name;
}

std::set<TensorId> scaleTensors(const Model& model)
{
    std::set<TensorId> scales;
    for (const TensorInfo& info : model.tensors)
        if (info.scale)
            scales.insert(*info.scale);
    return scales;
}

Result<void> groupOne(const MlxArchitecture* architecture, const Model& model, TensorId id,
    Strictness strictness, Groups& groups, DropCounts& drops)
{
    const TensorInfo& info = model.tensor(id);
    MlxMapping mapping = mapToMlx(architecture, model, id);
    if (mapping.fate == MlxMapping::Fate::dropped) {
        drop(drops, mapping.reason, info.name);
        return {};
    }
    if (!dtypeInfo(info.dtype).analysed) {
        if (strictness == Strictness::viewing)
            return {};
        const std::string type(dtypeInfo(info.dtype).name);
        if (strictness == Strictness::forced) {
            drop(drops, "no floats (" + type + ")", info.name);
            return {};
        }
        return Error {Errc::unsupported, info.name,
            "found " + type + ", expected a float type; forcing leaves it out"};
    }
    if (mapping.fate == MlxMapping::Fate::unknown) {
        if (strictness == Strictness::strict)
            return Error {Errc::unsupported, info.name,
                "a tensor that " + std::string(architecture->modelType)
                    + " does not have in mlx-lm; forcing keeps it under this name"};
        mapping.parts = {{info.name, -1, {}}};
    }
    for (MlxPart& part : mapping.parts)
        groups[part.tensorName].push_back({id, part.expert, part.cut});
    return {};
}

// Shape of one source's part of the output; empty when the cut does not fit.
std::optional<Shape> cutShape(const Shape& source, const SourceCut& cut)
{
    Shape shape = source;
    const std::size_t rank = shape.size();
    if ((cut.transposed || cut.rowParts > 1) && rank < 2)
        return std::nullopt;
    if (cut.columnParts > 1 && rank < 1)
        return std::nullopt;
    if (cut.transposed)
        std::swap(shape[rank - 1], shape[rank - 2]);
    if (cut.rowParts > 1) {
        if (shape[rank - 2] % cut.rowParts != 0)
            return std::nullopt;
        shape[rank - 2] /= cut.rowParts;
    }
    if (cut.columnParts > 1) {
        if (shape[rank - 1] % cut.columnParts != 0)
            return std::nullopt;
        shape[rank - 1] /= cut.columnParts;
    }
    return shape;
}

// One shape and one cut for all, experts 0..E-1 without a gap.
Result<Shape> commonShape(const Model& model, const std::string& name, std::vector<Source>& sources)
{
    std::stable_sort(sources.begin(), sources.end(),
        [](const Source& a, const Source& b) { return a.expert < b.expert; });
    const auto first = cutShape(model.tensor(sources.front().id).shape, sources.front().cut);
    if (!first)
        return Error {Errc::badShape, model.tensor(sources.front().id).name,
            "found " + shapeText(model.tensor(sources.front().id).shape)
                + ", which does not split into gate and up"};
    const bool stacked = sources.front().expert >= 0;
    if (!stacked && sources.size() > 1)
        return Error {Errc::unsupported, model.tensor(sources.back().id).name,
            "two tensors become " + name};
    for (std::size_t i = 0; i < sources.size() && stacked; ++i) {
        const TensorInfo& info = model.tensor(sources[i].id);
        if (sources[i].expert != static_cast<int>(i))
            return Error {Errc::unsupported, info.name,
                "found expert " + std::to_string(sources[i].expert) + ", expected "
                    + std::to_string(i)};
        if (info.shape != *first)
            return Error {Errc::badShape, info.name,
                "found " + shapeText(info.shape) + ", expected " + shapeText(*first)
                    + " like the other experts"};
    }
    Shape shape = *first;
    if (stacked)
        shape.insert(shape.begin(), sources.size());
    return shape;
}

void setMatrix(Decision& decision)
{
    const Shape& shape = decision.shape;
    decision.elements = checkedProduct(shape).value_or(0); // the reader checked the product
    if (shape.size() < 2) {
        decision.rows = decision.elements == 0 ? 0 : 1;
        decision.columns = decision.elements;
        return;
    }
    const auto view = matrixView(shape);
    decision.slabs = view ? view->slabs : 0;
    decision.rows = view ? view->rows : 0;
    decision.columns = view ? view->columns : 0;
}

bool isRouter(const Decision& decision)
{
    return decision.role == TensorRole::router || decision.role == TensorRole::sharedRouter
        || endsWithAny(decision.tensorName,
            {".mlp.gate.weight", ".block_sparse_moe.gate.weight", ".router.weight",
                ".router.layer.weight", ".shared_expert_gate.weight"});
}

bool isExpertStack(const Decision& decision)
{
    return decision.role == TensorRole::expertGate || decision.role == TensorRole::expertUp
        || decision.role == TensorRole::expertGateUp || decision.role == TensorRole::expertDown;
}

// Empty: the client can read it quantized.
std::string reasonToKeep(const MlxArchitecture* architecture, const Decision& decision)
{
    const std::string& name = decision.tensorName;
    const bool norm = decision.role == TensorRole::norm;
    if (decision.shape.size() < 2)
        return norm ? "norm" : name.ends_with(".bias") ? "bias" : "1-D tensor";
    if (norm)
        return "norm";
    if (!name.ends_with(".weight"))
        return name.ends_with(".bias") ? "bias" : "not the weight of a module";
    if (isRouter(decision))
        return "router";
    if (decision.role == TensorRole::vision || decision.role == TensorRole::projector)
        return "vision part";
    if (architecture != nullptr && name.ends_with(".kv_b_proj.weight")
        && endsWithAny(architecture->modelType, {"deepseek_v3", "kimi_k2"}))
        return "split by the client when it loads";
    if (decision.shape.size() > 3 || (decision.shape.size() == 3 && !isExpertStack(decision)))
        return "not a matrix";
    if (decision.columns == 0 || decision.columns % 32 != 0)
        return std::to_string(decision.columns) + " columns, not a multiple of 32";
    return {};
}

TensorRole splitRole(TensorRole role, std::string_view name)
{
    const bool up = name.ends_with(".up_proj.weight");
    const bool gate = name.ends_with(".gate_proj.weight");
    const bool down = name.ends_with(".down_proj.weight");
    if (name.find(".experts.") != std::string_view::npos
        || name.find(".switch_mlp.") != std::string_view::npos)
        return up ? TensorRole::expertUp
            : gate  ? TensorRole::expertGate
            : down  ? TensorRole::expertDown
                    : role;
    return role;
}

Decision makeDecision(const MlxArchitecture* architecture, const Model& model,
    const std::string& name, const std::vector<Source>& sources, Shape shape)
{
    constexpr std::string_view suffix = ".weight";
    const TensorInfo& info = model.tensor(sources.front().id);
    Decision decision;
    decision.tensorName = name;
    decision.name = name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
    decision.role = architecture != nullptr ? splitRole(info.role, name) : info.role;
    decision.layer = info.layer;
    for (const Source& source : sources) {
        decision.sources.push_back(source.id);
        decision.sourceNames.push_back(model.tensor(source.id).name);
    }
    decision.cut = sources.front().cut;
    decision.shape = std::move(shape);
    setMatrix(decision);
    decision.fixedReason = reasonToKeep(architecture, decision);
    decision.sizeProtected = decision.role == TensorRole::embedding
        || decision.role == TensorRole::positionEmbedding || decision.role == TensorRole::lmHead;
    return decision;
}

std::vector<std::string> dropNotes(const DropCounts& drops)
{
    std::vector<std::string> notes;
    for (const auto& [reason, entry] : drops)
        notes.push_back(std::to_string(entry.count) + (entry.count == 1 ? " tensor" : " tensors")
            + " not written, " + reason + ": " + printable(entry.example, 80)
            + (entry.count == 1 ? "" : " and others"));
    return notes;
}

} // namespace

Result<MlxDecisions> mlxDecisions(
    const MlxArchitecture* architecture, const Model& model, Strictness strictness)
{
    Groups groups;
    DropCounts drops;
    const std::set<TensorId> scales = scaleTensors(model);
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorId id {static_cast<std::uint32_t>(i)};
        if (scales.contains(id)) {
            drop(drops, "FP8 scales, multiplied into their weights", model.tensor(id).name);
            continue;
        }
        if (auto done = groupOne(architecture, model, id, strictness, groups, drops); !done)
            return done.error();
    }
    MlxDecisions result;
    for (auto& [name, sources] : groups) {
        auto shape = commonShape(model, name, sources);
        if (!shape)
            return shape.error();
        result.decisions.push_back(
            makeDecision(architecture, model, name, sources, std::move(*shape)));
    }
    std::stable_sort(result.decisions.begin(), result.decisions.end(),
        [](const Decision& a, const Decision& b) { return naturalLess(a.name, b.name); });
    result.notes = dropNotes(drops);
    return result;
}

} // namespace bitloupe
