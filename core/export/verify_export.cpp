// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_model.h"
#include "export/manifest.h"
#include "export/mlx_config.h"
#include "export/read_back.h"
#include "model/open.h"

#include "base/file_system.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t maxManifestBytes = 256u << 20;
constexpr std::size_t maxProblems = 100;

class Verifier {
public:
    Verifier(const fs::path& exported, std::shared_ptr<const Model> source, const Job& job)
        : m_path(exported)
        , m_isFolder(isFolder(exported))
        , m_directory(m_isFolder ? exported : folderOf(exported))
        , m_source(std::move(source))
        , m_job(job)
    {
    }

    Result<VerifyReport> run()
    {
        if (auto done = findModelInFolder(); !done)
            return done.error();
        if (auto done = readManifestFile(); !done)
            return done.error();
        auto opened = openModel(m_path, m_job);
        if (!opened && opened.error().code == Errc::cancelled)
            return opened.error();
        if (opened)
            checkModel(std::move(*opened));
        else
            problem(opened.error().message());
        listStrangers();
        if (auto done = readFiles(); !done)
            return done.error();
        return std::move(m_report);
    }

private:
    void problem(std::string sentence)
    {
        if (m_report.problems.size() < maxProblems)
            m_report.problems.push_back(std::move(sentence));
    }

    // A folder that files with a manifest beside them were written into: those are meant.
    Result<void> findModelInFolder()
    {
        std::error_code error;
        if (!m_isFolder || fs::exists(m_directory / fs::path(manifestName), error))
            return {};
        std::map<fs::path, fs::path> models; // first file by manifest
        for (fs::directory_iterator at(m_directory, error);
             !error && at != fs::directory_iterator(); at.increment(error)) {
            const fs::path manifest = manifestFileFor(at->path());
            if (at->path().extension() != ".gguf" || !fs::exists(m_directory / manifest, error))
                continue;
            fs::path& first = models[manifest];
            first = first.empty() ? at->path() : std::min(first, at->path());
        }
        if (models.size() > 1)
            return Error {Errc::badArgument, m_path.string(),
                "found " + std::to_string(models.size()) + " exported models, expected one: name "
                    + models.begin()->second.filename().string() + " or another file"};
        if (models.empty())
            return {};
        m_path = models.begin()->second;
        m_isFolder = false;
        return {};
    }

    Result<void> readManifestFile()
    {
        std::error_code error;
        if (!m_isFolder && !fs::is_regular_file(m_path, error))
            return Error {Errc::notAModel, m_path.string(), "expected an exported model"};
        const fs::path name = m_isFolder ? fs::path(manifestName) : manifestFileFor(m_path);
        const fs::path path = m_directory / name;
        if (!fs::exists(path, error)) {
            problem("no " + name.string() + ": sizes and digests cannot be checked");
            return {};
        }
        const auto text = readSmallFile(path, maxManifestBytes);
        if (!text)
            return text.error();
        auto manifest = readManifest(*text);
        if (manifest)
            takeManifest(std::move(*manifest));
        else
            problem(manifest.error().message());
        return {};
    }

    void takeManifest(ReadManifest manifest)
    {
        m_manifest = std::move(manifest);
        m_hasManifest = true;
        for (const ReadManifest::DecisionRecord& record : m_manifest.decisions) {
            const Codec* named = findCodec(record.codec);
            if (named != nullptr && named->family != CodecFamily::stored)
                m_report.checks.push_back({record.name, named->id, record.nrmse, unknownValue,
                    record.nrmsePlanned, record.plannedBound, record.encoder, record.fallback});
        }
    }

    void checkModel(std::shared_ptr<const Model> written)
    {
        m_written = std::move(written);
        m_report.tensors = m_written->tensors.size();
        m_target = findExportTarget(m_written->format == ModelFormat::gguf ? "gguf" : "mlx");
        if (m_target != nullptr && m_target->problems != nullptr)
            for (std::string& sentence : m_target->problems(*m_written))
                problem(std::move(sentence));
        for (const Shard& shard : m_written->shards) {
            m_report.weightFileBytes += shard.file->size();
            if (m_hasManifest && !isListed(shard.name))
                problem(printable(shard.name, 120) + ": the manifest has no digest of it");
        }
        if (m_source)
            findWritten();
    }

    bool isListed(std::string_view name) const
    {
        return std::any_of(m_manifest.files.begin(), m_manifest.files.end(),
            [&](const WrittenFile& file) { return file.name == name; });
    }

    // The source's decisions with the codecs that the written configuration names.
    void findWritten()
    {
        if (!m_manifest.sourceDigest.empty() && m_manifest.sourceDigest != m_source->digest())
            problem("the manifest names another source model than the one given");
        if (m_target == nullptr) {
            problem("the source cannot be compared: no target writes such files");
            return;
        }
        auto profile = m_target->profile(*m_source, {.force = true, .requantize = true});
        if (!profile) {
            problem("the source cannot be compared: " + profile.error().message());
            return;
        }
        m_profile = std::move(*profile);
        std::vector<CodecId> codecs
            = m_target->isFolder ? codecsFromConfig() : codecsFromTensors();
        auto found = WrittenWeights::find(m_written, m_profile, codecs);
        if (!found) {
            problem(found.error().message());
            return;
        }
        m_codecs = std::move(codecs);
        m_weights.emplace(std::move(*found));
    }

    std::vector<CodecId> codecsFromConfig() const
    {
        const auto modules = readMlxQuantization(m_written->configText);
        std::map<std::string, std::string> names; // codec name by module path
        if (modules)
            for (const MlxModuleBits& module : *modules)
                names[module.path] = "affine-" + std::to_string(module.bits) + "-g"
                    + std::to_string(module.groupSize);
        std::vector<CodecId> list;
        for (const Decision& decision : m_profile.decisions) {
            const auto named = names.find(decision.name);
            const Codec* quantized
                = named == names.end() ? nullptr : findCodec(named->second);
            list.push_back(quantized != nullptr && decision.fixedReason.empty()
                    ? quantized->id
                    : decision.options.back().codec);
        }
        return list;
    }

    // Files that say the type of each tensor beside its name. What is copied has the source's.
    std::vector<CodecId> codecsFromTensors() const
    {
        std::vector<CodecId> list;
        for (const Decision& decision : m_profile.decisions) {
            list.push_back(decision.options.back().codec);
            const auto id = m_written->find(decision.tensorName);
            for (const Codec& entry : codecs())
                if (id && entry.family != CodecFamily::affine && !isCopied(entry)
                    && entry.storedType == m_written->tensor(*id).dtype)
                    list.back() = entry.id;
        }
        return list;
    }

    void listStrangers()
    {
        if (!m_isFolder)
            return;
        std::set<std::string> listed {std::string(manifestName)};
        for (const WrittenFile& file : m_manifest.files)
            listed.insert(file.name);
        if (m_manifest.files.empty())
            return;
        std::set<std::string> strangers;
        std::error_code error;
        for (fs::recursive_directory_iterator at(m_directory, error);
             !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
            const std::string name = at->path().lexically_relative(m_directory).generic_string();
            if (!at->is_directory(error) && !listed.contains(name))
                strangers.insert(name);
        }
        for (const std::string& name : strangers)
            problem(printable(name, 120) + ": not in the manifest");
    }

    Result<void> readFiles()
    {
        std::vector<FileDigest> digests;
        std::vector<const WrittenFile*> listed;
        for (const WrittenFile& file : m_manifest.files) {
            std::error_code error;
            const fs::path path = m_directory / fs::path(file.name);
            if (!isRegularFileInside(path, m_directory) && fs::exists(path, error)) {
                problem(printable(file.name, 120) + ": not a name inside the folder");
                continue;
            }
            if (!fs::is_regular_file(path, error)) {
                problem(printable(file.name, 120) + ": in the manifest, but not there");
                continue;
            }
            digests.push_back({path, fs::file_size(path, error), {}, {}});
            listed.push_back(&file);
        }
        const bool compare = m_weights.has_value();
        if (compare && !m_manifest.sourceFiles.empty())
            for (FileDigest& digest : sourceDigests(*m_source))
                digests.push_back(std::move(digest));
        const ReadBackInput input {compare ? m_source : nullptr, &m_profile,
            compare ? &*m_weights : nullptr};
        auto found = readBack(input, digests, m_job);
        if (!found)
            return found.error();
        judgeSource(std::span(digests).subspan(listed.size()));
        for (std::size_t i = 0; i < listed.size(); ++i)
            if (digests[i].bytes != listed[i]->bytes || digests[i].sha256 != listed[i]->sha256)
                problem(printable(listed[i]->name, 120)
                    + ": size or SHA-256 is not the manifest's");
        if (compare)
            judge(*found);
        return {};
    }

    // The same shapes and names may hold other numbers: a fine-tune of the same model.
    void judgeSource(std::span<const FileDigest> digests)
    {
        std::map<std::string_view, const WrittenFile*> files;
        for (const WrittenFile& file : m_manifest.sourceFiles)
            files[file.name] = &file;
        for (std::size_t i = 0; i < digests.size(); ++i) {
            const std::string& name = m_source->shards[i].name;
            const auto file = files.find(name);
            if (file == files.end() || file->second->sha256 != digests[i].sha256)
                problem(printable(name, 120) + ": the source file is not the one exported from");
        }
    }

    void judge(const std::vector<FoundSums>& found)
    {
        const std::vector<TensorCheck> promised = std::exchange(m_report.checks, {});
        std::map<std::string_view, const TensorCheck*> records;
        for (const TensorCheck& check : promised)
            records[check.name] = &check;
        for (std::size_t d = 0; d < found.size(); ++d) {
            const std::string& name = m_profile.decisions[d].name;
            if (codec(m_codecs[d]).family == CodecFamily::stored) {
                if (found[d].differing != 0)
                    problem(printable(name, 120) + ": " + std::to_string(found[d].differing)
                        + " values are not the source's");
                continue;
            }
            const auto record = records.find(name);
            TensorCheck check = record != records.end() ? *record->second : TensorCheck {};
            check.name = name;
            check.nrmseFound = found[d].sums.nrmse();
            if (record != records.end())
                judgeTensor(check, m_codecs[d]);
            else if (m_hasManifest)
                problem(printable(name, 120) + ": quantized, which the manifest does not say");
            check.codec = m_codecs[d];
            m_report.checks.push_back(std::move(check));
        }
    }

    void judgeTensor(const TensorCheck& promised, CodecId found)
    {
        if (promised.codec != found)
            problem(printable(promised.name, 120) + ": found " + std::string(codec(found).name)
                + ", the manifest says " + std::string(codec(promised.codec).name));
        // An error that is no number is none that was promised.
        const double difference = std::abs(promised.nrmseFound - promised.nrmseEncoded);
        if (!(difference <= sameError * promised.nrmseFound))
            problem(printable(promised.name, 120) + ": error " + numberText(promised.nrmseFound)
                + ", the manifest says " + numberText(promised.nrmseEncoded));
    }

    static bool isFolder(const fs::path& path)
    {
        std::error_code error;
        return fs::is_directory(path, error);
    }

    static fs::path folderOf(const fs::path& file)
    {
        return file.has_parent_path() ? file.parent_path() : fs::path(".");
    }

    fs::path m_path;
    bool m_isFolder;
    fs::path m_directory;
    const ExportTarget* m_target = nullptr;
    std::shared_ptr<const Model> m_source;
    const Job& m_job;
    ReadManifest m_manifest;
    bool m_hasManifest = false;
    std::shared_ptr<const Model> m_written;
    TargetProfile m_profile;
    std::vector<CodecId> m_codecs;
    std::optional<WrittenWeights> m_weights;
    VerifyReport m_report;
};

} // namespace

Result<VerifyReport> verifyExport(const std::filesystem::path& exported,
    std::shared_ptr<const Model> source, const Job& job)
{
    return Verifier(exported, std::move(source), job).run();
}

} // namespace bitloupe
