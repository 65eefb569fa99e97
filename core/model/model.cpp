// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model.h"

#include "base/checked.h"
#include "base/digest.h"
#include "base/text.h"

#include <algorithm>

namespace bitloupe {

std::string QuantizedSource::text() const
{
    return bits > 0 ? method + ", " + std::to_string(bits) + " bit" : method;
}

std::optional<TensorId> findTensor(std::span<const TensorInfo> sorted, std::string_view name)
{
    const auto found = std::lower_bound(sorted.begin(), sorted.end(), name,
        [](const TensorInfo& tensor, std::string_view wanted) {
            return naturalLess(tensor.name, wanted);
        });
    if (found == sorted.end() || found->name != name)
        return std::nullopt;
    return TensorId {static_cast<std::uint32_t>(found - sorted.begin())};
}

std::optional<TensorId> Model::find(std::string_view tensorName) const
{
    return findTensor(tensors, tensorName);
}

std::uint64_t Model::totalBytes() const
{
    std::uint64_t total = 0;
    for (const TensorInfo& tensor : tensors)
        total += tensor.byteSize;
    return total;
}

std::uint64_t Model::parameters() const
{
    std::uint64_t total = 0;
    for (const TensorInfo& tensor : tensors) {
        if (tensor.role != TensorRole::auxiliary)
            total += tensor.elements();
    }
    return total;
}

bool Model::isPacked() const
{
    return quantized && std::any_of(tensors.begin(), tensors.end(), [](const TensorInfo& tensor) {
        const DTypeInfo& type = dtypeInfo(tensor.dtype);
        return tensor.role != TensorRole::auxiliary && matrixView(tensor.shape) && !type.analysed
            && !type.isBlock();
    });
}

std::string Model::digest() const
{
    // Lengths stand before names, so that no name can look like the next field.
    std::string text = "bitloupe-model/1\n";
    for (const TensorInfo& tensor : tensors) {
        text += std::to_string(tensor.name.size()) + ' ' + tensor.name + ' ';
        text += dtypeInfo(tensor.dtype).name;
        for (const std::uint64_t size : tensor.shape)
            text += ' ' + std::to_string(size);
        text += ' ' + std::to_string(tensor.byteSize) + '\n';
    }
    std::vector<std::string> headers;
    for (const Shard& shard : shards)
        headers.push_back(shard.headerDigest);
    std::sort(headers.begin(), headers.end());
    for (const std::string& header : headers)
        text += header + '\n';
    return sha256Hex(text);
}

Result<FileWindow> Model::view(TensorId id, std::uint64_t begin, std::uint64_t size) const
{
    const TensorInfo& info = tensor(id);
    if (!rangeInside(begin, size, info.byteSize))
        return Error {Errc::truncated, info.name,
            "has " + std::to_string(info.byteSize) + " bytes, asked for " + std::to_string(size)
                + " from byte " + std::to_string(begin)};
    return shards[info.shard].file->window(info.byteOffset + begin, size);
}

Result<void> Model::unchanged() const
{
    for (const Shard& shard : shards) {
        if (auto same = shard.file->unchanged(); !same)
            return same;
    }
    return {};
}

} // namespace bitloupe
