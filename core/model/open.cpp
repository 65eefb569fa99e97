// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/open.h"

#include "job/parallel.h"
#include "model/assemble.h"
#include "model/config_reader.h"
#include "model/descriptor_limit.h"
#include "model/fp8_scales.h"
#include "model/gguf_file.h"
#include "model/gguf_interpret.h"
#include "model/hub_cache.h"
#include "model/quantization_names.h"
#include "model/roles.h"
#include "model/safetensors_file.h"

#include <new>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t maxConfigBytes = 64u << 20;

/// Reads config.json when there is one; the rest of the facts stay empty without it.
Result<void> openConfig(Model& model)
{
    const fs::path path = model.directory / "config.json";
    std::error_code failed;
    if (!fs::exists(fs::symlink_status(path, failed))) {
        addWarnings(model, {{"config.json", "there is none; roles come from the names alone"}});
        return {};
    }
    auto text = readSmallFile(path, maxConfigBytes);
    if (!text)
        return text.error();
    auto reading = readConfig(*text);
    if (!reading) {
        Error error = reading.error();
        error.where = "config.json";
        return error;
    }
    model.configText = std::move(*text);
    model.config = std::move(reading->facts);
    model.quantized = std::move(reading->quantized);
    addWarnings(model, reading->warnings);
    return {};
}

/// A link that leaves the model's folder (and is not the hub cache's own) is shown.
void warnOfLinks(Model& model)
{
    std::error_code failed;
    const auto hub = hubEntryOf(model.directory);
    const fs::path home = fs::canonical(hub ? hub->root : model.directory, failed);
    for (const Shard& shard : model.shards) {
        const fs::path path = model.directory / shard.name;
        const fs::path real = fs::canonical(path, failed);
        if (failed)
            continue;
        const fs::path relative = real.lexically_relative(home);
        if (relative.empty() || *relative.begin() == "..")
            addWarnings(model, {{shard.name, "is a link out of the folder, to " + real.string()}});
    }
}

template <typename File, typename Open>
Result<std::vector<File>> openFiles(const Location& location, const Job& job, const Open& open)
{
    if (auto room = reserveDescriptors(location.files.size()); !room)
        return room.error();
    std::vector<File> files(location.files.size());
    auto opened = parallelFor(job, files.size(), [&](std::size_t index) -> Result<void> {
        auto file = open(location.directory / location.files[index], location.files[index]);
        if (!file)
            return file.error();
        files[index] = std::move(*file);
        return {};
    });
    if (!opened)
        return opened.error();
    return files;
}

void interpret(Model& model, bool complete)
{
    assignRoles(model.tensors, model.config.modelType,
        static_cast<std::uint64_t>(model.config.hiddenSize.value_or(0)));
    if (linkScales(model.tensors))
        model.config.fp8 = true;
    if (!model.quantized)
        model.quantized = quantizationByTensors(model.tensors);
    // Packed weights have other shapes than the configuration's.
    if (!model.quantized)
        addWarnings(model, reconcileConfig(model.config, model.tensors, complete));
}

Result<void> readSafetensors(Model& model, const Location& location, const Job& job)
{
    auto files = openFiles<CheckpointFile>(location, job, openSafetensors);
    if (!files)
        return files.error();
    if (auto assembled = assembleTensors(model, std::move(*files), location.index); !assembled)
        return assembled;
    if (auto config = openConfig(model); !config)
        return config;
    interpret(model, location.complete);
    return checkScales(model, location.complete);
}

Result<void> readGguf(Model& model, const Location& location, const Job& job)
{
    auto parts = openFiles<GgufFile>(location, job, openGguf);
    if (!parts)
        return parts.error();
    if (auto split = checkGgufSplit(*parts); !split)
        return split;
    model.metadata = parts->front().metadata;
    std::vector<CheckpointFile> files;
    for (GgufFile& part : *parts) {
        addWarnings(model, part.warnings);
        files.push_back(std::move(part));
    }
    if (auto assembled = assembleTensors(model, std::move(files), std::nullopt); !assembled)
        return assembled;
    interpretGguf(model);
    return {};
}

Result<std::shared_ptr<const Model>> openLocated(const fs::path& path, const Job& job)
{
    auto location = locateModel(path);
    if (!location)
        return location.error();
    auto model = std::make_shared<Model>();
    model->name = location->name;
    model->revision = location->revision;
    model->path = path;
    model->directory = location->directory;
    addWarnings(*model, location->warnings);
    model->format = location->format;
    auto read = location->format == ModelFormat::gguf ? readGguf(*model, *location, job)
                                                       : readSafetensors(*model, *location, job);
    if (!read)
        return read.error();
    warnOfLinks(*model);
    limitWarnings(*model);
    return std::shared_ptr<const Model>(std::move(model));
}

} // namespace

Result<std::shared_ptr<const Model>> openModel(const fs::path& path, const Job& job)
{
    if (job.stopRequested())
        return Job::cancelled();
    // A hostile file may make an allocation fail; the program goes on.
    try {
        return openLocated(path, job);
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, path.string(), "while opening the model"};
    }
}

} // namespace bitloupe
