// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/plan_report.h"

#include "base/text.h"
#include "report/markup.h"

#include <cmath>
#include <map>

namespace bitloupe {
namespace {

using Fact = std::pair<std::string, std::string>;

constexpr const char* pageStyle
    = "body{font:14px/1.4 sans-serif;color:#1b1d20;background:#fff;max-width:1100px;margin:24px "
      "auto;padding:0 16px}h1{font-size:20px}h2{font-size:16px;margin-top:24px}table{border-collapse:"
      "collapse}th,td{padding:2px 8px;text-align:left;border-bottom:1px solid #c9ccd0;"
      "vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.m{color:"
      "#565c64}svg{max-width:100%;height:auto}";

std::string damageText(double value)
{
    return std::isfinite(value) ? roundedText(value, 3) : "unknown";
}

std::string basisText(const Evidence& evidence)
{
    switch (evidence.tier) {
    case 1: return "a prediction from the weights alone (tier 1)";
    case 2: return "a prediction from the weights and a forward probe of the model (tier 2)";
    default:
        return "a prediction from the weights and a probe of the model with gradients (tier 3)";
    }
}

std::string budgetWords(const Plan& plan)
{
    if (!plan.options.budget)
        return "none";
    const Budget& budget = *plan.options.budget;
    const std::string kind =
        budget.kind == BudgetKind::fileBytes ? " of files" : " of tensor data";
    return budget.expertBytes
        ? sizeText(*budget.expertBytes) + kind + " for the experts, " + sizeText(budget.bytes)
            + " for the rest"
        : sizeText(budget.bytes) + kind;
}

std::vector<Fact> probeFacts(const Evidence& evidence)
{
    std::vector<Fact> facts;
    const bool probed
        = evidence.tier > 2 || (evidence.tier == 2 && evidence.momentsSource.empty());
    if (probed && evidence.ownText) // older plans do not tell
        facts.emplace_back("The probe read",
            *evidence.ownText ? "text that the model wrote" : "words of its vocabulary");
    if (!evidence.tierReason.empty())
        facts.emplace_back(evidence.tier > 2 ? "Why no text" : "Why no deeper", evidence.tierReason);
    if (!evidence.momentsSource.empty())
        facts.emplace_back("Inputs taken from", evidence.momentsSource);
    return facts;
}

std::vector<Fact> factsOf(const ReportSubject& s)
{
    std::vector<Fact> facts = {{"Model", s.model.name}, {"Model digest", s.plan.modelDigest},
        {"Target", s.plan.targetId},
        {"Strategy", std::string(strategyName(s.plan.options.strategy))},
        {"Budget", budgetWords(s.plan)}, {"Parameters", groupedText(s.profile.parameters)},
        {"Size", sizeText(s.plan.fileBytes) + " (" + groupedText(s.plan.fileBytes) + " bytes)"},
        {"Bits per weight", fixedText(s.plan.bitsPerWeight, 3)},
        {"Predicted damage", damageText(s.plan.damage)},
        {"What that is", basisText(s.evidence) + ", not a measurement"}};
    for (Fact& fact : probeFacts(s.evidence))
        facts.push_back(std::move(fact));
    facts.emplace_back("Made with", std::string("Bitloupe ") + BITLOUPE_VERSION);
    return facts;
}

std::string factsHtml(const std::vector<Fact>& facts)
{
    std::string html = "<table>\n";
    for (const auto& [label, value] : facts)
        html += "<tr><th>" + markupText(label) + "</th><td>" + markupText(value) + "</td></tr>\n";
    return html + "</table>\n";
}

std::vector<ReportRival> compared(const ReportSubject& s)
{
    std::vector<ReportRival> all
        = {{"this plan", s.plan.fileBytes, s.plan.bitsPerWeight, s.plan.damage}};
    all.insert(all.end(), s.rivals.begin(), s.rivals.end());
    return all;
}

std::string rivalsHtml(const ReportSubject& s)
{
    std::string html = "<table><tr><th></th><th class=n>bytes</th><th class=n>bits per weight</th>"
                       "<th class=n>predicted damage</th></tr>\n";
    for (const ReportRival& one : compared(s))
        html += "<tr><td>" + markupText(one.title) + "</td><td class=n>"
            + groupedText(one.fileBytes) + "</td><td class=n>" + fixedText(one.bitsPerWeight, 3)
            + "</td><td class=n>" + damageText(one.damage) + "</td></tr>\n";
    return html + "</table>\n";
}

std::string ruleWords(const TargetProfile& profile, const Rule& rule)
{
    const std::string about = rule.decision ? profile.decisions[*rule.decision].name : rule.pattern;
    return (rule.kind == Rule::Kind::pin ? "pin " : "at least ")
        + std::string(codec(rule.codec).name) + ": " + about;
}

std::string listHtml(const std::string& title, const std::vector<std::string>& lines)
{
    if (lines.empty())
        return {};
    std::string html = "<h2>" + title + "</h2>\n<ul>\n";
    for (const std::string& line : lines)
        html += "<li>" + markupText(line) + "</li>\n";
    return html + "</ul>\n";
}

std::vector<std::string> ruleLines(const ReportSubject& s)
{
    std::vector<std::string> lines;
    for (const Rule& rule : s.plan.options.rules)
        lines.push_back(ruleWords(s.profile, rule));
    for (const RuleMiss& miss : s.plan.unfollowed)
        lines.push_back("not possible for " + s.profile.decisions[miss.decision].name + ": "
            + ruleWords(s.profile, s.plan.options.rules[miss.rule]));
    return lines;
}

std::string tensorsHtml(const ReportSubject& s)
{
    std::string html = "<h2>Tensors</h2>\n<details open><summary>"
        + groupedText(s.profile.decisions.size())
        + " in all</summary>\n<table><tr><th>tensor</th><th>codec</th><th class=n>bytes</th>"
          "<th class=n>predicted damage</th><th>why</th></tr>\n";
    for (std::size_t d = 0; d < s.plan.choices.size(); ++d) {
        const Decision& decision = s.profile.decisions[d];
        const CodecOption& option = decision.options[s.plan.choices[d].option];
        html += "<tr><td>" + markupText(decision.name) + "</td><td>"
            + std::string(codec(option.codec).name) + "</td><td class=n>"
            + groupedText(option.dataBytes) + "</td><td class=n>"
            + (decision.options.size() > 1 ? damageText(s.plan.choices[d].damage) : std::string())
            + "</td><td class=m>"
            + markupText(explainChoice(s.profile, s.evidence, s.plan, d)) + "</td></tr>\n";
    }
    return html + "</table></details>\n";
}

} // namespace

std::string planReportHtml(const ReportSubject& s)
{
    const std::string title = markupText(s.model.name) + ", quantization plan";
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
        + "</title><style>" + pageStyle + "</style></head>\n<body>\n<h1>" + title + "</h1>\n"
        + factsHtml(factsOf(s)) + "<h2>Beside others of its size</h2>\n" + rivalsHtml(s)
        + "<h2>Bits by layer and role</h2>\n" + planHeatmapSvg(s.profile, s.plan)
        + listHtml("Rules", ruleLines(s)) + listHtml("Notes", s.profile.notes) + tensorsHtml(s)
        + "</body></html>\n";
}

std::string modelCardFragment(const ReportSubject& s)
{
    const Strategy strategy = s.plan.options.strategy;
    std::string text = "## Quantization\n\n";
    text += "Mixed precision for " + markdownText(s.plan.targetId) + ": "
        + fixedText(s.plan.bitsPerWeight, 2) + " bits per weight, " + sizeText(s.plan.fileBytes)
        + ". Which tensor got how many bits was chosen by "
        + std::string(strategy == Strategy::damage ? "predicted damage" : strategyName(strategy))
        + ", " + basisText(s.evidence) + ", not a measurement.\n\n";
    for (const auto& [label, value] : probeFacts(s.evidence))
        text += "* " + label + ": " + markdownText(value) + "\n";
    text += text.ends_with("\n\n") ? "" : "\n";
    text += "| plan | bytes | bits per weight | predicted damage |\n|---|--:|--:|--:|\n";
    for (const ReportRival& one : compared(s))
        text += "| " + markdownText(one.title) + " | " + groupedText(one.fileBytes) + " | "
            + fixedText(one.bitsPerWeight, 3) + " | " + damageText(one.damage) + " |\n";
    text += "\n| codec | tensors | bytes |\n|---|--:|--:|\n";
    std::map<CodecId, std::pair<std::uint64_t, std::uint64_t>> codecs;
    for (std::size_t d = 0; d < s.plan.choices.size(); ++d) {
        const CodecOption& option = s.profile.decisions[d].options[s.plan.choices[d].option];
        ++codecs[option.codec].first;
        codecs[option.codec].second += option.dataBytes;
    }
    for (const auto& [id, sums] : codecs)
        text += "| " + std::string(codec(id).name) + " | " + groupedText(sums.first) + " | "
            + groupedText(sums.second) + " |\n";
    return text + "\nMade with Bitloupe " + BITLOUPE_VERSION + " from the model with digest `"
        + s.plan.modelDigest + "`.\n";
}

} // namespace bitloupe
