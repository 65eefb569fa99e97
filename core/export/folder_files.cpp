// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/folder_files.h"

#include "base/digest.h"
#include "base/source_file.h"
#include "export/manifest.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::uint64_t copyChunk = 1u << 20;
constexpr std::uint64_t maxCardBytes = 16u << 20;

Result<std::shared_ptr<const SourceFile>> openSideFile(const SideFile& file)
{
    auto opened = SourceFile::open(file.source);
    if (opened && (*opened)->identity() != file.identity)
        return Error {Errc::changedOnDisk, file.source.string(), "another file took its place"};
    return opened;
}

} // namespace

Result<WrittenFile> writeTextFile(
    OutputDirectory& output, const std::string& name, std::string_view text)
{
    if (auto done = output.writeFile(name, text); !done)
        return done.error();
    return WrittenFile {name, text.size(), sha256Hex(text)};
}

Result<WrittenFile> copySideFile(OutputDirectory& output, const SideFile& file, const Job& job)
{
    const auto source = openSideFile(file);
    if (!source)
        return source.error();
    const std::uint64_t size = (*source)->size();
    auto copy = output.createFile(file.name, size);
    if (!copy)
        return copy.error();
    Sha256 hash;
    std::vector<std::byte> chunk;
    for (std::uint64_t at = 0; at < size; at += chunk.size()) {
        if (job.stopRequested())
            return Job::cancelled();
        chunk.resize(std::min(copyChunk, size - at));
        if (auto done = (*source)->readInto(at, chunk); !done)
            return done.error();
        hash.add(chunk);
        if (auto done = copy->writeAt(at, chunk); !done)
            return done.error();
    }
    if (auto done = copy->finish(); !done)
        return done.error();
    return WrittenFile {file.name, size, hash.hex()};
}

Result<std::string> readSourceCard(const SideFiles& files)
{
    if (!files.card)
        return std::string();
    const auto source = openSideFile(*files.card);
    return source ? readSmallFile(**source, maxCardBytes) : Result<std::string>(source.error());
}

std::vector<std::string> fileNamesOf(
    const std::filesystem::path& destination, const WeightFiles& files)
{
    std::vector<std::string> names {manifestFileFor(destination).string()};
    for (std::size_t i = files.files.size(); i-- > 0;)
        names.push_back(files.files[i].name);
    return names;
}

Result<void> checkNamesFree(const std::filesystem::path& destination, const WeightFiles& files)
{
    std::error_code error;
    for (const std::string& name : fileNamesOf(destination, files)) {
        const std::filesystem::path path = destination.parent_path() / name;
        if (std::filesystem::exists(std::filesystem::symlink_status(path, error)))
            return Error {Errc::targetExists, path.string(), "choose a new name"};
    }
    return {};
}

} // namespace bitloupe
