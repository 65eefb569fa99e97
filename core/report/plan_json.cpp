// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/plan_mixes.h"
#include "measure/metrics.h"
#include "plan/pools.h"
#include "report/documents.h"
#include "plan/solve.h"
#include "report/json_writer.h"
#include "report/schemas.h"

namespace bitloupe {
namespace {

void writeOptions(JsonWriter& json, const TargetProfile& profile, const PlanOptions& options)
{
    json.member("strategy", strategyName(options.strategy));
    json.name("budget");
    if (options.budget) {
        json.object(JsonLayout::line);
        json.member("kind", budgetNames[static_cast<std::size_t>(options.budget->kind)]);
        json.member("bytes", options.budget->bytes);
        if (options.budget->expertBytes)
            json.member("expert_bytes", *options.budget->expertBytes);
        json.end();
    } else {
        json.null();
    }
    json.member("sqnr_floor_db", options.sqnrFloorDb);
    json.name("rules").array(options.rules.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const Rule& rule : options.rules) {
        json.object(JsonLayout::line);
        json.member("kind", ruleNames[static_cast<std::size_t>(rule.kind)]);
        if (rule.decision)
            json.member("decision", profile.decisions[*rule.decision].name);
        else
            json.member("pattern", rule.pattern);
        json.member("codec", codec(rule.codec).name).end();
    }
    json.end();
}

void writeTotals(JsonWriter& json, const TargetProfile& profile, const Plan& plan)
{
    json.name("totals").object();
    json.member("parameters", profile.parameters);
    json.member("file_bytes", plan.fileBytes).member("data_bytes", plan.dataBytes);
    json.member("bits_per_weight", plan.bitsPerWeight);
    json.member("code_bits_per_weight", plan.codeBitsPerWeight);
    json.member("damage", plan.damage).member("lower_bound", plan.lowerBound);
    json.member("gap", plan.gap()).member("price", plan.price);
    if (const auto& budget = plan.options.budget; budget && budget->expertBytes) {
        const PoolBytes pools = poolBytes(profile, plan, budget->kind);
        json.member("expert_bytes", pools.experts).member("rest_bytes", pools.rest);
        json.member("expert_price", plan.expertPrice);
    }
    json.member("provisional", plan.provisional);
    json.end();
}

// What the client's own quantizer would make; where it has names for nothing, nothing is said.
void writeMixes(JsonWriter& json, const TargetProfile& profile, const Evidence& evidence)
{
    const auto mixes = planMixes(profile, evidence);
    if (mixes.empty())
        return;
    json.name("mixes").array(JsonLayout::lines);
    for (const MixPlan& mix : mixes) {
        json.object(JsonLayout::line);
        json.member("name", mix.name).member("file_bytes", mix.fileBytes);
        json.member("bits_per_weight", mix.bitsPerWeight).member("damage", mix.damage).end();
    }
    json.end();
}

void writeEvidence(JsonWriter& json, const Decision& decision, const DecisionEvidence& evidence)
{
    json.name("evidence").object();
    json.member("known", evidence.known).member("tier", evidence.tier);
    json.member("importance", evidence.importance);
    if (!evidence.note.empty())
        json.member("note", evidence.note);
    json.name("metrics").object(JsonLayout::line);
    for (std::size_t m = 0; m < evidence.metrics.size() && m < metrics().size(); ++m)
        json.member(metrics()[m].id, evidence.metrics[m]);
    json.end();
    json.name("curve").object();
    for (std::size_t o = 0; o < decision.options.size(); ++o) {
        const OptionDetail& detail = evidence.details[o];
        json.name(codec(decision.options[o].codec).name).array(JsonLayout::line);
        json.number(evidence.options[o].nrmse);
        json.number(detail.nrmseRound).number(detail.relativeStandardError);
        json.end();
    }
    if (evidence.tier > 1) {
        json.end().name("probed").object();
        for (std::size_t o = 0; o < decision.options.size(); ++o) {
            const ProbedPoint& probed = evidence.details[o].probed;
            json.name(codec(decision.options[o].codec).name).array(JsonLayout::line);
            json.number(probed.nrmse).number(probed.nrmseStandardError);
            json.number(probed.inputError).number(probed.damage);
            json.end();
        }
    }
    json.end().end();
}

// What other budgets would buy under the same rules; none where a rule leaves no plan at all.
void writeFrontier(JsonWriter& json, const TargetProfile& profile, const Evidence& evidence,
    const PlanOptions& options)
{
    const auto found = frontier(profile, evidence, options);
    json.name("frontier");
    if (!found) {
        json.null();
        return;
    }
    json.object().member("knee", found->knee);
    json.name("points").array(found->points.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const FrontierPoint& point : found->points) {
        json.object(JsonLayout::line).member("file_bytes", point.fileBytes);
        json.member("bits_per_weight", point.bitsPerWeight).member("damage", point.damage).end();
    }
    json.end().end();
}

void writeDecision(JsonWriter& json, const TargetProfile& profile, const Evidence& evidence,
    const Plan& plan, std::size_t d)
{
    const Decision& decision = profile.decisions[d];
    const Choice& choice = plan.choices[d];
    const CodecOption& option = decision.options[choice.option];
    json.object();
    json.member("name", decision.name).member("codec", codec(option.codec).name);
    json.member("reason", reasonNames[static_cast<std::size_t>(choice.reason)]);
    if (choice.rule >= 0)
        json.member("rule", choice.rule);
    json.member("why", explainChoice(profile, evidence, plan, d));
    json.member("damage", choice.damage);
    json.member("data_bytes", option.dataBytes).member("elements", decision.elements);
    if (decision.options.size() > 1)
        writeEvidence(json, decision, evidence.decisions[d]);
    json.end();
}

} // namespace

std::string planToJson(
    const Model& model, const TargetProfile& profile, const Evidence& evidence, const Plan& plan)
{
    JsonWriter json;
    json.object();
    json.member("schema", planSchema).member("version", BITLOUPE_VERSION);
    json.member("model_digest", model.digest()).member("target", profile.targetId);
    json.member("float_type", dtypeInfo(profile.floatType).name);
    json.member("split_bytes", profile.size.shardLimitBytes);
    json.member("tier", evidence.tier).member("tier_reason", evidence.tierReason);
    json.member("moments_from", evidence.momentsSource).name("own_text");
    if (evidence.ownText)
        json.boolean(*evidence.ownText);
    else
        json.null();
    json.name("mix").array(JsonLayout::line);
    json.number(evidence.mix.model).number(evidence.mix.input).number(evidence.mix.even).end();
    writeOptions(json, profile, plan.options);
    writeTotals(json, profile, plan);
    writeMixes(json, profile, evidence);
    writeFrontier(json, profile, evidence, plan.options);
    json.texts("notes", profile.notes);
    json.name("unfollowed").array(plan.unfollowed.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const RuleMiss& miss : plan.unfollowed) {
        json.object(JsonLayout::line).member("rule", miss.rule);
        json.member("decision", profile.decisions[miss.decision].name).end();
    }
    json.end();
    json.name("decisions").array();
    for (std::size_t d = 0; d < plan.choices.size(); ++d)
        writeDecision(json, profile, evidence, plan, d);
    json.end().end();
    return std::move(json).take();
}

} // namespace bitloupe
