// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_interpret.h"

#include "base/text.h"
#include "model/assemble.h"
#include "model/gguf_config.h"
#include "model/gguf_roles.h"

#include <map>

namespace bitloupe {
namespace {

constexpr std::uint64_t maxVector = 4096; // frequencies of one head

std::optional<std::vector<float>> smallVector(const Model& model, std::string_view name)
{
    const auto id = model.find(name);
    if (!id)
        return std::nullopt;
    const TensorInfo& tensor = model.tensor(*id);
    if (tensor.dtype != DType::F32 || tensor.elements() == 0 || tensor.elements() > maxVector)
        return std::nullopt;
    std::vector<float> values(tensor.elements());
    const auto& file = model.shards[tensor.shard].file;
    if (!file->readInto(tensor.byteOffset, std::as_writable_bytes(std::span(values))))
        return std::nullopt;
    return values;
}

/// Weights that lost something already are worth a sentence; Q8_0 lost next to nothing.
void warnOfBlocks(Model& model)
{
    std::map<DType, std::uint64_t> bytes;
    std::uint64_t unread = 0;
    for (const TensorInfo& tensor : model.tensors) {
        const DTypeInfo& info = dtypeInfo(tensor.dtype);
        if (info.isBlock() && tensor.dtype != DType::Q8_0)
            bytes[tensor.dtype] += tensor.byteSize;
        if (info.isBlock() && !info.analysed)
            ++unread;
    }
    if (bytes.empty())
        return;
    const auto most = std::max_element(bytes.begin(), bytes.end(),
        [](const auto& a, const auto& b) { return a.second < b.second; });
    const std::string others = bytes.size() > 1 ? " and other types" : "";
    addWarnings(model, {{model.shards.front().name,
        "this source is already " + std::string(dtypeInfo(most->first).name) + others
            + ": requantizing adds error to what it lost"}});
    if (unread > 0)
        addWarnings(model, {{model.shards.front().name,
            std::to_string(unread) + " tensors are of types that are not analysed"}});
}

} // namespace

void interpretGguf(Model& model)
{
    assignGgufRoles(model.tensors);
    auto reading = readGgufConfig(*model.metadata, model.tensors,
        [&model](std::string_view name) { return smallVector(model, name); });
    model.config = std::move(reading.facts);
    addWarnings(model, reading.warnings);
    addWarnings(model,
        reconcileConfig(model.config, model.tensors, true,
            ggufConfigNames(*model.metadata, model.shards.front().name)));
    warnOfBlocks(model);
}

} // namespace bitloupe
