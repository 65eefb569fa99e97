// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plan_text.h"

#include "app/text_table.h"
#include "base/text.h"
#include "export/plan_mixes.h"
#include "plan/file_layout.h"
#include "plan/pools.h"
#include "plan/solve.h"

#include <array>
#include <map>
#include <set>

namespace bitloupe {
namespace {

constexpr int valueDigits = 4;
constexpr std::array strategies = {
    Strategy::damage, Strategy::uniform, Strategy::swan, Strategy::mint};

std::uint64_t weightFiles(const PlannedModel& planned)
{
    std::vector<std::uint16_t> choice;
    for (const Choice& one : planned.plan.choices)
        choice.push_back(one.option);
    return layoutFiles(planned.profile, choice).shards.size();
}

std::string gapText(const Plan& plan)
{
    if (!std::isfinite(plan.gap()))
        return "unknown";
    if (plan.gap() <= 0)
        return "none: no plan within the budget predicts less damage";
    if (!(plan.lowerBound > 0))
        return "unknown";
    return "at most " + roundedText(100 * plan.gap() / plan.lowerBound, 2)
        + " % more predicted damage than the best plan within the budget";
}

std::vector<std::string> planRow(std::string name, const Plan& plan)
{
    return {std::move(name), groupedText(plan.fileBytes), fixedText(plan.bitsPerWeight, 4),
        valueText(plan.damage)};
}

// The same budget and rules under every strategy, and the mixes that others make: what the chosen
// one is to be judged by.
std::string comparison(const PlannedModel& planned)
{
    TextTable table;
    table.addColumn("strategy", TextTable::Align::left);
    for (const char* header : {"bytes", "bits/weight", "predicted damage"})
        table.addColumn(header, TextTable::Align::right);
    PlanOptions options = planned.plan.options;
    options.rules.erase(options.rules.begin(),
        options.rules.begin() + static_cast<std::ptrdiff_t>(planned.borrowed));
    if (!options.budget)
        options.budget = Budget {BudgetKind::fileBytes, planned.plan.fileBytes};
    const bool borrowed = planned.borrowed > 0;
    const std::string own(
        borrowed ? "like" : strategyName(planned.plan.options.strategy));
    table.addRow(planRow(own + " (this plan)", planned.plan));
    for (const Strategy strategy : strategies) {
        if (strategy == planned.plan.options.strategy && !borrowed)
            continue;
        options.strategy = strategy;
        const std::string name(strategyName(strategy));
        if (const auto other = solve(planned.profile, planned.evidence, options))
            table.addRow(planRow(name, *other));
        else
            table.addRow({name, std::string(errcSentence(other.error().code)), "", ""});
    }
    for (const MixPlan& mix : planMixes(planned.profile, planned.evidence))
        table.addRow({"llama.cpp " + std::string(mix.name), groupedText(mix.fileBytes),
            fixedText(mix.bitsPerWeight, 4), valueText(mix.damage)});
    return "\n" + table.text();
}

std::string codecsByRole(const PlannedModel& planned)
{
    std::map<TensorRole, std::map<CodecId, std::uint64_t>> counts;
    std::map<TensorRole, std::uint64_t> shortRows;
    std::set<CodecId> used;
    for (std::size_t d = 0; d < planned.plan.choices.size(); ++d) {
        const Decision& decision = planned.profile.decisions[d];
        const CodecId codec = decision.options[planned.plan.choices[d].option].codec;
        ++counts[decision.role][codec];
        used.insert(codec);
        if (offersBlocks(planned.profile) && decision.rows > 1 && decision.columns % 256 != 0)
            ++shortRows[decision.role];
    }
    TextTable table;
    table.addColumn("role", TextTable::Align::left);
    for (const CodecId id : used)
        table.addColumn(std::string(codec(id).name), TextTable::Align::right);
    if (!shortRows.empty())
        table.addColumn("rows not of 256", TextTable::Align::right);
    for (const auto& [role, byCodec] : counts) {
        std::vector<std::string> row = {std::string(roleInfo(role).id)};
        for (const CodecId id : used) {
            const auto found = byCodec.find(id);
            row.push_back(found == byCodec.end() ? "-" : groupedText(found->second));
        }
        if (const auto found = shortRows.find(role); found != shortRows.end())
            row.push_back(groupedText(found->second));
        else if (!shortRows.empty())
            row.push_back("-");
        table.addRow(std::move(row));
    }
    return "\n" + table.text();
}

// What each of two memories gets, of how much.
std::string poolsText(const PlannedModel& planned)
{
    const auto& budget = planned.plan.options.budget;
    if (!budget || !budget->expertBytes)
        return {};
    const PoolBytes pools = poolBytes(planned.profile, planned.plan, budget->kind);
    const auto line = [](std::string_view name, std::uint64_t used, std::uint64_t most) {
        return labelled(name, bytesText(used) + " of " + groupedText(most));
    };
    return "\n" + line("in RAM", pools.experts, *budget->expertBytes)
        + line("the rest", pools.rest, budget->bytes);
}

std::string deviceText(const PlannedModel& planned)
{
    if (!planned.device)
        return {};
    const DeviceRequest& d = *planned.device;
    const auto& budget = planned.plan.options.budget;
    const std::uint64_t weights = budget && budget->expertBytes
        ? poolBytes(planned.profile, planned.plan, BudgetKind::fileBytes).rest
        : planned.plan.fileBytes;
    const MemoryUse use = memoryUse(d.device,
        configOfClient(planned.model->config, planned.profile.targetId), weights, d.context,
        d.sequences, d.kvType);
    std::string text = "\n" + labelled("device", d.device.title);
    text += labelled("weights", bytesText(use.weights));
    text += labelled("KV cache",
        (use.kvCache ? bytesText(*use.kvCache) : std::string("unknown")) + ", "
            + std::string(kvTypeName(d.kvType)) + ", " + groupedText(d.sequences) + " x "
            + groupedText(d.context) + " tokens");
    text += labelled("compute", bytesText(use.compute));
    text += labelled("reserve", bytesText(use.reserve));
    text += labelled("free", !use.kvCache ? "unknown" : bytesText(use.free()));
    text += labelled("usable", bytesText(use.usable));
    return text + labelled("fits", !use.kvCache ? "unknown" : use.fits() ? "yes" : "no");
}

std::string ruleText(const Rule& rule)
{
    return std::string(rule.kind == Rule::Kind::pin ? "--set " : "--floor ")
        + printable(rule.pattern) + "=" + std::string(codec(rule.codec).name);
}

std::string tierText(const PlannedModel& planned)
{
    switch (planned.evidence.tier) {
    case 1: return "a prediction from the weights alone";
    case 2: return "a prediction from the weights and a forward probe of the model";
    default: return "a prediction from the weights and a probe of the model with gradients";
    }
}

std::string notesText(const PlannedModel& planned)
{
    std::string text;
    for (const std::string& note : planned.profile.notes)
        text += "note: " + printable(note, 500) + "\n";
    std::uint64_t fallbacks = 0;
    for (const Choice& choice : planned.plan.choices)
        fallbacks += choice.reason == ReasonKind::fallback ? 1 : 0;
    if (fallbacks > 0)
        text += "note: the uniform codec cannot hold " + groupedText(fallbacks)
            + (fallbacks == 1 ? " tensor" : " tensors") + "; the nearest that can is used\n";
    for (const RuleMiss& miss : planned.plan.unfollowed)
        text += "note: " + ruleText(planned.plan.options.rules[miss.rule]) + " is not possible for "
            + printable(planned.profile.decisions[miss.decision].name) + "\n";
    if (planned.plan.provisional)
        text += "note: some errors are guesses, because their tensors could not be measured\n";
    return text.empty() ? text : "\n" + text;
}

} // namespace

std::string bytesText(std::uint64_t bytes)
{
    return groupedText(bytes) + " bytes (" + sizeText(bytes) + ")";
}

std::string valueText(double value)
{
    return std::isfinite(value) ? roundedText(value, valueDigits) : "unknown";
}

std::string planText(const PlannedModel& planned)
{
    const Plan& plan = planned.plan;
    const ExportTarget* target = findExportTarget(plan.targetId);
    const std::uint64_t files = weightFiles(planned);
    std::string text = labelled("model", printable(planned.model->name));
    text += labelled("target", target ? target->title : plan.targetId);
    text += labelled("strategy", strategyName(plan.options.strategy));
    text += labelled("size",
        bytesText(plan.fileBytes) + " in " + groupedText(files)
            + (files == 1 ? " file" : " files"));
    text += labelled("bits/weight",
        fixedText(plan.bitsPerWeight, 4) + " with scales, " + fixedText(plan.codeBitsPerWeight, 4)
            + " of codes alone");
    text += labelled("damage", valueText(plan.damage) + " (" + tierText(planned) + ")");
    if (plan.options.strategy == Strategy::damage)
        text += labelled("gap", gapText(plan));
    return text + comparison(planned) + codecsByRole(planned) + poolsText(planned)
        + deviceText(planned) + notesText(planned);
}

} // namespace bitloupe
