// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_layout.h"

#include "base/checked.h"
#include "base/text.h"
#include "model/gguf_types.h"

#include <cassert>
#include <cstring>

namespace bitloupe {
namespace {

constexpr std::uint32_t ggufVersion = 3;
constexpr std::uint32_t f32TensorType = 0;
constexpr std::size_t mostFiles = 65'535;

std::string partName(const std::string& fileName, std::size_t index, std::size_t count)
{
    const auto five = [](std::size_t number) {
        const std::string text = std::to_string(number);
        return std::string(text.size() < 5 ? 5 - text.size() : 0, '0') + text;
    };
    const std::string stem = fileName.substr(0, fileName.size() - ggufSuffix.size());
    return stem + "-" + five(index + 1) + "-of-" + five(count) + std::string(ggufSuffix);
}

void appendInfo(std::string& header, std::string_view name, const Shape& shape,
    std::uint32_t type, std::uint64_t offset)
{
    appendGgufString(header, name);
    appendUnsigned32(header, static_cast<std::uint32_t>(shape.size()));
    for (auto dim = shape.rbegin(); dim != shape.rend(); ++dim)
        appendUnsigned64(header, *dim);
    appendUnsigned32(header, type);
    appendUnsigned64(header, offset);
}

void padTo(std::string& bytes, std::uint64_t alignment)
{
    bytes.resize(roundUp(bytes.size(), alignment), '\0');
}

Result<void> checkNames(const TargetProfile& profile)
{
    for (const Decision& decision : profile.decisions) {
        if (decision.tensorName.empty() || decision.tensorName.size() > maxGgufName)
            return Error {Errc::badShape, decision.tensorName,
                "found a name of " + std::to_string(decision.tensorName.size())
                    + " bytes, expected 1 to " + std::to_string(maxGgufName)};
        if (decision.shape.empty() || decision.shape.size() > maxGgufRank)
            return Error {Errc::badShape, decision.tensorName,
                "found " + std::to_string(decision.shape.size()) + " dimensions, expected 1 to "
                    + std::to_string(maxGgufRank)};
    }
    return {};
}

// One file's header while its tensors find their places.
class FileLayouter {
public:
    FileLayouter(const TargetProfile& profile, std::span<const std::uint16_t> choice)
        : m_profile(profile)
        , m_choice(choice)
    {
    }

    WeightFile layout(const ShardLayout& shard, std::uint32_t index,
        const GgufKeyValues& keyValues, std::span<const ComputedTensor> computed,
        std::vector<PlacedDecision>& placed)
    {
        std::string header = "GGUF";
        appendUnsigned32(header, ggufVersion);
        appendUnsigned64(header, computed.size() + shard.decisionCount);
        appendUnsigned64(header, keyValues.count());
        header += keyValues.bytes();
        std::string data;
        for (const ComputedTensor& tensor : computed) {
            appendInfo(header, tensor.name, {tensor.values.size()}, f32TensorType, data.size());
            data.append(reinterpret_cast<const char*>(tensor.values.data()),
                tensor.values.size() * sizeof(float));
            padTo(data, ggufAlignment);
        }
        std::uint64_t at = data.size();
        for (std::uint32_t i = 0; i < shard.decisionCount; ++i) {
            const std::uint32_t d = shard.firstDecision + i;
            const Decision& decision = m_profile.decisions[d];
            const CodecOption& option = decision.options[m_choice[d]];
            appendInfo(header, decision.tensorName, decision.shape,
                ggufTypeOf(codec(option.codec)).value_or(f32TensorType), at);
            const std::uint64_t rows = decision.slabs * decision.rows;
            placed[d] = {index, {at, 0, 0}, {rows == 0 ? 0 : option.dataBytes / rows, 0, 0}};
            at += option.dataBytes + m_profile.size.paddingOf(option.dataBytes);
        }
        padTo(header, ggufAlignment);
        for (std::uint32_t i = 0; i < shard.decisionCount; ++i)
            placed[shard.firstDecision + i].offset[0] += header.size();
        WeightFile file;
        file.dataBytes = at - data.size();
        file.header = header + data;
        assert(file.header.size() == shard.headerBytes);
        assert(file.fileBytes() == shard.fileBytes());
        return file;
    }

private:
    const TargetProfile& m_profile;
    std::span<const std::uint16_t> m_choice;
};

} // namespace

std::optional<std::uint32_t> ggufTypeOf(const Codec& codec)
{
    return ggmlTypeOf(codec.storedType);
}

Result<WeightFiles> layoutGgufFiles(const TargetProfile& profile,
    std::span<const std::uint16_t> choice, const GgufContents& contents,
    const std::string& fileName)
{
    if (auto done = checkNames(profile); !done)
        return done.error();
    const FileLayout layout = layoutFiles(profile, choice);
    const bool split = profile.size.shardLimitBytes != 0;
    if (layout.shards.size() > mostFiles)
        return Error {Errc::badPlan, fileName,
            "found " + groupedText(layout.shards.size()) + " files, expected at most "
                + groupedText(mostFiles)};
    WeightFiles result;
    result.placed.resize(profile.decisions.size());
    FileLayouter layouter(profile, choice);
    const auto count = static_cast<std::uint16_t>(layout.shards.size());
    const auto tensors
        = static_cast<std::int32_t>(profile.decisions.size() + contents.computed.size());
    for (std::uint16_t s = 0; s < count; ++s) {
        GgufKeyValues keys = s == 0 ? contents.keyValues : GgufKeyValues();
        if (split)
            addSplitKeys(keys, s, count, tensors);
        const std::span<const ComputedTensor> computed = s == 0
            ? std::span<const ComputedTensor>(contents.computed)
            : std::span<const ComputedTensor>();
        WeightFile file = layouter.layout(layout.shards[s], s, keys, computed, result.placed);
        file.name = split ? partName(fileName, s, count) : fileName;
        result.files.push_back(std::move(file));
    }
    result.dataBytes = layout.dataBytes;
    result.fileBytes = layout.fileBytes;
    return result;
}

} // namespace bitloupe
