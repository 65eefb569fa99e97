// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/locate.h"

#include "base/source_file.h"
#include "base/text.h"
#include "model/file_kind.h"
#include "model/folder_listing.h"
#include "model/gguf_file.h"
#include "model/hub_cache.h"

#include <algorithm>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t maxIndexBytes = 64u << 20;
constexpr std::string_view singleName = "model.safetensors";
constexpr std::string_view indexEnding = ".safetensors.index.json";
constexpr std::string_view ggufEnding = ".gguf";

Result<ShardIndex> readIndex(const fs::path& path)
{
    const auto text = readSmallFile(path, maxIndexBytes);
    if (!text)
        return text.error();
    auto index = parseShardIndex(*text);
    if (index)
        return index;
    Error error = index.error();
    const std::string file = path.filename().string();
    error.where = error.where.empty() ? file : file + ": " + error.where;
    return error;
}

Result<void> useIndex(Location& location, const fs::path& path)
{
    auto index = readIndex(path);
    if (!index)
        return index.error();
    std::size_t absent = 0;
    std::string first;
    for (const std::string& file : index->files) {
        std::error_code failed;
        if (fs::exists(location.directory / file, failed))
            continue;
        if (++absent == 1)
            first = file;
    }
    if (absent > 0)
        return Error {Errc::badIndex, path.filename().string(),
            std::to_string(absent) + " of " + std::to_string(index->files.size())
                + " files are absent, the first is " + printable(first)};
    location.files = index->files;
    location.index = std::move(*index);
    return {};
}

/// The shards that lie in a folder without an index, when their names say how many there are.
Result<void> useShardsWithoutIndex(Location& location, const FolderListing& listing)
{
    location.files = listing.modelFiles;
    for (const std::string& file : location.files) {
        const auto number = shardNumber(file);
        if (number && number->total != location.files.size())
            return Error {Errc::notAModel, location.directory.string(),
                "found " + std::to_string(location.files.size()) + " model*.safetensors, but "
                    + printable(file) + " says there are " + std::to_string(number->total)};
    }
    if (location.files.size() > 1)
        location.warnings.push_back({location.directory.filename().string(),
            "there is no model.safetensors.index.json; all "
                + std::to_string(location.files.size()) + " model*.safetensors were read"});
    return {};
}

/// A file, or all parts of a split one, which clients find by their names as well.
Result<void> locateGguf(Location& location, const std::string& file)
{
    location.format = ModelFormat::gguf;
    location.files = {file};
    const auto number = shardNumber(file, ggufEnding);
    if (!number || number->total < 2)
        return {};
    if (file != ggufPartName(number->stem, number->number, number->total))
        return {}; // only the exact spelling counts
    location.files.clear();
    location.name = number->stem;
    for (std::uint64_t i = 1; i <= number->total; ++i) {
        location.files.push_back(ggufPartName(number->stem, i, number->total));
        std::error_code failed;
        if (!fs::exists(location.directory / location.files.back(), failed))
            return Error {Errc::notAModel, file,
                "part " + std::to_string(i) + " of " + std::to_string(number->total)
                    + " is absent: " + printable(location.files.back())};
    }
    return {};
}

/// The only GGUF file of a folder, or the first part of the only split one. Projectors of images
/// (mmproj) belong to a model beside them.
std::optional<std::string> onlyGguf(const FolderListing& listing)
{
    std::optional<std::string> only;
    for (const std::string& file : listing.ggufs) {
        if (file.starts_with("mmproj"))
            continue;
        const auto number = shardNumber(file, ggufEnding);
        if (number && number->number > 1)
            continue;
        if (only)
            return std::nullopt;
        only = file;
    }
    return only;
}

/// By its ending, or by its first bytes where the name has none that says what it is.
bool isGgufFile(const fs::path& path)
{
    const std::string file = path.filename().string();
    if (file.ends_with(ggufEnding) || file.ends_with(".GGUF"))
        return true;
    if (file.ends_with(".safetensors") || file.ends_with(".json"))
        return false;
    const auto opened = SourceFile::open(path);
    constexpr std::uint64_t magicBytes = 4;
    if (!opened || (*opened)->size() < magicBytes)
        return false;
    const auto start = (*opened)->read(0, magicBytes);
    return start && isGguf(*start);
}

Result<void> locateInFolder(Location& location)
{
    auto listing = listFolder(location.directory);
    if (!listing)
        return listing.error();
    const fs::path indexPath = location.directory / "model.safetensors.index.json";
    if (listing->has(singleName)) {
        // transformers takes the single file first as well.
        location.files = {std::string(singleName)};
        if (!listing->has("model.safetensors.index.json"))
            return {};
        const auto index = readIndex(indexPath);
        if (index && index->files == location.files)
            return useIndex(location, indexPath);
        location.warnings.push_back({"model.safetensors.index.json",
            "not used, because there is a model.safetensors beside it"});
        return {};
    }
    if (listing->has("model.safetensors.index.json"))
        return useIndex(location, indexPath);
    if (!listing->modelFiles.empty())
        return useShardsWithoutIndex(location, *listing);
    if (listing->indexFiles.size() == 1)
        return useIndex(location, location.directory / listing->indexFiles.front());
    if (listing->otherSafetensors.size() == 1) {
        location.files = listing->otherSafetensors;
        return {};
    }
    if (const auto gguf = onlyGguf(*listing); gguf && listing->otherSafetensors.empty())
        return locateGguf(location, *gguf);
    return nothingToOpen(location.directory, *listing);
}

/// A file: an index, a shard whose index is beside it, or a model of its own.
Result<void> locateFile(Location& location, const fs::path& path)
{
    const std::string file = path.filename().string();
    if (isGgufFile(path))
        return locateGguf(location, file);
    if (file.ends_with(indexEnding) || file.ends_with(".index.json"))
        return useIndex(location, path);
    location.files = {file};
    const auto number = shardNumber(file);
    if (!number)
        return {};
    const fs::path indexPath = location.directory / (number->stem + std::string(indexEnding));
    std::error_code failed;
    if (fs::exists(indexPath, failed))
        return useIndex(location, indexPath);
    if (number->total > 1) {
        location.complete = false;
        location.warnings.push_back({file,
            "one shard of " + std::to_string(number->total)
                + " without an index; the others were not read"});
    }
    return {};
}

std::string nameOf(const fs::path& path, const Location& location, bool folder)
{
    const std::string file = path.filename().string();
    if (folder || location.index || file == singleName)
        return location.directory.filename().string();
    return file;
}

/// Absolute, without a slash at the end. The last name stays as it is, because in the hub cache
/// it is a link whose target has no telling name; ".." is resolved as the system does.
fs::path absolutePath(const fs::path& given, std::error_code& failed)
{
    fs::path path = fs::absolute(given, failed);
    const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
    if (!failed && climbs)
        path = path.filename() == ".." || !path.has_filename()
            ? fs::canonical(path, failed)
            : fs::canonical(path.parent_path(), failed) / path.filename();
    path = path.lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

} // namespace

Result<Location> locateModel(const fs::path& given)
{
    std::error_code failed;
    const fs::path path = absolutePath(given, failed);
    if (failed)
        return Error {Errc::ioRead, given.string(), failed.message()};
    const auto hub = hubEntryOf(path);
    if (hub && (hub->revision.empty() && (path == hub->root || path == hub->root / "snapshots"))) {
        auto snapshot = hubSnapshot(*hub);
        if (!snapshot)
            return snapshot.error();
        return locateModel(*snapshot);
    }
    const auto status = fs::status(path, failed);
    if (!fs::exists(status))
        return Error {Errc::ioRead, path.string(), failed ? failed.message() : "no such file"};
    Location location;
    const bool folder = fs::is_directory(status);
    location.directory = folder ? path : path.parent_path();
    auto located = folder ? locateInFolder(location) : locateFile(location, path);
    if (!located)
        return located.error();
    if (location.name.empty())
        location.name = nameOf(path, location, folder);
    if (hub && !hub->revision.empty()) {
        location.name = hub->repository;
        location.revision = hub->revision;
    }
    return location;
}

} // namespace bitloupe
