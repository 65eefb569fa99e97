// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/folder_listing.h"

#include "base/text.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::size_t maxNames = 100'000;

void sortIn(FolderListing& listing, const std::string& name)
{
    const auto ends = [&name](std::string_view ending) { return name.ends_with(ending); };
    if (ends(".safetensors"))
        (name.starts_with("model") ? listing.modelFiles : listing.otherSafetensors).push_back(name);
    else if (ends(".safetensors.index.json"))
        listing.indexFiles.push_back(name);
    else if (ends(".bin") || ends(".pt") || ends(".pth") || ends(".ckpt"))
        listing.pickles.push_back(name);
    else if (ends(".gguf"))
        listing.ggufs.push_back(name);
}

} // namespace

bool FolderListing::has(std::string_view name) const
{
    const auto in = [name](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    return in(modelFiles) || in(indexFiles);
}

Result<FolderListing> listFolder(const std::filesystem::path& directory)
{
    FolderListing listing;
    std::error_code failed;
    std::size_t seen = 0;
    for (std::filesystem::directory_iterator each(directory, failed), end; !failed && each != end;
         each.increment(failed)) {
        if (++seen > maxNames)
            return Error {Errc::notAModel, directory.string(), "the folder has too many files"};
        sortIn(listing, each->path().filename().string());
    }
    if (failed)
        return Error {Errc::ioRead, directory.string(), failed.message()};
    for (auto* list : {&listing.modelFiles, &listing.otherSafetensors, &listing.indexFiles,
             &listing.pickles, &listing.ggufs})
        std::sort(list->begin(), list->end());
    return listing;
}

Error nothingToOpen(const std::filesystem::path& directory, const FolderListing& listing)
{
    const auto error = [&directory](Errc code, const std::string& detail) {
        return Error {code, directory.string(), detail};
    };
    if (!listing.otherSafetensors.empty())
        return error(Errc::notAModel,
            "there are " + std::to_string(listing.otherSafetensors.size())
                + " .safetensors but no model.safetensors: open one of them");
    if (!listing.ggufs.empty())
        return error(Errc::notAModel,
            "there are " + std::to_string(listing.ggufs.size()) + " .gguf files: open one of them");
    if (!listing.pickles.empty())
        return error(Errc::notAModel,
            "it holds only pickle files (" + printable(listing.pickles.front())
                + "), which are not loaded because pickle can run code: convert it to safetensors");
    return error(Errc::notAModel, "there is no .safetensors and no .gguf file in it");
}

std::optional<ShardNumber> shardNumber(std::string_view fileName, std::string_view ending)
{
    constexpr std::string_view middle = "-of-";
    if (!fileName.ends_with(ending))
        return std::nullopt;
    fileName.remove_suffix(ending.size());
    const std::size_t of = fileName.rfind(middle);
    if (of == std::string_view::npos || of == 0)
        return std::nullopt;
    const std::size_t dash = fileName.rfind('-', of - 1);
    if (dash == std::string_view::npos || dash == 0)
        return std::nullopt;
    const auto number = parseUnsigned(fileName.substr(dash + 1, of - dash - 1));
    const auto total = parseUnsigned(fileName.substr(of + middle.size()));
    if (!number || !total || *number == 0 || *number > *total)
        return std::nullopt;
    return ShardNumber {std::string(fileName.substr(0, dash)), *number, *total};
}

} // namespace bitloupe
