// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/manifest.h"

#include "base/text.h"
#include "export/json_text.h"
#include "measure/metrics.h"

#include <algorithm>
#include <map>

namespace bitloupe {
namespace {

constexpr std::string_view schema = "bitloupe-manifest/1";

std::string_view reasonName(ReasonKind reason)
{
    switch (reason) {
    case ReasonKind::fixed:
        return "fixed";
    case ReasonKind::pinned:
        return "pinned";
    case ReasonKind::floored:
        return "floored";
    case ReasonKind::solved:
        return "solved";
    case ReasonKind::uniform:
        return "uniform";
    case ReasonKind::fallback:
        return "fallback";
    case ReasonKind::published:
        return "published";
    }
    return "solved";
}

JsonText ruleJson(const Rule& rule, const TargetProfile& profile)
{
    JsonText json = JsonText::object();
    json.set("kind", JsonText::string(rule.kind == Rule::Kind::pin ? "pin" : "floor"));
    if (rule.decision && *rule.decision < profile.decisions.size())
        json.set("decision", JsonText::string(profile.decisions[*rule.decision].name));
    else
        json.set("pattern", JsonText::string(rule.pattern));
    json.set("codec", JsonText::string(codec(rule.codec).name));
    return json;
}

// What steered the encoder, and the text that feedback learnt from.
void addProbe(JsonText& json, const ManifestInput& input)
{
    json.set("probe", JsonText::string(probeTierName(input.report.tier)));
    if (const auto& moments = input.options.moments; moments && !moments->source.empty())
        json.set("moments_from", JsonText::string(moments->source));
    if (!input.evidence.tierReason.empty())
        json.set("probe_reason", JsonText::string(input.evidence.tierReason));
    if (!input.report.selfText)
        return;
    const SelfTextOptions& options = input.report.selfText->options;
    JsonText text = JsonText::object();
    text.set("sequences", JsonText::number(std::uint64_t {options.sequences}));
    text.set("length", JsonText::number(std::uint64_t {options.length}));
    text.set("temperature", JsonText::number(options.temperature));
    text.set("seed", JsonText::number(options.seed));
    text.set("ids_sha256", JsonText::string(input.report.selfTextDigest));
    json.set("self_text", std::move(text));
}

JsonText optionsJson(const ManifestInput& input)
{
    const PlanOptions& options = input.plan.options;
    JsonText json = JsonText::object();
    json.set("target", JsonText::string(input.profile.targetId));
    json.set("strategy", JsonText::string(strategyName(options.strategy)));
    if (options.budget)
        json.set(options.budget->kind == BudgetKind::fileBytes ? "budget_file_bytes"
                                                               : "budget_data_bytes",
            JsonText::number(options.budget->bytes));
    if (options.budget && options.budget->expertBytes)
        json.set("expert_budget_bytes", JsonText::number(*options.budget->expertBytes));
    json.set("sqnr_floor_db", JsonText::number(options.sqnrFloorDb));
    json.set("encoder", JsonText::string(encoderName(input.options.encoder)));
    addProbe(json, input);
    json.set("keep_bad_tensors", JsonText::boolean(input.options.keepBadTensors));
    JsonText rules = JsonText::array();
    for (const Rule& rule : options.rules)
        rules.append(ruleJson(rule, input.profile));
    json.set("rules", std::move(rules));
    return json;
}

JsonText filesJson(const std::vector<WrittenFile>& files)
{
    JsonText json = JsonText::array();
    for (const WrittenFile& file : files) {
        JsonText entry = JsonText::object();
        entry.set("name", JsonText::string(file.name));
        entry.set("bytes", JsonText::number(file.bytes));
        entry.set("sha256", JsonText::string(file.sha256));
        json.append(std::move(entry));
    }
    return json;
}

JsonText sourceJson(const Model& model, const std::vector<WrittenFile>& files)
{
    JsonText json = JsonText::object();
    json.set("digest", JsonText::string(model.digest()));
    json.set("model_type", JsonText::string(model.config.modelType));
    json.set("tensors", JsonText::number(std::uint64_t {model.tensors.size()}));
    json.set("parameters", JsonText::number(model.parameters()));
    json.set("bytes", JsonText::number(model.totalBytes()));
    if (!files.empty())
        json.set("files", filesJson(files));
    return json;
}

JsonText totalsJson(const ManifestInput& input)
{
    const Plan& plan = input.plan;
    JsonText json = JsonText::object();
    json.set("parameters", JsonText::number(input.report.parameters));
    json.set("weight_file_bytes", JsonText::number(input.report.weightFileBytes));
    json.set("data_bytes", JsonText::number(input.report.dataBytes));
    json.set("bits_per_weight", JsonText::number(plan.bitsPerWeight));
    json.set("code_bits_per_weight", JsonText::number(plan.codeBitsPerWeight));
    json.set("predicted_damage", JsonText::number(plan.damage));
    json.set("lower_bound", JsonText::number(plan.lowerBound));
    json.set("largest_nrmse", JsonText::number(input.report.largestNrmse));
    json.set("weights_sha256", JsonText::string(input.report.digest));
    return json;
}

// Per codec: error by search, by round, relative standard error of the first.
JsonText curveJson(const Decision& decision, const DecisionEvidence& evidence)
{
    JsonText json = JsonText::object();
    for (std::size_t i = 0; i < decision.options.size() && i < evidence.options.size(); ++i) {
        const OptionDetail& detail = evidence.details[i];
        JsonText triple = JsonText::array();
        for (const double value :
            {evidence.options[i].nrmse, detail.nrmseRound, detail.relativeStandardError})
            triple.append(JsonText::number(value));
        json.members().emplace_back(
            std::string(codec(decision.options[i].codec).name), std::move(triple));
    }
    return json;
}

// Per codec: steered error, its relative standard error, r, D.
JsonText probedJson(const Decision& decision, const DecisionEvidence& evidence)
{
    JsonText json = JsonText::object();
    for (std::size_t i = 0; i < decision.options.size() && i < evidence.options.size(); ++i) {
        const ProbedPoint& point = evidence.details[i].probed;
        JsonText quad = JsonText::array();
        for (const double value :
            {point.nrmse, point.nrmseStandardError, point.inputError, point.damage})
            quad.append(JsonText::number(value));
        json.members().emplace_back(
            std::string(codec(decision.options[i].codec).name), std::move(quad));
    }
    return json;
}

JsonText scoresJson(const DecisionEvidence& evidence)
{
    JsonText json = JsonText::object();
    for (std::size_t m = 0; m < evidence.metrics.size() && m < metrics().size(); ++m)
        json.members().emplace_back(
            std::string(metrics()[m].id), JsonText::number(evidence.metrics[m]));
    return json;
}

JsonText namesJson(const Model& model, const std::vector<TensorId>& ids)
{
    JsonText json = JsonText::array();
    for (const TensorId id : ids)
        json.append(JsonText::string(model.tensor(id).name));
    return json;
}

void addEvidence(JsonText& json, const ManifestInput& input, std::size_t d)
{
    const Decision& decision = input.profile.decisions[d];
    if (decision.options.size() < 2 || d >= input.evidence.decisions.size())
        return;
    const DecisionEvidence& evidence = input.evidence.decisions[d];
    json.set("importance", JsonText::number(evidence.importance));
    json.set("scores", scoresJson(evidence));
    json.set("curve", curveJson(decision, evidence));
    json.set("tier", JsonText::number(std::uint64_t(evidence.tier)));
    if (!evidence.note.empty())
        json.set("probe_note", JsonText::string(evidence.note));
    if (evidence.tier > 1)
        json.set("probed", probedJson(decision, evidence));
}

JsonText decisionJson(const ManifestInput& input, std::size_t d, const TensorCheck* check)
{
    const Decision& decision = input.profile.decisions[d];
    const Choice& choice = input.plan.choices[d];
    JsonText json = JsonText::object();
    json.set("name", JsonText::string(decision.name));
    json.set("codec", JsonText::string(codec(decision.options[choice.option].codec).name));
    json.set("sources", namesJson(input.model, decision.sources));
    if (!decision.derivedFrom.empty())
        json.set("also_serves", namesJson(input.model, decision.derivedFrom));
    json.set("role", JsonText::string(roleInfo(decision.role).id));
    json.set("rule", JsonText::string(reasonName(choice.reason)));
    json.set("reason",
        JsonText::string(decision.fixedReason.empty()
                ? explainChoice(input.profile, input.evidence, input.plan, d)
                : decision.fixedReason));
    if (check != nullptr) {
        json.set("encoder", JsonText::string(encoderName(check->encoder)));
        if (!check->fallback.empty())
            json.set("encoder_fallback", JsonText::string(check->fallback));
        json.set("nrmse_planned", JsonText::number(check->nrmsePlanned));
        json.set("nrmse_planned_bound", JsonText::number(check->plannedBound));
        json.set("nrmse_encoded", JsonText::number(check->nrmseEncoded));
        json.set("nrmse_found", JsonText::number(check->nrmseFound));
        json.set("damage_planned", JsonText::number(choice.damage));
    }
    addEvidence(json, input, d);
    return json;
}

std::string textOf(const JsonText& object, std::string_view key)
{
    const JsonText* value = object.find(key);
    return value != nullptr ? value->stringValue() : std::string();
}

double numberOf(const JsonText& object, std::string_view key, double otherwise)
{
    const JsonText* value = object.find(key);
    return value != nullptr ? parseDouble(value->spelling()).value_or(otherwise) : otherwise;
}

std::vector<WrittenFile> readFiles(const JsonText& object)
{
    std::vector<WrittenFile> list;
    const JsonText* files = object.find("files");
    if (files == nullptr)
        return list;
    for (const auto& [key, file] : files->members()) {
        const JsonText* bytes = file.find("bytes");
        list.push_back({textOf(file, "name"),
            bytes != nullptr ? parseUnsigned(bytes->spelling()).value_or(0) : 0,
            textOf(file, "sha256")});
    }
    return list;
}

ReadManifest::DecisionRecord readDecision(const JsonText& json)
{
    ReadManifest::DecisionRecord record;
    record.name = textOf(json, "name");
    record.codec = textOf(json, "codec");
    record.encoder = findEncoder(textOf(json, "encoder")).value_or(Encoder::search);
    record.fallback = textOf(json, "encoder_fallback");
    record.nrmsePlanned = numberOf(json, "nrmse_planned", unknownValue);
    record.plannedBound = numberOf(json, "nrmse_planned_bound", 0);
    record.nrmse = numberOf(json, "nrmse_found", unknownValue);
    return record;
}

} // namespace

std::filesystem::path manifestFileFor(const std::filesystem::path& exported)
{
    constexpr std::string_view part = "-00001-of-00002";
    std::string stem = exported.stem().string();
    const std::size_t at = stem.size() - std::min(stem.size(), part.size());
    const auto isPart = [&] {
        for (std::size_t i = 0; i < part.size(); ++i) {
            const bool digit = stem[at + i] >= '0' && stem[at + i] <= '9';
            if (part[i] >= '0' && part[i] <= '9' ? !digit : stem[at + i] != part[i])
                return false;
        }
        return true;
    };
    if (at > 0 && isPart())
        stem.resize(at);
    return stem + ".bitloupe.json";
}

std::string manifestText(const ManifestInput& input)
{
    std::map<std::string_view, const TensorCheck*> checks;
    for (const TensorCheck& check : input.report.checks)
        checks[check.name] = &check;
    JsonText decisions = JsonText::array();
    for (std::size_t d = 0; d < input.profile.decisions.size(); ++d) {
        const auto check = checks.find(input.profile.decisions[d].name);
        decisions.append(decisionJson(input, d, check == checks.end() ? nullptr : check->second));
    }
    JsonText root = JsonText::object();
    root.set("schema", JsonText::string(schema));
    root.set("program", JsonText::string("bitloupe " BITLOUPE_VERSION));
    root.set("options", optionsJson(input));
    root.set("source", sourceJson(input.model, input.report.sourceFiles));
    root.set("totals", totalsJson(input));
    JsonText notes = JsonText::array();
    for (const std::string& note : input.report.notes)
        notes.append(JsonText::string(note));
    root.set("notes", std::move(notes));
    root.set("files", filesJson(input.report.files));
    root.set("decisions", std::move(decisions));
    return root.text();
}

Result<ReadManifest> readManifest(std::string_view text)
{
    auto root = JsonText::parse(text, manifestName);
    if (!root)
        return root.error();
    if (textOf(*root, "schema") != schema)
        return Error {Errc::unsupported, std::string(manifestName),
            "found schema " + printable(textOf(*root, "schema"), 60) + ", expected "
                + std::string(schema)};
    ReadManifest manifest;
    if (const JsonText* source = root->find("source")) {
        manifest.sourceDigest = textOf(*source, "digest");
        manifest.sourceFiles = readFiles(*source);
    }
    manifest.files = readFiles(*root);
    if (const JsonText* decisions = root->find("decisions"))
        for (const auto& [key, decision] : decisions->members())
            manifest.decisions.push_back(readDecision(decision));
    return manifest;
}

} // namespace bitloupe
