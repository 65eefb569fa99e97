// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_copy.h"

#include "base/text.h"
#include "export/gguf_decisions.h"
#include "model/gguf_metadata.h"

#include <algorithm>
#include <array>
#include <set>

namespace bitloupe {
namespace {

// Pairs that are true of the source's files alone.
bool isReplacedPair(std::string_view key)
{
    constexpr std::string_view keys[] = {"general.file_type", "general.quantization_version",
        "general.alignment", "split.no", "split.count", "split.tensors.count",
        "bitloupe.version", "bitloupe.source.digest"};
    return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

std::vector<TensorId> fileOrder(const Model& model)
{
    std::vector<TensorId> order;
    for (std::uint32_t i = 0; i < model.tensors.size(); ++i)
        order.push_back({i});
    std::stable_sort(order.begin(), order.end(), [&](TensorId a, TensorId b) {
        const TensorInfo& left = model.tensor(a);
        const TensorInfo& right = model.tensor(b);
        return left.shard != right.shard ? left.shard < right.shard
                                         : left.byteOffset < right.byteOffset;
    });
    return order;
}

constexpr std::string_view visionPart = "vision part", unknownPurpose = "unknown purpose";

// State-space and gated matrices that clients quantize and that have no role of their own.
bool isKnownMatrix(std::string_view name)
{
    constexpr std::string_view ends[]
        = {".ssm_in.weight", ".ssm_out.weight", ".attn_gate.weight"};
    return std::any_of(std::begin(ends), std::end(ends),
        [&](std::string_view end) { return name.ends_with(end); });
}

std::string notDecoded(DType dtype)
{
    return std::string(dtypeInfo(dtype).name) + " is not decoded";
}

// Why a matrix that llama.cpp might quantize is copied: nobody here knows its values, or what they
// are for.
std::string reasonToCopy(const TensorInfo& info)
{
    if (!dtypeInfo(info.dtype).analysed)
        return notDecoded(info.dtype);
    std::string reason = ggufReasonToKeep(info.name, info.shape);
    if (!reason.empty())
        return reason;
    if (info.role == TensorRole::vision || info.role == TensorRole::projector)
        return std::string(visionPart);
    return info.role == TensorRole::other && !isKnownMatrix(info.name)
        ? std::string(unknownPurpose)
        : std::string();
}

Decision decisionOfTensor(const Model& model, TensorId id)
{
    constexpr std::string_view suffix = ".weight";
    const TensorInfo& info = model.tensor(id);
    Decision decision;
    decision.tensorName = info.name;
    decision.name = info.name.ends_with(suffix)
        ? info.name.substr(0, info.name.size() - suffix.size())
        : info.name;
    decision.role = info.role;
    decision.layer = info.layer;
    decision.sources = {id};
    decision.sourceNames = {info.name};
    decision.shape = info.shape;
    setDecisionMatrix(decision);
    decision.fixedReason = reasonToCopy(info);
    decision.sizeProtected
        = info.role == TensorRole::embedding || info.role == TensorRole::lmHead;
    return decision;
}

} // namespace

bool wouldLose(DType dtype)
{
    const DTypeInfo& info = dtypeInfo(dtype);
    return info.isBlock() && info.analysed && dtype != DType::Q8_0;
}

Result<std::vector<Decision>> decisionsOfGguf(const Model& model, bool requantize)
{
    std::vector<Decision> decisions;
    for (const TensorId id : fileOrder(model)) {
        const TensorInfo& info = model.tensor(id);
        if (wouldLose(info.dtype) && !requantize)
            return Error {Errc::alreadyQuantized, info.name,
                "found " + std::string(dtypeInfo(info.dtype).name)
                    + ", expected F32, F16, BF16 or Q8_0; requantizing it adds error "
                "and must be allowed"};
        decisions.push_back(decisionOfTensor(model, id));
    }
    return decisions;
}

void noteCopied(const Model& model, const std::vector<Decision>& decisions,
    std::vector<std::string>& notes)
{
    std::set<std::string> reasons {std::string(visionPart), std::string(unknownPurpose)};
    for (const TensorInfo& info : model.tensors)
        if (!dtypeInfo(info.dtype).analysed)
            reasons.insert(notDecoded(info.dtype));
    for (const std::string& reason : reasons) {
        const auto isOf = [&](const Decision& entry) { return entry.fixedReason == reason; };
        const auto first = std::find_if(decisions.begin(), decisions.end(), isOf);
        const auto count = std::count_if(decisions.begin(), decisions.end(), isOf);
        if (count > 0)
            notes.push_back(std::to_string(count) + " tensors are copied as they are (" + reason
                + "): " + printable(first->tensorName, 80)
                + (count > 1 ? " and others" : ""));
    }
}

Result<GgufContents> contentsOfGguf(const Model& model, std::uint32_t fileType)
{
    GgufContents contents;
    GgufKeyValues& keys = contents.keyValues;
    for (const GgufPair& pair : model.metadata->pairs()) {
        if (pair.key == "general.file_type")
            keys.addUnsigned32(pair.key, fileType);
        if (pair.key == "general.quantization_version")
            keys.addUnsigned32(pair.key, ggufQuantizationVersion);
        if (isReplacedPair(pair.key))
            continue;
        const auto bytes = model.metadata->bytes(pair.whole);
        if (!bytes)
            return bytes.error();
        keys.addCopy(pair.key, *bytes);
    }
    keys.addUnsigned32("general.file_type", fileType);
    keys.addUnsigned32("general.quantization_version", ggufQuantizationVersion);
    addProvenance(model, keys);
    return contents;
}

} // namespace bitloupe
