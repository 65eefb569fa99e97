// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/assemble.h"

#include "base/text.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::size_t maxWarnings = 100;

Result<void> refuseDuplicates(const Model& model)
{
    const auto twice = std::adjacent_find(model.tensors.begin(), model.tensors.end(),
        [](const TensorInfo& a, const TensorInfo& b) { return a.name == b.name; });
    if (twice == model.tensors.end())
        return {};
    return Error {Errc::duplicateName, twice->name,
        "found in " + printable(model.shards[twice->shard].name) + " and in "
            + printable(model.shards[(twice + 1)->shard].name)};
}

/// Every tensor of the index must be in the file it says; all failures make one line.
Result<void> checkIndex(Model& model, const ShardIndex& index)
{
    std::size_t wrong = 0;
    Error first {Errc::badIndex, {}, {}};
    for (const auto& [name, file] : index.tensors) {
        const auto id = model.find(name);
        if (id && model.tensor(*id).shard == file)
            continue;
        if (++wrong > 1)
            continue;
        first.where = name;
        first.detail = id ? "the index says " + printable(index.files[file]) + ", found in "
                + printable(model.shards[model.tensor(*id).shard].name)
                          : "the index says " + printable(index.files[file]) + ", found in no file";
    }
    if (wrong > 1)
        first.detail += " (and " + std::to_string(wrong - 1) + " more)";
    if (wrong > 0)
        return first;
    if (model.tensors.size() > index.tensors.size())
        addWarnings(model,
            {{"model.safetensors.index.json",
                std::to_string(model.tensors.size() - index.tensors.size())
                    + " tensors of the files are not in the index; they are read all the same"}});
    return {};
}

} // namespace

Result<void> assembleTensors(
    Model& model, std::vector<CheckpointFile> files, const std::optional<ShardIndex>& index)
{
    for (CheckpointFile& file : files) {
        for (TensorInfo& tensor : file.tensors) {
            tensor.shard = static_cast<std::uint32_t>(model.shards.size());
            model.tensors.push_back(std::move(tensor));
        }
        model.shards.push_back(std::move(file.shard));
    }
    std::sort(model.tensors.begin(), model.tensors.end(),
        [](const TensorInfo& a, const TensorInfo& b) {
            return a.name != b.name ? naturalLess(a.name, b.name) : a.shard < b.shard;
        });
    if (auto unique = refuseDuplicates(model); !unique)
        return unique;
    return index ? checkIndex(model, *index) : Result<void>();
}

void addWarnings(Model& model, const std::vector<ModelWarning>& warnings)
{
    model.warnings.insert(model.warnings.end(), warnings.begin(), warnings.end());
}

void limitWarnings(Model& model)
{
    if (model.warnings.size() <= maxWarnings)
        return;
    const std::size_t rest = model.warnings.size() - maxWarnings;
    model.warnings.resize(maxWarnings);
    model.warnings.push_back({{}, std::to_string(rest) + " more warnings are not listed"});
}

} // namespace bitloupe
