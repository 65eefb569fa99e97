// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/config_check.h"
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

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t maxManifestBytes = 256u << 20;
constexpr std::size_t maxProblems = 100;

class Verifier {
public:
    Verifier(const fs::path& directory, std::shared_ptr<const Model> source, const Job& job)
        : m_directory(directory)
        , m_source(std::move(source))
        , m_job(job)
    {
    }

    Result<VerifyReport> run()
    {
        if (auto done = readManifestFile(); !done)
            return done.error();
        auto opened = openModel(m_directory, m_job);
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

    Result<void> readManifestFile()
    {
        std::error_code error;
        if (!fs::is_directory(m_directory, error))
            return Error {Errc::notAModel, m_directory.string(), "expected an exported directory"};
        const fs::path path = m_directory / manifestName;
        if (!fs::exists(path, error)) {
            problem("no " + std::string(manifestName) + ": sizes and digests cannot be checked");
            return {};
        }
        const auto text = readSmallFile(path, maxManifestBytes);
        if (!text)
            return text.error();
        auto manifest = readManifest(*text);
        if (manifest)
            m_manifest = std::move(*manifest);
        else
            problem(manifest.error().message());
        return {};
    }

    void checkModel(std::shared_ptr<const Model> written)
    {
        m_written = std::move(written);
        m_report.tensors = m_written->tensors.size();
        for (std::string& sentence : mlxConfigProblems(*m_written))
            problem(std::move(sentence));
        for (const Shard& shard : m_written->shards)
            m_report.weightFileBytes += shard.file->size();
        if (m_source)
            findWritten();
    }

    // The source's decisions with the codecs that the written configuration names.
    void findWritten()
    {
        if (!m_manifest.sourceDigest.empty() && m_manifest.sourceDigest != m_source->digest())
            problem("the manifest names another source model than the one given");
        const ExportTarget* target = findExportTarget("mlx");
        auto profile = target->profile(*m_source, {.force = true});
        if (!profile) {
            problem("the source cannot be compared: " + profile.error().message());
            return;
        }
        m_profile = std::move(*profile);
        const auto modules = readMlxQuantization(m_written->configText);
        std::map<std::string, std::string> names; // codec name by module path
        if (modules)
            for (const MlxModuleBits& module : *modules)
                names[module.path] = "affine-" + std::to_string(module.bits) + "-g"
                    + std::to_string(module.groupSize);
        std::vector<CodecId> codecs;
        for (const Decision& decision : m_profile.decisions) {
            const auto named = names.find(decision.name);
            const Codec* quantized
                = named == names.end() ? nullptr : findCodec(named->second);
            codecs.push_back(quantized != nullptr && decision.fixedReason.empty()
                    ? quantized->id
                    : decision.options.back().codec);
        }
        auto found = WrittenWeights::find(m_written, m_profile, codecs);
        if (!found) {
            problem(found.error().message());
            return;
        }
        m_codecs = std::move(codecs);
        m_weights.emplace(std::move(*found));
    }

    void listStrangers()
    {
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
        std::map<std::string_view, const ReadManifest::DecisionRecord*> records;
        for (const auto& record : m_manifest.decisions)
            records[record.name] = &record;
        for (std::size_t d = 0; d < found.size(); ++d) {
            const std::string& name = m_profile.decisions[d].name;
            if (codec(m_codecs[d]).family == CodecFamily::stored) {
                if (found[d].differing != 0)
                    problem(printable(name, 120) + ": " + std::to_string(found[d].differing)
                        + " values are not the source's");
                continue;
            }
            TensorCheck check;
            check.name = name;
            check.codec = m_codecs[d];
            check.nrmseFound = found[d].sums.nrmse();
            if (const auto record = records.find(name); record != records.end())
                check.nrmseEncoded = record->second->nrmse;
            if (std::abs(check.nrmseFound - check.nrmseEncoded) > sameError * check.nrmseFound)
                problem(printable(name, 120) + ": error " + numberText(check.nrmseFound)
                    + ", the manifest says " + numberText(check.nrmseEncoded));
            m_report.checks.push_back(check);
        }
    }

    fs::path m_directory;
    std::shared_ptr<const Model> m_source;
    const Job& m_job;
    ReadManifest m_manifest;
    std::shared_ptr<const Model> m_written;
    TargetProfile m_profile;
    std::vector<CodecId> m_codecs;
    std::optional<WrittenWeights> m_weights;
    VerifyReport m_report;
};

} // namespace

Result<VerifyReport> verifyExport(const std::filesystem::path& directory,
    std::shared_ptr<const Model> source, const Job& job)
{
    return Verifier(directory, std::move(source), job).run();
}

} // namespace bitloupe
