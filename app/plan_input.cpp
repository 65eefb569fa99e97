// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plan_input.h"

#include "app/model_input.h"
#include "app/probe_input.h"
#include "base/text.h"
#include "export/bad_tensors.h"
#include "export/borrowed_types.h"
#include "plan/file_layout.h"
#include "plan/solve.h"
#include "report/documents.h"

#include <algorithm>

namespace bitloupe {
namespace {

Error usageError(std::string_view option, std::string detail)
{
    return {Errc::badArgument, std::string(option), std::move(detail)};
}

Error notOneOf(std::string_view option, const std::string& value, std::string_view expected)
{
    return usageError(option, "found " + value + ", expected " + std::string(expected));
}

Result<const ExportTarget*> targetNamed(const std::string& name)
{
    std::string known;
    for (const ExportTarget& target : exportTargets())
        known += (known.empty() ? "" : ", ") + std::string(target.id);
    if (name.empty())
        return usageError("--target", "is needed: " + known);
    if (const ExportTarget* target = findExportTarget(name))
        return target;
    return notOneOf("--target", name, known);
}

Result<Rule> parseRule(std::string_view option, const std::string& text, Rule::Kind kind)
{
    // A codec's name has no "=", a regular expression may have some.
    const auto split = text.rfind('=');
    if (split == std::string::npos || split == 0)
        return notOneOf(option, text, "REGEX=CODEC");
    const Codec* codec = findCodec(std::string_view(text).substr(split + 1));
    if (!codec)
        return notOneOf(option, text.substr(split + 1), "a codec; see bitloupe presets");
    return Rule {kind, text.substr(0, split), std::nullopt, codec->id};
}

Result<void> addRules(const Options& options, std::vector<Rule>& rules)
{
    for (const std::string& text : options.floors) {
        auto rule = parseRule("--floor", text, Rule::Kind::floor);
        if (!rule)
            return rule.error();
        rules.push_back(*std::move(rule));
    }
    for (const std::string& text : options.sets) {
        auto rule = parseRule("--set", text, Rule::Kind::pin);
        if (!rule)
            return rule.error();
        rules.push_back(*std::move(rule));
    }
    return {};
}

Result<DeviceRequest> deviceRequest(const Options& options, const ExportTarget& target)
{
    DeviceRequest request;
    const Device* device = findDevice(options.device);
    if (!device)
        return notOneOf("--device", options.device, "a device; see bitloupe presets");
    request.device = deviceFor(target, *device);
    const auto context = parseUnsigned(options.context);
    if (!context || *context == 0)
        return usageError("--context", "--device needs the number of tokens that must fit");
    request.context = *context;
    if (!options.sequences.empty()) {
        const auto sequences = parseUnsigned(options.sequences);
        if (!sequences || *sequences == 0)
            return notOneOf("--sequences", options.sequences, "a number above 0");
        request.sequences = *sequences;
    }
    if (!options.kvType.empty()) {
        const auto type = findKvType(options.kvType);
        if (!type)
            return notOneOf("--kv-type", options.kvType, "f16, fp8, q8_0 or q4_0");
        request.kvType = *type;
    }
    return request;
}

Result<void> readBudget(const Options& options, PlanRequest& request)
{
    const int given = !options.targetBpw.empty() + !options.targetSize.empty()
        + !options.device.empty() + !options.like.empty();
    const bool mayGoWithout = request.options.strategy == Strategy::swan;
    if (given > 1 || (given == 0 && !mayGoWithout))
        return usageError(
            "budget", "give one of --target-bpw, --target-size, --device and --like");
    if (!options.like.empty() && !(options.strategy.empty() && request.target->id == "gguf"))
        return usageError("--like", "goes with --target gguf, and without --strategy");
    if (options.device.empty()
        && !(options.context.empty() && options.kvType.empty() && options.sequences.empty()))
        return usageError("--context, --kv-type, --sequences", "have a meaning with --device only");
    if (!options.targetBpw.empty()) {
        request.bitsPerWeight = parseDouble(options.targetBpw);
        if (!request.bitsPerWeight || *request.bitsPerWeight <= 0)
            return notOneOf("--target-bpw", options.targetBpw, "a number above 0");
    }
    if (!options.targetSize.empty()) {
        request.fileBytes = parseSize(options.targetSize);
        if (!request.fileBytes || *request.fileBytes == 0)
            return notOneOf("--target-size", options.targetSize, "a size such as 4.5GB or 4.2GiB");
    }
    if (!options.expertsSize.empty()) {
        if (options.targetSize.empty() && options.device.empty())
            return usageError("--experts-size", "goes with --target-size or --device");
        request.expertBytes = parseSize(options.expertsSize);
        if (!request.expertBytes || *request.expertBytes == 0)
            return notOneOf("--experts-size", options.expertsSize, "a size such as 48GB or 40GiB");
    }
    if (!options.device.empty()) {
        auto device = deviceRequest(options, *request.target);
        if (!device)
            return device.error();
        request.device = *device;
    }
    return {};
}

Result<std::optional<Budget>> budgetFor(
    const PlanRequest& request, const Model& model, const TargetProfile& profile)
{
    Result<Budget> budget = Budget {};
    if (request.bitsPerWeight)
        budget = budgetFromBpw(*request.bitsPerWeight, profile.parameters);
    else if (request.fileBytes)
        budget = Budget {BudgetKind::fileBytes, *request.fileBytes};
    else if (const auto& d = request.device)
        budget = budgetForDevice(d->device, configOfClient(model.config, profile.targetId),
            d->context, d->sequences, d->kvType);
    else
        return std::optional<Budget>();
    if (!budget)
        return budget.error();
    budget->expertBytes = request.expertBytes;
    return std::optional<Budget>(*budget);
}

// What the target is asked for beside the codecs.
Result<ProfileOptions> profileOptions(const Options& options, const ExportTarget& target)
{
    ProfileOptions profile;
    profile.force = options.force;
    profile.requantize = options.allowRequantize;
    if (target.isFolder && !(options.floatType.empty() && options.splitSize.empty()))
        return usageError(
            "--float-type, --split-size", "have no meaning for " + std::string(target.id));
    if (options.floatType == "f16")
        profile.floatType = DType::F16;
    else if (options.floatType == "bf16")
        profile.floatType = DType::BF16;
    else if (options.floatType == "f32")
        profile.floatType = DType::F32;
    else if (!options.floatType.empty())
        return notOneOf("--float-type", options.floatType, "f16, bf16 or f32");
    if (!options.splitSize.empty()) {
        const auto size = parseSize(options.splitSize);
        if (!size || *size == 0)
            return notOneOf("--split-size", options.splitSize, "a size such as 4GB");
        profile.splitBytes = *size;
    }
    return profile;
}

bool plansAnew(const Options& options)
{
    for (const std::string* text : {&options.targetBpw, &options.targetSize, &options.device,
             &options.context, &options.kvType, &options.sequences, &options.expertsSize,
             &options.strategy, &options.like})
        if (!text->empty())
            return true;
    return !options.sets.empty() || !options.floors.empty();
}

} // namespace

Result<PlanRequest> planRequest(const Options& options)
{
    PlanRequest request;
    const auto target = targetNamed(options.target);
    if (!target)
        return target.error();
    request.target = *target;
    const auto profile = profileOptions(options, **target);
    if (!profile)
        return profile.error();
    request.profile = *profile;
    if (!options.strategy.empty()) {
        const auto strategy = findStrategy(options.strategy);
        if (!strategy)
            return notOneOf("--strategy", options.strategy, "damage, uniform, swan or mint");
        request.options.strategy = *strategy;
    }
    if (auto budget = readBudget(options, request); !budget)
        return budget.error();
    if (auto rules = addRules(options, request.options.rules); !rules)
        return rules.error();
    return request;
}

namespace {

// The pins of --like before those of the command line, which may say otherwise. All of them leave
// one size, so that any budget above it will do.
Result<std::size_t> addBorrowed(const Options& options, const Session& session,
    const TargetProfile& profile, PlanOptions& plan)
{
    if (options.like.empty())
        return std::size_t {0};
    const auto mixed = openNamedModel(options.like, session);
    if (!mixed)
        return mixed.error();
    auto borrowed = borrowTypes(profile, **mixed);
    if (!borrowed)
        return borrowed.error();
    for (const std::string& note : borrowed->notes)
        session.note("note: " + printable(note, 500));
    plan.rules.insert(plan.rules.begin(), borrowed->pins.begin(), borrowed->pins.end());
    std::vector<std::uint16_t> largest;
    for (const Decision& decision : profile.decisions)
        largest.push_back(static_cast<std::uint16_t>(decision.options.size() - 1));
    plan.budget = Budget {BudgetKind::fileBytes, layoutFiles(profile, largest).fileBytes};
    return borrowed->pins.size();
}

// After all other rules, so that the budget is kept by what else there is.
Result<void> setBadTensorsAside(const std::shared_ptr<const Model>& model, const Session& session,
    TargetProfile& profile, PlanOptions& plan)
{
    const auto bad = findBadTensors(model, profile, session.job);
    if (!bad)
        return bad.error();
    plan.rules.insert(plan.rules.end(), bad->pins.begin(), bad->pins.end());
    profile.notes.insert(profile.notes.end(), bad->notes.begin(), bad->notes.end());
    return {};
}

/// What the target makes of a model; of a GGUF source that it does not take, a profile to look at.
Result<TargetProfile> profileFor(const PlanRequest& request, const Model& model)
{
    auto profile = request.target->profile(model, request.profile);
    if (profile || !request.forViewing || model.format != ModelFormat::gguf
        || profile.error().code != Errc::unsupported)
        return profile;
    return profileForViewing(*request.target, model);
}

} // namespace

Result<PlannedModel> planModel(
    const PlanRequest& request, const Options& options, const Session& session)
{
    auto model = openNamedModel(options.model, session);
    if (!model)
        return model.error();
    auto profile = profileFor(request, **model);
    if (!profile)
        return profile.error();
    PlanOptions planOptions = request.options;
    const auto budget = budgetFor(request, **model, *profile);
    if (!budget)
        return budget.error();
    planOptions.budget = *budget;
    const auto borrowed = addBorrowed(options, session, *profile, planOptions);
    if (!borrowed)
        return borrowed.error();
    const auto probe = probeChoiceOf(**model, options, session);
    if (!probe)
        return probe.error();
    const auto analysis = offersBlocks(*profile)
        ? blockAnalysisOf(*model, *probe, options, session)
        : probedAnalysisOf(*model, *probe, options, session);
    if (!analysis)
        return analysis.error();
    if (options.keepBadTensors)
        if (auto done = setBadTensorsAside(*model, session, *profile, planOptions); !done)
            return done.error();
    Evidence evidence = gatherEvidence(*profile, *analysis);
    auto plan = solve(*profile, evidence, planOptions, session.job.threads);
    if (!plan)
        return plan.error();
    if (!options.like.empty())
        plan->options.budget = Budget {BudgetKind::fileBytes, plan->fileBytes};
    return PlannedModel {*std::move(model), *std::move(profile), std::move(evidence),
        *std::move(plan), request.device, *probe, analysis->moments, *borrowed};
}

Result<PlannedModel> readPlannedModel(const Options& options, const Session& session)
{
    if (plansAnew(options))
        return usageError("--plan", "the plan is made already: no budget, strategy or pins");
    const auto text = readResult(options.plan);
    if (!text)
        return text.error();
    const auto made = planTarget(*text);
    if (!made)
        return made.error();
    if (!options.target.empty() && options.target != made->id)
        return usageError(
            "--target", "found " + options.target + ", but the plan is for " + made->id);
    const ExportTarget* target = findExportTarget(made->id);
    if (!target)
        return Error {Errc::badPlan, options.plan, "its target is unknown: " + made->id};
    auto model = openNamedModel(options.model, session);
    if (!model)
        return model.error();
    auto how = profileOptions(options, *target);
    if (!how)
        return how.error();
    if (!target->isFolder) {
        if (how->floatType && made->floatType && *how->floatType != *made->floatType)
            return usageError("--float-type",
                "the plan is made for " + std::string(dtypeInfo(*made->floatType).name));
        how->floatType = made->floatType ? made->floatType : how->floatType;
        how->splitBytes = how->splitBytes != 0 ? how->splitBytes : made->splitBytes;
    }
    auto profile = target->profile(**model, *how);
    if (!profile)
        return profile.error();
    auto read = planFromJson(**model, *profile, *text);
    if (!read)
        return read.error();
    // The moments that the plan was made with, unless others are asked for.
    auto probe = probeChoiceOf(**model, options, session);
    if (!probe)
        return probe.error();
    if (options.probe.empty())
        probe->tier = std::min(probe->tier, static_cast<ProbeTier>(read->evidence.tier - 1));
    return PlannedModel {*std::move(model), *std::move(profile), std::move(read->evidence),
        std::move(read->plan), std::nullopt, *std::move(probe)};
}

} // namespace bitloupe
