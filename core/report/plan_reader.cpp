// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "measure/metrics.h"
#include "report/documents.h"
#include "report/schemas.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace bitloupe {
namespace {

using Json = nlohmann::json;
using DecisionsByName = std::map<std::string_view, std::uint32_t>;

Error badPlan(std::string where, std::string detail)
{
    return {Errc::badPlan, std::move(where), std::move(detail)};
}

std::string textOf(const Json& object, std::string_view key)
{
    return jsonString(object, key).value_or(std::string());
}

DecisionsByName decisionsByName(const TargetProfile& profile)
{
    DecisionsByName byName;
    for (std::size_t d = 0; d < profile.decisions.size(); ++d)
        byName.emplace(profile.decisions[d].name, static_cast<std::uint32_t>(d));
    return byName;
}

Result<Json> readDocument(std::string_view text)
{
    auto document = parseStrictJson(text, documentLimits);
    if (!document)
        return document.error();
    if (jsonString(*document, "schema") != planSchema)
        return badPlan({},
            "found schema " + jsonString(*document, "schema").value_or("nothing") + ", expected "
                + std::string(planSchema));
    return document;
}

Result<Rule> readRule(const Json& json, const DecisionsByName& byName, const std::string& where)
{
    Rule rule;
    const auto kind = findNamed<Rule::Kind>(ruleNames, textOf(json, "kind"));
    const Codec* codec = findCodec(textOf(json, "codec"));
    if (!kind || codec == nullptr)
        return badPlan(where, "expected a pin or floor of a known codec");
    rule.kind = *kind;
    rule.codec = codec->id;
    if (const auto name = jsonString(json, "decision")) {
        const auto found = byName.find(*name);
        if (found == byName.end())
            return badPlan(where, "found no decision " + printable(*name, 100));
        rule.decision = found->second;
    } else if (const auto pattern = jsonString(json, "pattern")) {
        rule.pattern = *pattern;
    } else {
        return badPlan(where, "expected a pattern or a decision");
    }
    return rule;
}

Result<std::optional<Budget>> readBudget(const Json& root)
{
    const Json* json = findJson(root, "budget");
    if (json == nullptr)
        return std::optional<Budget> {};
    const auto kind = findNamed<BudgetKind>(budgetNames, textOf(*json, "kind"));
    const auto bytes = jsonUnsigned(*json, "bytes");
    if (!kind || !bytes)
        return badPlan("budget", "expected a kind and bytes");
    Budget budget {*kind, *bytes, jsonUnsigned(*json, "expert_bytes")};
    if (!budget.expertBytes && findJson(*json, "expert_bytes") != nullptr)
        return badPlan("budget", "expected a number of bytes for the experts");
    return std::optional(budget);
}

Result<PlanOptions> readOptions(const Json& root, const DecisionsByName& byName)
{
    PlanOptions options;
    const auto strategy = findStrategy(textOf(root, "strategy"));
    if (!strategy)
        return badPlan("strategy", "found " + printable(textOf(root, "strategy"), 40));
    options.strategy = *strategy;
    const auto budget = readBudget(root);
    if (!budget)
        return budget.error();
    options.budget = *budget;
    options.sqnrFloorDb = jsonNumber(root, "sqnr_floor_db").value_or(options.sqnrFloorDb);
    const Json* rules = findJson(root, "rules");
    if (rules == nullptr || !rules->is_array())
        return badPlan("rules", "expected a list");
    for (const Json& json : *rules) {
        auto rule = readRule(json, byName, "rule " + std::to_string(options.rules.size()));
        if (!rule)
            return rule.error();
        options.rules.push_back(*std::move(rule));
    }
    return options;
}

// Three numbers a codec; stored codecs need none.
Result<std::pair<OptionEvidence, OptionDetail>> readOption(
    const Json* curve, const Codec& codec, const std::string& where)
{
    std::pair<OptionEvidence, OptionDetail> read;
    auto& [option, detail] = read;
    const Json* triple = curve != nullptr ? findJson(*curve, codec.name) : nullptr;
    if (triple == nullptr && codec.family == CodecFamily::stored) {
        option.nrmse = detail.nrmseRound = 0;
        return read;
    }
    if (triple == nullptr || !triple->is_array() || triple->size() != 3)
        return badPlan(where, "its curve has no three numbers for " + std::string(codec.name));
    const auto number = [&](std::size_t i) {
        return (*triple)[i].is_number() ? (*triple)[i].get<double>() : unknownValue;
    };
    option.nrmse = number(0);
    detail.nrmseRound = number(1);
    detail.relativeStandardError = number(2);
    if (!(option.nrmse >= 0) || std::isinf(option.nrmse) || detail.nrmseRound < 0
        || detail.relativeStandardError < 0)
        return badPlan(where, "its error for " + std::string(codec.name) + " makes no sense");
    return read;
}

// Four numbers a codec, null where unknown. Stored codecs have no error.
bool readProbed(const Json& evidence, const Codec& codec, ProbedPoint& point)
{
    if (codec.family == CodecFamily::stored) {
        point = {0, 0, 0, 0};
        return true;
    }
    const Json* all = findJson(evidence, "probed");
    const Json* numbers = all != nullptr ? findJson(*all, codec.name) : nullptr;
    if (numbers == nullptr)
        return true;
    if (!numbers->is_array() || numbers->size() != 4)
        return false;
    double* const places[]
        = {&point.nrmse, &point.nrmseStandardError, &point.inputError, &point.damage};
    for (std::size_t i = 0; i < 4; ++i) {
        *places[i] = (*numbers)[i].is_number() ? (*numbers)[i].get<double>() : unknownValue;
        if (*places[i] < 0 || std::isinf(*places[i]))
            return false;
    }
    return true;
}

Result<DecisionEvidence> readEvidence(const Json& json, const Decision& decision)
{
    DecisionEvidence evidence;
    const Json* from = findJson(json, "evidence");
    const Json none;
    const Json& source = from != nullptr ? *from : none;
    evidence.known = jsonBool(source, "known").value_or(decision.options.size() == 1);
    evidence.tier = static_cast<int>(jsonInteger(source, "tier", 1, 3).value_or(1));
    evidence.note = textOf(source, "note");
    evidence.importance = jsonNumber(source, "importance").value_or(1);
    if (evidence.importance < 0)
        return badPlan(decision.name, "found a negative importance");
    if (const Json* values = findJson(source, "metrics"); values != nullptr && !values->empty())
        for (const MetricInfo& metric : metrics())
            evidence.metrics.push_back(jsonNumber(*values, metric.id).value_or(unknownValue));
    for (const CodecOption& candidate : decision.options) {
        auto read = readOption(findJson(source, "curve"), codec(candidate.codec), decision.name);
        if (!read)
            return read.error();
        auto& [option, detail] = *read;
        if (!readProbed(source, codec(candidate.codec), detail.probed))
            return badPlan(decision.name, "what the probe says of it makes no sense");
        evidence.options.push_back(option);
        evidence.details.push_back(detail);
    }
    return evidence;
}

bool readMix(const Json& root, DamageMix& mix)
{
    const Json* numbers = findJson(root, "mix");
    if (numbers == nullptr)
        return true;
    if (!numbers->is_array() || numbers->size() != 3)
        return false;
    double* const places[] = {&mix.model, &mix.input, &mix.even};
    for (std::size_t i = 0; i < 3; ++i) {
        if (!(*numbers)[i].is_number())
            return false;
        *places[i] = (*numbers)[i].get<double>();
        if (!(*places[i] >= 0 && *places[i] <= 1))
            return false;
    }
    return std::abs(mix.model + mix.input + mix.even - 1) < 1e-9;
}

Result<Choice> readChoice(const Json& json, const Decision& decision, std::size_t ruleCount)
{
    Choice choice;
    const std::string name = textOf(json, "codec");
    const auto option = std::find_if(decision.options.begin(), decision.options.end(),
        [&](const CodecOption& candidate) { return codec(candidate.codec).name == name; });
    if (option == decision.options.end())
        return badPlan(decision.name, "it cannot take " + printable(name, 40));
    choice.option = static_cast<std::uint16_t>(option - decision.options.begin());
    const auto reason = findNamed<ReasonKind>(reasonNames, textOf(json, "reason"));
    if (!reason)
        return badPlan(decision.name, "found no known reason");
    choice.reason = *reason;
    if (findJson(json, "rule") != nullptr) {
        const auto rule = jsonUnsigned(json, "rule");
        if (!rule || *rule >= ruleCount)
            return badPlan(decision.name, "its rule is none of the plan's");
        choice.rule = static_cast<std::int32_t>(*rule);
    }
    return choice;
}

Result<void> readDecisions(
    const Json& root, const TargetProfile& profile, const DecisionsByName& byName, ReadPlan& read)
{
    const Json* list = findJson(root, "decisions");
    const std::size_t count = profile.decisions.size();
    if (list == nullptr || !list->is_array() || list->size() != count)
        return badPlan("decisions",
            "found " + std::to_string(list != nullptr && list->is_array() ? list->size() : 0)
                + ", expected " + std::to_string(count));
    std::vector<bool> seen(count);
    read.plan.choices.resize(count);
    read.evidence.decisions.resize(count);
    for (const Json& json : *list) {
        const std::string name = textOf(json, "name");
        const auto found = byName.find(name);
        if (found == byName.end() || seen[found->second])
            return badPlan(printable(name, 100),
                found == byName.end() ? "the model has no such decision" : "it stands twice");
        const std::uint32_t d = found->second;
        seen[d] = true;
        auto choice = readChoice(json, profile.decisions[d], read.plan.options.rules.size());
        if (!choice)
            return choice.error();
        auto evidence = readEvidence(json, profile.decisions[d]);
        if (!evidence)
            return evidence.error();
        read.plan.choices[d] = *choice;
        read.evidence.decisions[d] = *std::move(evidence);
    }
    return {};
}

Result<void> readMisses(const Json& root, const DecisionsByName& byName, Plan& plan)
{
    const Json* list = findJson(root, "unfollowed");
    if (list == nullptr)
        return {};
    if (!list->is_array())
        return badPlan("unfollowed", "expected a list");
    for (const Json& json : *list) {
        const auto rule = jsonUnsigned(json, "rule");
        const std::string name = textOf(json, "decision");
        const auto found = byName.find(name);
        if (!rule || *rule >= plan.options.rules.size() || found == byName.end())
            return badPlan("unfollowed", "expected rules and decisions of the plan");
        plan.unfollowed.push_back({static_cast<std::uint32_t>(*rule), found->second});
    }
    return {};
}

} // namespace

Result<PlanTarget> planTarget(std::string_view text)
{
    const auto document = readDocument(text);
    if (!document)
        return document.error();
    PlanTarget target;
    target.id = textOf(*document, "target");
    if (target.id.empty())
        return badPlan("target", "expected the name of a target");
    if (const auto name = jsonString(*document, "float_type")) {
        target.floatType = findDType(*name);
        if (target.floatType != DType::BF16 && target.floatType != DType::F16
            && target.floatType != DType::F32)
            return badPlan("float_type", "expected BF16, F16 or F32");
    }
    target.splitBytes = jsonUnsigned(*document, "split_bytes").value_or(0);
    return target;
}

Result<ReadPlan> planFromJson(
    const Model& model, const TargetProfile& profile, std::string_view text)
{
    const auto document = readDocument(text);
    if (!document)
        return document.error();
    const Json& root = *document;
    if (const std::string digest = model.digest(); textOf(root, "model_digest") != digest)
        return badPlan({},
            "it is for another model: found digest "
                + printable(textOf(root, "model_digest").substr(0, 12)) + ", expected "
                + digest.substr(0, 12));
    if (textOf(root, "target") != profile.targetId)
        return badPlan("target",
            "found " + printable(textOf(root, "target"), 40) + ", expected " + profile.targetId);
    const DecisionsByName byName = decisionsByName(profile);
    ReadPlan read;
    auto options = readOptions(root, byName);
    if (!options)
        return options.error();
    read.plan.options = *std::move(options);
    read.evidence.modelDigest = textOf(root, "model_digest");
    read.evidence.tier = static_cast<int>(jsonInteger(root, "tier", 1, 3).value_or(1));
    read.evidence.tierReason = textOf(root, "tier_reason");
    read.evidence.momentsSource = textOf(root, "moments_from");
    read.evidence.ownText = jsonBool(root, "own_text");
    if (!readMix(root, read.evidence.mix))
        return badPlan("mix", "expected three weights that add up to 1");
    if (const auto done = readDecisions(root, profile, byName, read); !done)
        return done.error();
    predictDamage(profile, read.evidence);
    if (const auto done = readMisses(root, byName, read.plan); !done)
        return done.error();
    const Json* totals = findJson(root, "totals");
    const Json none;
    read.plan.lowerBound =
        jsonNumber(totals != nullptr ? *totals : none, "lower_bound").value_or(unknownValue);
    read.plan.price = jsonNumber(totals != nullptr ? *totals : none, "price").value_or(0);
    read.plan.expertPrice =
        jsonNumber(totals != nullptr ? *totals : none, "expert_price").value_or(0);
    auto complete = completePlan(profile, read.evidence, std::move(read.plan));
    if (!complete)
        return complete.error();
    read.plan = *std::move(complete);
    return read;
}

} // namespace bitloupe
