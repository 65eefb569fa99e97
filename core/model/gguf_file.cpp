// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_file.h"

#include "base/text.h"
#include "model/file_kind.h"
#include "model/gguf_header.h"

#include <algorithm>

namespace bitloupe {
namespace {

Error notGguf(
    const std::string& name, std::span<const std::byte> firstBytes, const Error& otherwise)
{
    constexpr std::size_t lengthBytes = 8;
    if (const auto words = foreignContent(firstBytes))
        return {Errc::notAModel, name, std::string(*words)};
    if (firstBytes.size() > lengthBytes && firstBytes[lengthBytes] == std::byte {'{'})
        return {Errc::notAModel, name,
            "it looks like a safetensors file: give it the ending .safetensors"};
    return inFile(name, otherwise);
}

Result<void> checkPart(const GgufFile& part, std::uint64_t index, std::uint64_t total)
{
    const std::string& name = part.shard.name;
    const std::int64_t count = part.metadata->integer("split.count").value_or(0);
    const std::int64_t number = part.metadata->integer("split.no").value_or(0);
    if (count < 0 || static_cast<std::uint64_t>(count) != total) {
        if (total == 1)
            return Error {Errc::badIndex, name,
                "it is part " + std::to_string(number) + " (from 0) of " + std::to_string(count)
                    + ", so its name should end in -0000N-of-0000M.gguf"};
        return Error {Errc::badIndex, name,
            "split.count is " + std::to_string(count) + ", but the name says "
                + std::to_string(total)};
    }
    if (number < 0 || static_cast<std::uint64_t>(number) != index)
        return Error {Errc::badIndex, name,
            "split.no is " + std::to_string(number) + ", but the name says "
                + std::to_string(index) + " (from 0)"};
    return {};
}

} // namespace

Result<GgufFile> openGguf(const std::filesystem::path& path, const std::string& name)
{
    auto opened = SourceFile::open(path);
    if (!opened)
        return opened.error();
    const std::shared_ptr<const SourceFile> file = *opened;
    const auto read = [file](std::uint64_t offset, std::span<std::byte> out) {
        return file->readInto(offset, out);
    };
    auto header = parseGgufHeader(read, file->size());
    if (!header) {
        const auto start = file->read(0, std::min<std::uint64_t>(sniffBytes, file->size()));
        return start && !isGguf(*start) ? notGguf(name, *start, header.error())
                                        : inFile(name, header.error());
    }
    GgufFile result;
    result.tensors = std::move(header->tensors);
    result.shard.file = file;
    result.shard.name = name;
    result.shard.dataOffset = header->dataOffset;
    result.shard.headerDigest = std::move(header->digest);
    result.metadata = std::make_shared<const GgufMetadata>(std::move(header->metadata));
    if (header->trailingBytes > 0)
        result.warnings.push_back({name,
            groupedText(header->trailingBytes)
                + " bytes follow the last tensor; they are not read"});
    return result;
}

std::string ggufPartName(const std::string& prefix, std::uint64_t number, std::uint64_t total)
{
    const auto fiveDigits = [](std::uint64_t value) {
        const std::string digits = std::to_string(value);
        return std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
    };
    return prefix + '-' + fiveDigits(number) + "-of-" + fiveDigits(total) + ".gguf";
}

Result<void> checkGgufSplit(std::span<const GgufFile> parts)
{
    std::uint64_t tensors = 0;
    if (parts.size() == 1 && parts[0].metadata->integer("split.count").value_or(1) <= 1)
        return {};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (auto checked = checkPart(parts[i], i, parts.size()); !checked)
            return checked;
        tensors += parts[i].tensors.size();
    }
    const auto said = parts[0].metadata->integer("split.tensors.count");
    if (said && (*said < 0 || static_cast<std::uint64_t>(*said) != tensors))
        return Error {Errc::badIndex, parts[0].shard.name,
            "split.tensors.count is " + std::to_string(*said) + ", but the parts hold "
                + std::to_string(tensors)};
    return {};
}

} // namespace bitloupe
