// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/side_files.h"

#include "base/file_system.h"
#include "base/text.h"
#include "model/hub_cache.h"

#include <algorithm>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view templateFolder = "additional_chat_templates"; // tokenizers read it
constexpr std::size_t maxEntries = 2000; // of a folder; more is no model folder

bool startsWithAny(std::string_view name, std::initializer_list<std::string_view> prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(),
        [&](std::string_view prefix) { return name.starts_with(prefix); });
}

// Files about the source's weights, which are not true of the export, and what we write ourselves.
bool isReplaced(std::string_view name)
{
    return endsWithAny(name, {".safetensors", ".index.json"}) || name == "config.json"
        || name == "README.md" || name == "bitloupe-manifest.json" || name == "quantize_config.json"
        || name == "quant_config.json" || name == "hf_quant_config.json"
        || name == "quantization_config.json" || name == "recipe.yaml";
}

bool isWelcome(std::string_view name)
{
    return startsWithAny(name, {"LICENSE", "LICENCE", "NOTICE", "COPYING", "USE_POLICY"})
        || endsWithAny(name,
            {".json", ".jinja", ".model", ".txt", ".py", ".md", ".tiktoken", ".vocab", ".bpe"});
}

// The folder whose files a hub snapshot's links may point to; empty elsewhere.
fs::path blobFolder(const fs::path& directory)
{
    std::error_code error;
    const fs::path real = fs::weakly_canonical(directory, error);
    const auto entry = error ? std::nullopt : hubEntryOfSnapshot(real);
    return entry ? entry->root / "blobs" : fs::path();
}

class Finder {
public:
    explicit Finder(const Model& model)
        : m_directory(model.directory)
        , m_blobs(blobFolder(model.directory))
    {
    }

    void list(const std::string& below)
    {
        std::vector<std::string> names;
        std::error_code error;
        fs::directory_iterator at(m_directory / below, error);
        for (; !error && at != fs::directory_iterator() && names.size() < maxEntries;
             at.increment(error))
            names.push_back(at->path().filename().string());
        std::sort(names.begin(), names.end());
        for (const std::string& name : names)
            consider(below + name, name);
    }

    SideFiles take()
    {
        note("Not carried over", m_unknown);
        note("Not carried over, because they are not files inside the model's folder", m_outside);
        note("Not carried over, because they cannot be read or are larger than "
                + sizeText(maxSideFileBytes),
            m_large);
        return std::move(m_found);
    }

private:
    void consider(const std::string& path, std::string_view name)
    {
        const fs::path full = m_directory / path;
        std::error_code error;
        const fs::file_status status = fs::status(full, error);
        if (name.starts_with(".") || (name != "README.md" && isReplaced(name)))
            return;
        if (fs::is_directory(status)) {
            if (path != templateFolder)
                m_unknown.push_back(path + "/");
            return;
        }
        if (!isWelcome(name) || !isUtf8(path)) {
            m_unknown.push_back(path);
            return;
        }
        if (!isRegularFileInside(full, m_directory)
            && (m_blobs.empty() || !isRegularFileInside(full, m_blobs))) {
            m_outside.push_back(path);
            return;
        }
        // From here on it is the file behind any links, and no other that may take its name.
        const fs::path real = fs::canonical(full, error);
        const auto opened = SourceFile::open(error ? full : real);
        if (!opened || (*opened)->size() > maxSideFileBytes) {
            m_large.push_back(path);
            return;
        }
        const FileIdentity& identity = (*opened)->identity();
        SideFile file {path, (*opened)->path(), identity.size, identity};
        m_found.bytes += identity.size;
        if (path == "README.md")
            m_found.card = std::move(file);
        else
            m_found.files.push_back(std::move(file));
    }

    void note(const std::string& why, const std::vector<std::string>& names)
    {
        constexpr std::size_t shown = 5;
        if (names.empty())
            return;
        std::string text = why + ": ";
        for (std::size_t i = 0; i < std::min(shown, names.size()); ++i)
            text += (i == 0 ? "" : ", ") + printable(names[i], 60);
        if (names.size() > shown)
            text += " and " + std::to_string(names.size() - shown) + " more";
        m_found.notes.push_back(std::move(text));
    }

    fs::path m_directory;
    fs::path m_blobs;
    SideFiles m_found;
    std::vector<std::string> m_unknown, m_outside, m_large;
};

} // namespace

SideFiles findSideFiles(const Model& model)
{
    // A lone weight file may lie in anyone's download folder: nothing there is the model's.
    if (!model.config.present)
        return {};
    Finder finder(model);
    finder.list("");
    finder.list(std::string(templateFolder) + "/");
    return finder.take();
}

} // namespace bitloupe
