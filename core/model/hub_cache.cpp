// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/hub_cache.h"

#include "base/source_file.h"
#include "model/shard_index.h"

#include <vector>

namespace bitloupe {
namespace {

constexpr std::string_view prefix = "models--";

/// "models--org--name" as "org/name"; empty when it is none.
std::string repositoryOf(const std::string& folder)
{
    if (!folder.starts_with(prefix) || folder.size() == prefix.size())
        return {};
    std::string name = folder.substr(prefix.size());
    if (const std::size_t dashes = name.find("--"); dashes != std::string::npos)
        name.replace(dashes, 2, "/");
    return name;
}

std::string revisionInRef(const std::filesystem::path& ref)
{
    auto text = readSmallFile(ref, 1024);
    if (!text)
        return {};
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r'))
        text->pop_back();
    const bool plain = isPlainRelativeName(*text) && text->find('/') == std::string::npos;
    return plain ? *text : std::string();
}

} // namespace

std::optional<HubEntry> hubEntryOf(const std::filesystem::path& path)
{
    std::filesystem::path root;
    for (auto part = path.begin(); part != path.end(); ++part) {
        root /= *part;
        HubEntry entry {root, repositoryOf(part->string()), {}};
        if (entry.repository.empty())
            continue;
        auto next = std::next(part);
        if (next != path.end() && *next == "snapshots" && ++next != path.end())
            entry.revision = next->string();
        return entry;
    }
    return std::nullopt;
}

std::optional<HubEntry> hubEntryOfSnapshot(const std::filesystem::path& directory)
{
    const std::filesystem::path snapshots = directory.parent_path();
    const std::filesystem::path root = snapshots.parent_path();
    HubEntry entry {root, repositoryOf(root.filename().string()), directory.filename().string()};
    if (snapshots.filename() != "snapshots" || entry.repository.empty())
        return std::nullopt;
    return entry;
}

Result<std::filesystem::path> hubSnapshot(const HubEntry& entry)
{
    std::error_code failed;
    const std::filesystem::path snapshots = entry.root / "snapshots";
    if (const std::string revision = revisionInRef(entry.root / "refs" / "main");
        !revision.empty() && std::filesystem::is_directory(snapshots / revision, failed))
        return snapshots / revision;
    std::vector<std::filesystem::path> found;
    for (std::filesystem::directory_iterator each(snapshots, failed), end; !failed && each != end;
         each.increment(failed)) {
        if (each->is_directory(failed))
            found.push_back(each->path());
    }
    if (found.size() == 1)
        return found.front();
    return Error {Errc::notAModel, entry.root.string(),
        found.empty() ? "the cache entry has no snapshot: the download did not finish"
                      : "the cache entry has " + std::to_string(found.size())
                + " snapshots: open one of them"};
}

} // namespace bitloupe
