// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/weight_files.h"

#include "base/text.h"
#include "export/json_text.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <map>

namespace bitloupe {
namespace {

constexpr std::uint64_t largestHeader = 99'999'999; // what every reader accepts

struct Entry {
    OutputTensor tensor;
    std::uint32_t decision = 0;
};

std::vector<Entry> entriesOf(const TargetProfile& profile, std::span<const std::uint16_t> choice,
    const ShardLayout& shard)
{
    std::vector<Entry> entries;
    for (std::uint32_t i = 0; i < shard.decisionCount; ++i) {
        const std::uint32_t d = shard.firstDecision + i;
        const Decision& decision = profile.decisions[d];
        const Codec& chosen = codec(decision.options[choice[d]].codec);
        for (OutputTensor& tensor : outputTensors(decision, chosen, profile.floatType))
            entries.push_back({std::move(tensor), d});
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        const int bitsA = dtypeInfo(a.tensor.dtype).bits;
        const int bitsB = dtypeInfo(b.tensor.dtype).bits;
        return bitsA != bitsB ? bitsA > bitsB : a.tensor.name < b.tensor.name;
    });
    return entries;
}

std::string fileName(std::size_t index, std::size_t count)
{
    if (count == 1)
        return "model.safetensors";
    const auto five = [](std::size_t number) {
        const std::string text = std::to_string(number);
        return std::string(text.size() < 5 ? 5 - text.size() : 0, '0') + text;
    };
    return "model-" + five(index + 1) + "-of-" + five(count) + ".safetensors";
}

std::string lengthField(std::uint64_t length)
{
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes;
}

Result<WeightFile> layoutOne(const std::vector<Entry>& entries, const ShardLayout& shard,
    std::uint32_t shardIndex, std::vector<PlacedDecision>& placed)
{
    WeightFile file;
    std::string json(headerOpening);
    std::uint64_t at = 0;
    for (const Entry& entry : entries) {
        const auto part = static_cast<std::size_t>(entry.tensor.part);
        placed[entry.decision].shard = shardIndex;
        placed[entry.decision].offset[part] = shard.headerBytes + at;
        placed[entry.decision].rowBytes[part] = entry.tensor.rowBytes;
        json += headerEntry(entry.tensor, at, at + entry.tensor.bytes);
        at += entry.tensor.bytes;
    }
    json += headerClosing;
    assert(at == shard.dataBytes);
    const std::uint64_t length = shard.headerBytes - sizeof(std::uint64_t);
    assert(json.size() <= length);
    if (length > largestHeader)
        return Error {Errc::headerTooLarge, "weight file",
            "found " + groupedText(length) + " bytes of header, expected at most "
                + groupedText(largestHeader)};
    json.resize(length, ' ');
    file.header = lengthField(length) + json;
    file.dataBytes = at;
    return file;
}

using WeightMap = std::map<std::string, std::string>; // tensor name to file name

Result<void> addNames(WeightMap& map, const std::vector<Entry>& entries, const std::string& file)
{
    for (const Entry& entry : entries)
        if (!map.emplace(entry.tensor.name, file).second)
            return Error {Errc::duplicateName, entry.tensor.name, "two outputs of this name"};
    return {};
}

std::string indexText(
    const WeightMap& map, std::uint64_t dataBytes, std::uint64_t parameters)
{
    JsonText metadata = JsonText::object();
    metadata.set("total_size", JsonText::number(dataBytes));
    metadata.set("total_parameters", JsonText::number(parameters));
    JsonText weights = JsonText::object();
    for (const auto& [tensor, file] : map)
        weights.members().emplace_back(tensor, JsonText::string(file));
    JsonText index = JsonText::object();
    index.set("metadata", std::move(metadata));
    index.set("weight_map", std::move(weights));
    return index.text();
}

} // namespace

Result<WeightFiles> layoutWeightFiles(
    const TargetProfile& profile, std::span<const std::uint16_t> choice)
{
    const FileLayout layout = layoutFiles(profile, choice);
    WeightFiles result;
    result.placed.resize(profile.decisions.size());
    WeightMap map;
    for (std::size_t s = 0; s < layout.shards.size(); ++s) {
        const auto entries = entriesOf(profile, choice, layout.shards[s]);
        auto file
            = layoutOne(entries, layout.shards[s], static_cast<std::uint32_t>(s), result.placed);
        if (!file)
            return file.error();
        file->name = fileName(s, layout.shards.size());
        if (auto done = addNames(map, entries, file->name); !done)
            return done.error();
        result.files.push_back(std::move(*file));
    }
    result.dataBytes = layout.dataBytes;
    result.fileBytes = layout.fileBytes;
    if (result.files.size() > 1)
        result.index = indexText(map, layout.dataBytes, profile.parameters);
    return result;
}

} // namespace bitloupe
