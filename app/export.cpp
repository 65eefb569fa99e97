// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/plan_text.h"
#include "app/probe_input.h"
#include "app/text_table.h"
#include "base/output_directory.h"
#include "base/text.h"
#include "export/export_model.h"
#include "report/documents.h"

#include <filesystem>

namespace bitloupe {
namespace {

// As shells complete the name of a folder.
std::filesystem::path withoutSlash(const std::filesystem::path& path)
{
    return path.has_filename() ? path : path.parent_path();
}

// What can be refused before hours of reading is refused before it; exportModel looks again. A
// folder may be there when files are to be put into it.
Result<void> checkDestination(const Options& options)
{
    if (options.output.empty())
        return Error {Errc::badArgument, "-o", "is needed: what to make"};
    const std::filesystem::path path = withoutSlash(options.output);
    std::error_code ignored;
    const auto status = std::filesystem::symlink_status(path, ignored);
    const ExportTarget* target = findExportTarget(options.target);
    const bool mayBeFolder = target != nullptr ? !target->isFolder : !options.plan.empty();
    if (!std::filesystem::exists(status))
        return OutputDirectory::probe(path);
    if (mayBeFolder && std::filesystem::is_directory(path, ignored))
        return OutputDirectory::probe(path / "export.gguf");
    return Error {Errc::targetExists, path.string(), "it exists; choose another name"};
}

// The folder to make, or the file: named after its size when only a folder is given.
Result<std::filesystem::path> destinationOf(const std::string& output, const PlannedModel& planned)
{
    const ExportTarget* target = findExportTarget(planned.profile.targetId);
    const std::filesystem::path path = withoutSlash(output);
    std::error_code ignored;
    const bool folder = std::filesystem::is_directory(path, ignored);
    if (target == nullptr || target->isFolder) {
        if (folder)
            return Error {Errc::targetExists, output, "it exists; choose another name"};
        return path;
    }
    if (folder)
        return path
            / target->fileName(*planned.model, planned.profile, chosenOptions(planned.plan));
    if (path.extension() != ".gguf")
        return Error {Errc::badArgument, "-o",
            "found " + output + ", expected a name ending in .gguf, or a folder that exists"};
    return path;
}

// What makes the bytes: the encoder, what steers it and what it learns from.
Result<ExportOptions> exportOptionsOf(
    const Options& options, const PlannedModel& planned, const Session& session)
{
    ExportOptions how;
    how.keepBadTensors = options.keepBadTensors;
    const auto encoder = encoderOf(*planned.model, planned.probe, options);
    if (!encoder)
        return encoder.error();
    how.encoder = *encoder;
    how.moments = planned.moments;
    if (!how.moments && how.encoder != Encoder::round) {
        auto moments = momentsOf(planned.model, planned.probe.tier, options, session);
        if (!moments)
            return moments.error();
        how.moments = *std::move(moments);
    }
    if (how.encoder == Encoder::feedback) {
        auto text = selfTextOf(planned.model, options, session);
        const bool canDoWithout = options.encoder.empty() && !text
            && text.error().code == Errc::badWeights;
        if (!text && !canDoWithout)
            return text.error();
        if (canDoWithout) {
            session.note("note: encoder search: " + text.error().message());
            how.encoder = Encoder::search;
        } else {
            how.selfText = *std::move(text);
        }
    }
    return how;
}

Result<PlannedModel> plannedModel(const Options& options, const Session& session)
{
    if (!options.plan.empty())
        return readPlannedModel(options, session);
    const auto request = planRequest(options);
    if (!request)
        return request.error();
    return planModel(*request, options, session);
}

std::string checksText(const ExportReport& report)
{
    std::string text = labelled("verified",
        groupedText(report.checks.size()) + " quantized tensors read back, "
            + groupedText(report.keptTensors) + " kept as they are");
    if (!report.checks.empty())
        text += labelled("largest error", valueText(report.largestNrmse) + " of a tensor's norm");
    if (report.outsideBound > 0)
        text += labelled("unexpected",
            groupedText(report.outsideBound) + (report.outsideBound == 1 ? " tensor" : " tensors")
                + " farther from the plan's prediction than sampling explains");
    return text;
}

std::string encoderText(const ExportReport& report)
{
    std::string text(encoderName(report.encoder));
    if (report.tier != ProbeTier::none && report.encoder != Encoder::round)
        text += ", steered by the probe (" + std::string(probeTierName(report.tier)) + ")";
    if (report.selfText)
        text += ", self-text of " + groupedText(report.selfText->ids.size()) + " tokens";
    if (report.fallbacks > 0)
        text += "; search for " + groupedText(report.fallbacks)
            + (report.fallbacks == 1 ? " tensor" : " tensors");
    return text;
}

std::string describe(const ExportReport& report)
{
    std::string text = labelled("written", printable(report.path.string(), 4096));
    text += labelled("weight files", bytesText(report.weightFileBytes));
    text += labelled("planned", bytesText(report.plannedBytes));
    const double bits = report.parameters == 0
        ? unknownValue
        : 8.0 * static_cast<double>(report.dataBytes) / static_cast<double>(report.parameters);
    text += labelled("bits/weight", std::isfinite(bits) ? fixedText(bits, 4) : "unknown");
    text += labelled("encoder", encoderText(report));
    text += checksText(report);
    text += labelled("digest", report.digest);
    for (const std::string& note : report.notes)
        text += "note: " + printable(note, 500) + "\n";
    TextTable files;
    files.addColumn("file", TextTable::Align::left);
    files.addColumn("bytes", TextTable::Align::right);
    for (const WrittenFile& file : report.files)
        files.addRow({printable(file.name), groupedText(file.bytes)});
    return text + "\n" + files.text();
}

Outcome dryRun(const Options& options, const PlannedModel& planned,
    const std::filesystem::path& destination)
{
    if (options.json)
        return {planToJson(*planned.model, planned.profile, planned.evidence, planned.plan)};
    return {labelled("would write", printable(destination.string(), 4096)) + planText(planned)};
}

} // namespace

Result<Outcome> runExport(const Options& options, const Session& session)
{
    if (auto usable = checkDestination(options); !usable)
        return usable.error();
    if (!options.encoder.empty() && !findEncoder(options.encoder))
        return Error {Errc::badArgument, "--encoder",
            "found " + options.encoder + ", expected round, search or feedback"};
    const auto planned = plannedModel(options, session);
    if (!planned)
        return planned.error();
    const auto destination = destinationOf(options.output, *planned);
    if (!destination)
        return destination.error();
    for (const std::filesystem::path& path : stalePartials(*destination))
        session.note("note: left over from an export that did not end, and can be deleted: "
            + printable(path.string(), 4096));
    if (options.dryRun)
        return dryRun(options, *planned, *destination);
    for (const std::string& note : planned->profile.notes)
        session.note("note: " + printable(note, 500));
    const auto how = exportOptionsOf(options, *planned, session);
    if (!how)
        return how.error();
    const auto report = exportModel(planned->model, planned->profile, planned->evidence,
        planned->plan, *destination, *how, session.job);
    if (!report)
        return report.error();
    return Outcome {options.json ? exportReportToJson(*report) : describe(*report)};
}

} // namespace bitloupe
