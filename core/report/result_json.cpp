// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/documents.h"
#include "report/json_writer.h"

namespace bitloupe {
namespace {

void writeChecks(JsonWriter& json, const std::vector<TensorCheck>& checks)
{
    json.name("checks").array(checks.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const TensorCheck& check : checks) {
        json.object(JsonLayout::line);
        json.member("name", check.name).member("codec", codec(check.codec).name);
        json.member("encoder", encoderName(check.encoder)).member("fallback", check.fallback);
        json.member("nrmse_planned", check.nrmsePlanned);
        json.member("planned_bound", check.plannedBound);
        json.member("nrmse_encoded", check.nrmseEncoded);
        json.member("nrmse_found", check.nrmseFound).end();
    }
    json.end();
}

void writeSelfTextUsed(JsonWriter& json, const ExportReport& report)
{
    json.name("self_text");
    if (!report.selfText) {
        json.null();
        return;
    }
    const SelfTextOptions& options = report.selfText->options;
    json.object(JsonLayout::line);
    json.member("sequences", options.sequences).member("length", options.length);
    json.member("temperature", options.temperature).member("seed", options.seed);
    json.member("tokens", report.selfText->ids.size());
    json.member("sha256", report.selfTextDigest).end();
}

} // namespace

std::string exportReportToJson(const ExportReport& report)
{
    JsonWriter json;
    json.object();
    json.member("schema", "bitloupe-export/1").member("version", BITLOUPE_VERSION);
    json.member("planned_bytes", report.plannedBytes);
    json.member("weight_file_bytes", report.weightFileBytes);
    json.member("data_bytes", report.dataBytes).member("parameters", report.parameters);
    json.member("kept_tensors", report.keptTensors);
    json.member("encoder", encoderName(report.encoder));
    json.member("tier", probeTierName(report.tier));
    writeSelfTextUsed(json, report);
    json.member("fallbacks", report.fallbacks);
    json.member("largest_nrmse", report.largestNrmse);
    json.member("largest_difference", report.largestDifference);
    json.member("outside_bound", report.outsideBound);
    json.member("weights_sha256", report.digest);
    json.texts("notes", report.notes);
    json.name("files").array(report.files.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const WrittenFile& file : report.files) {
        json.object(JsonLayout::line).member("name", file.name);
        json.member("bytes", file.bytes).member("sha256", file.sha256).end();
    }
    json.end();
    writeChecks(json, report.checks);
    json.end();
    return std::move(json).take();
}

std::string verifyReportToJson(const VerifyReport& report)
{
    JsonWriter json;
    json.object();
    json.member("schema", "bitloupe-verify/1").member("version", BITLOUPE_VERSION);
    json.member("verified", report.problems.empty());
    json.member("tensors", report.tensors);
    json.member("weight_file_bytes", report.weightFileBytes);
    json.texts("problems", report.problems);
    writeChecks(json, report.checks);
    json.end();
    return std::move(json).take();
}

std::string errorToJson(const Error& error)
{
    JsonWriter json;
    json.object();
    json.member("schema", "bitloupe-error/1").member("version", BITLOUPE_VERSION);
    json.member("code", errcName(error.code)).member("message", error.message());
    json.end();
    return std::move(json).take();
}

} // namespace bitloupe
