// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_model.h"

#include "base/digest.h"
#include "base/text.h"
#include "export/bad_tensors.h"
#include "export/encode_weights.h"
#include "export/export_checks.h"
#include "export/folder_files.h"
#include "export/manifest.h"
#include "export/model_card.h"
#include "export/read_back.h"
#include "export/side_files.h"
#include "export/tensor_check.h"
#include "model/open.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t syncChunk = 16u << 20;

// One export from its checks to its commit; the steps share what they have made so far.
class Exporter {
public:
    Exporter(std::shared_ptr<const Model> model, const TargetProfile& profile,
        const Evidence& evidence, const Plan& plan, fs::path destination,
        const ExportOptions& options, const Job& job)
        : m_model(std::move(model))
        , m_profile(profile)
        , m_evidence(evidence)
        , m_plan(plan)
        , m_destination(std::move(destination))
        , m_options(options)
        , m_job(job)
    {
    }

    Result<ExportReport> run()
    {
        using Step = Result<void> (Exporter::*)();
        for (const Step step : {&Exporter::prepare, &Exporter::obtainSelfText,
                 &Exporter::writeWeights, &Exporter::writeOthers, &Exporter::verify, &Exporter::finish}) {
            if (m_job.stopRequested())
                return Job::cancelled();
            if (auto done = (this->*step)(); !done)
                return done.error();
        }
        return std::move(m_report);
    }

private:
    Result<void> prepare();
    Result<void> setBadTensorsAside();
    Result<void> obtainSelfText();
    Result<void> writeWeights();
    Result<void> syncWeights(std::vector<OutputFile>& outputs);
    Result<void> writeOthers();
    Result<void> note(Result<WrittenFile> file);
    Result<void> prepareFolder();
    Result<void> verify();
    Result<void> noteDigests(std::span<const FileDigest> digests);
    Result<void> finish();
    Result<void> checkFound(const std::vector<FoundSums>& found);
    TensorCheck makeCheck(std::size_t d, const DecisionSums& found) const;

    std::vector<CodecId> codecsChosen() const;

    std::shared_ptr<const Model> m_model;
    const TargetProfile& m_profile;
    const Evidence& m_evidence;
    Plan m_plan;
    fs::path m_destination;
    ExportOptions m_options;
    const Job& m_job;

    const ExportTarget* m_target = nullptr;
    std::vector<std::uint16_t> m_choice;
    bool m_planChanged = false; // bad tensors were set aside
    WeightFiles m_files;
    std::string m_config;
    SideFiles m_sideFiles;
    std::optional<OutputDirectory> m_output;
    std::vector<DecisionSums> m_encoded;
    ExportReport m_report;
};

Result<void> Exporter::setBadTensorsAside()
{
    const auto bad = findBadDecisions(m_model, m_profile, m_choice, m_job);
    if (!bad)
        return bad.error();
    for (std::size_t d = 0; d < bad->size(); ++d) {
        if (!(*bad)[d])
            continue;
        m_planChanged = true;
        m_choice[d] = static_cast<std::uint16_t>(m_profile.decisions[d].options.size() - 1);
        m_plan.choices[d].option = m_choice[d];
        m_plan.choices[d].reason = ReasonKind::fixed;
        m_report.notes.push_back(badTensorNote(m_profile.decisions[d]));
    }
    return {};
}

Result<void> Exporter::prepare()
{
    if (auto done = checkExport(*m_model, m_profile, m_plan, m_destination); !done)
        return done;
    if (auto done = m_model->unchanged(); !done)
        return done;
    m_report.notes = m_profile.notes;
    m_choice = chosenOptions(m_plan);
    if (m_options.keepBadTensors)
        if (auto done = setBadTensorsAside(); !done)
            return done;
    m_target = findExportTarget(m_profile.targetId);
    if (m_target == nullptr)
        return Error {Errc::badPlan, "plan", "unknown target " + m_profile.targetId};
    auto files = m_target->layout(
        *m_model, m_profile, m_choice, m_destination.filename().string());
    if (!files)
        return files.error();
    m_files = std::move(*files);
    if (m_planChanged)
        if (auto fits = checkBudget(m_plan, m_files.fileBytes, m_files.dataBytes);
            !fits)
            return fits;
    if (!m_planChanged && m_plan.fileBytes != m_files.fileBytes)
        return Error {Errc::badPlan, "plan",
            "it promises " + std::to_string(m_plan.fileBytes) + " bytes, the files take "
                + std::to_string(m_files.fileBytes)};
    if (auto done = m_target->isFolder ? prepareFolder()
                                       : checkNamesFree(m_destination, m_files);
        !done)
        return done;
    // The manifest and the model card are only known at the end.
    constexpr std::uint64_t manifestBytes = 4096, cardBytes = 65536; // a decision; all
    auto output = OutputDirectory::create(m_destination,
        m_files.fileBytes + m_files.index.size() + m_config.size() + m_sideFiles.bytes
            + (m_target->isFolder ? manifestBytes * m_choice.size() + cardBytes : 0));
    if (!output)
        return output.error();
    m_output.emplace(std::move(*output));
    return {};
}

Result<void> Exporter::prepareFolder()
{
    auto config = m_target->config(*m_model, m_profile, m_choice);
    if (!config)
        return config.error();
    m_config = std::move(*config);
    m_sideFiles = findSideFiles(*m_model);
    m_report.notes.insert(
        m_report.notes.end(), m_sideFiles.notes.begin(), m_sideFiles.notes.end());
    return {};
}

Result<void> Exporter::obtainSelfText()
{
    if (m_options.encoder != Encoder::feedback)
        return {};
    if (!m_options.selfText) {
        auto text = writeSelfText(m_model, m_options.selfTextOptions, m_job);
        if (!text)
            return text.error();
        m_options.selfText = std::make_shared<const SelfText>(std::move(*text));
    }
    m_report.selfText = m_options.selfText;
    m_report.selfTextDigest = selfTextDigest(*m_options.selfText);
    return {};
}

Result<void> Exporter::writeWeights()
{
    std::vector<OutputFile> outputs;
    for (const WeightFile& file : m_files.files) {
        auto output = m_output->createFile(file.name, file.fileBytes());
        if (!output)
            return output.error();
        if (auto done = output->writeAt(0, std::as_bytes(std::span(file.header))); !done)
            return done;
        outputs.push_back(std::move(*output));
    }
    const EncodeInput input {m_model, m_profile, m_choice, m_files, m_options.encoder,
        m_options.moments, m_options.selfText, {}, m_options.keepBadTensors};
    auto encoded = encodeWeights(input, outputs, m_job);
    if (!encoded)
        return encoded.error();
    m_encoded = std::move(*encoded);
    if (auto done = m_model->unchanged(); !done)
        return done;
    return syncWeights(outputs);
}

Result<void> Exporter::syncWeights(std::vector<OutputFile>& outputs)
{
    ProgressMeter meter(m_job, "syncing", m_files.fileBytes);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const std::uint64_t size = m_files.files[i].fileBytes();
        for (std::uint64_t at = 0; at < size; at += syncChunk) {
            if (m_job.stopRequested())
                return Job::cancelled();
            const std::uint64_t bytes = std::min(syncChunk, size - at);
            outputs[i].awaitWriteback(at, bytes);
            meter.add(bytes);
        }
        if (auto done = outputs[i].finish(); !done)
            return done;
    }
    return {};
}

Result<void> Exporter::note(Result<WrittenFile> file)
{
    if (!file)
        return file.error();
    m_report.files.push_back(std::move(*file));
    return {};
}

Result<void> Exporter::writeOthers()
{
    if (!m_target->isFolder)
        return {};
    if (!m_files.index.empty())
        if (auto done
            = note(writeTextFile(*m_output, "model.safetensors.index.json", m_files.index));
            !done)
            return done;
    if (auto done = note(writeTextFile(*m_output, "config.json", m_config)); !done)
        return done;
    for (const SideFile& file : m_sideFiles.files)
        if (auto done = note(copySideFile(*m_output, file, m_job)); !done)
            return done;
    const auto card = readSourceCard(m_sideFiles);
    if (!card)
        return card.error();
    return note(writeTextFile(*m_output, "README.md",
        modelCard(*card, *m_model, m_profile, m_plan, m_options.encoder,
            !m_options.moments || m_options.moments->source.empty())));
}

std::vector<CodecId> Exporter::codecsChosen() const
{
    std::vector<CodecId> ids;
    for (std::size_t d = 0; d < m_choice.size(); ++d)
        ids.push_back(m_profile.decisions[d].options[m_choice[d]].codec);
    return ids;
}

Result<void> Exporter::verify()
{
    std::vector<FileDigest> digests;
    for (const WeightFile& file : m_files.files)
        digests.push_back({m_output->temporaryPath() / file.name, file.fileBytes(), {}, {}});
    ReadBackInput input {nullptr, &m_profile, nullptr};
    std::optional<WrittenWeights> written;
    if (m_options.verify) {
        auto model = openModel(m_target->isFolder
                ? m_output->temporaryPath()
                : m_output->temporaryPath() / m_files.files.front().name,
            m_job);
        if (!model)
            return model.error();
        const auto problems
            = m_target->problems != nullptr ? m_target->problems(**model) : std::vector<std::string>();
        if (!problems.empty())
            return Error {Errc::verifyMismatch, "written files", problems.front()};
        auto found = WrittenWeights::find(std::move(*model), m_profile, codecsChosen());
        if (!found)
            return found.error();
        written.emplace(std::move(*found));
        input.source = m_model;
        input.written = &*written;
        for (FileDigest& digest : sourceDigests(*m_model))
            digests.push_back(std::move(digest));
    }
    auto found = readBack(input, digests, m_job);
    if (!found)
        return found.error();
    if (auto done = noteDigests(digests); !done)
        return done;
    return checkFound(*found);
}

// The written files', then the source's.
Result<void> Exporter::noteDigests(std::span<const FileDigest> digests)
{
    const std::size_t written = m_files.files.size();
    std::string list;
    for (std::size_t i = 0; i < written; ++i) {
        if (digests[i].bytes != m_files.files[i].fileBytes())
            return Error {
                Errc::verifyMismatch, m_files.files[i].name, "size is not the planned one"};
        m_report.files.push_back({m_files.files[i].name, digests[i].bytes, digests[i].sha256});
        list += digests[i].sha256 + "\n";
    }
    m_report.digest = sha256Hex(list);
    for (std::size_t i = written; i < digests.size(); ++i)
        m_report.sourceFiles.push_back({m_model->shards[i - written].name, digests[i].bytes,
            digests[i].sha256});
    return {};
}

TensorCheck Exporter::makeCheck(std::size_t d, const DecisionSums& found) const
{
    const DecisionEvidence* evidence
        = d < m_evidence.decisions.size() ? &m_evidence.decisions[d] : nullptr;
    TensorCheck check = checkAgainstPlan(
        m_profile.decisions[d], evidence, m_choice[d], m_encoded[d], m_options.moments != nullptr);
    check.nrmseFound = m_options.verify ? found.nrmse() : unknownValue;
    return check;
}

Result<void> Exporter::checkFound(const std::vector<FoundSums>& found)
{
    for (std::size_t d = 0; d < m_choice.size(); ++d) {
        const Decision& decision = m_profile.decisions[d];
        const FoundSums sums = m_options.verify ? found[d] : FoundSums {};
        if (codec(decision.options[m_choice[d]].codec).family == CodecFamily::stored) {
            ++m_report.keptTensors;
            if (sums.differing != 0)
                return Error {Errc::verifyMismatch, decision.tensorName,
                    std::to_string(sums.differing) + " values are not the source's"};
            continue;
        }
        const TensorCheck check = makeCheck(d, sums.sums);
        if (m_options.verify) {
            const double difference = std::abs(check.nrmseFound - check.nrmseEncoded);
            if (!(difference <= sameError * check.nrmseEncoded))
                return Error {Errc::verifyMismatch, decision.name,
                    "the error read back is not the error written"};
            m_report.largestDifference = std::max(m_report.largestDifference, difference);
            m_report.largestNrmse = std::max(m_report.largestNrmse, check.nrmseFound);
            const double bound = std::max(check.plannedBound, sameError) * check.nrmsePlanned;
            const bool outside = std::abs(check.nrmseFound - check.nrmsePlanned) > bound;
            if (outside && check.plannedBound == 0)
                return Error {Errc::verifyMismatch, decision.name,
                    "its error is " + numberText(check.nrmseFound) + ", the plan measured "
                        + numberText(check.nrmsePlanned) + "; make the plan again"};
            m_report.outsideBound += outside ? 1 : 0;
        }
        m_report.checks.push_back(check);
    }
    return {};
}

Result<void> Exporter::finish()
{
    m_report.path = m_destination;
    m_report.encoder = m_options.encoder;
    m_report.tier = tierOf(m_options.moments);
    for (const TensorCheck& check : m_report.checks)
        m_report.fallbacks += check.fallback.empty() ? 0 : 1;
    m_report.plannedBytes = m_plan.fileBytes;
    m_report.weightFileBytes = m_files.fileBytes;
    m_report.dataBytes = m_files.dataBytes;
    m_report.parameters = m_profile.parameters;
    std::sort(m_report.files.begin(), m_report.files.end(),
        [](const WrittenFile& a, const WrittenFile& b) { return a.name < b.name; });
    const std::string manifest = manifestText(
        {*m_model, m_profile, m_evidence, m_plan, m_options, m_report});
    const fs::path manifestFile
        = m_target->isFolder ? fs::path(manifestName) : manifestFileFor(m_destination);
    if (auto done = m_output->writeFile(manifestFile, std::string_view(manifest)); !done)
        return done;
    if (auto done = m_model->unchanged(); !done)
        return done;
    if (m_job.stopRequested())
        return Job::cancelled();
    if (m_target->isFolder)
        return m_output->commit();
    return m_output->commitFiles(fileNamesOf(m_destination, m_files));
}

} // namespace

Result<ExportReport> exportModel(std::shared_ptr<const Model> model, const TargetProfile& profile,
    const Evidence& evidence, const Plan& plan, const fs::path& destination,
    const ExportOptions& options, const Job& job)
{
    Exporter exporter(std::move(model), profile, evidence, plan, destination, options, job);
    return exporter.run();
}

} // namespace bitloupe
