// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/shard_index.h"

#include "base/text.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace bitloupe {
namespace {

bool isPlainPart(std::string_view part)
{
    constexpr std::size_t maxPart = 255; // of every file system in use
    if (part.empty() || part.size() > maxPart || part == "." || part == "..")
        return false;
    return std::all_of(part.begin(), part.end(), [](char letter) {
        return static_cast<unsigned char>(letter) >= 0x20 && letter != 0x7f
            && std::string_view("\\:~$*?\"<>|").find(letter) == std::string_view::npos;
    });
}

} // namespace

bool isPlainRelativeName(std::string_view name)
{
    while (true) {
        const std::size_t slash = name.find('/');
        if (!isPlainPart(name.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            return true;
        name.remove_prefix(slash + 1);
    }
}

Result<ShardIndex> parseShardIndex(std::string_view text)
{
    const auto document = parseStrictJson(text);
    if (!document)
        return document.error();
    const nlohmann::json* const map = findJson(*document, "weight_map");
    if (!map || !map->is_object() || map->empty())
        return Error {Errc::badIndex, {}, "there is no weight_map with tensors in it"};
    std::map<std::string, std::uint32_t> files;
    for (const auto& [tensor, file] : map->items()) {
        if (!file.is_string())
            return Error {Errc::badIndex, tensor, "its file is not a string"};
        const auto& name = file.get_ref<const std::string&>();
        if (!isPlainRelativeName(name))
            return Error {Errc::badIndex, tensor,
                "found the file \"" + printable(name) + "\", expected a plain relative name"};
        files.emplace(name, 0);
    }
    ShardIndex index;
    for (auto& [name, number] : files) {
        number = static_cast<std::uint32_t>(index.files.size());
        index.files.push_back(name);
    }
    index.tensors.reserve(map->size());
    for (const auto& [tensor, file] : map->items())
        index.tensors.emplace_back(tensor, files.at(file.get_ref<const std::string&>()));
    return index; // json objects are sorted, so the tensors are
}

} // namespace bitloupe
