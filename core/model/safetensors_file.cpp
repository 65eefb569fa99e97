// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/safetensors_file.h"

#include "base/digest.h"
#include "model/file_kind.h"
#include "model/safetensors_header.h"

#include <algorithm>

namespace bitloupe {
namespace {

/// What is wrong with a file whose first bytes begin no safetensors header.
Error notSafetensors(
    const std::string& name, std::span<const std::byte> firstBytes, const Error& otherwise)
{
    if (isGguf(firstBytes))
        return {Errc::notAModel, name, "it is a GGUF file: give it the ending .gguf"};
    if (const auto words = foreignContent(firstBytes))
        return {Errc::notAModel, name, std::string(*words)};
    return inFile(name, otherwise);
}

/// False when the first bytes of the header already show that it is no JSON object.
bool mayBeJsonObject(std::span<const std::byte> header)
{
    for (const std::byte byte : header) {
        const char letter = static_cast<char>(byte);
        if (letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t')
            return letter == '{';
    }
    return true;
}

} // namespace

Result<CheckpointFile> openSafetensors(const std::filesystem::path& path, const std::string& name)
{
    auto opened = SourceFile::open(path);
    if (!opened)
        return opened.error();
    const std::shared_ptr<const SourceFile> file = *opened;
    const auto start = file->read(0, std::min<std::uint64_t>(sniffBytes, file->size()));
    if (!start)
        return start.error();
    const std::span<const std::byte> firstBytes = *start;
    const auto size = safetensorsHeaderSize(firstBytes, file->size());
    if (!size)
        return notSafetensors(name, firstBytes, size.error());
    const auto visible = firstBytes.subspan(8, std::min<std::uint64_t>(*size, firstBytes.size() - 8));
    if (!mayBeJsonObject(visible))
        return notSafetensors(name, firstBytes,
            {Errc::badHeader, {}, "the header is not a JSON object"});
    const auto header = file->read(8, *size);
    if (!header)
        return header.error();
    auto parsed = parseSafetensorsHeader(*header, file->size() - 8 - *size);
    if (!parsed)
        return inFile(name, parsed.error());

    CheckpointFile result;
    result.tensors = std::move(parsed->tensors);
    result.shard.file = file;
    result.shard.name = name;
    result.shard.dataOffset = 8 + *size;
    for (TensorInfo& tensor : result.tensors)
        tensor.byteOffset += result.shard.dataOffset; // inside the file, as the header says
    Sha256 digest;
    digest.add(std::span<const std::byte>(*header));
    result.shard.headerDigest = digest.hex();
    return result;
}

} // namespace bitloupe
