// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_input.h"
#include "app/plan_text.h"
#include "app/text_table.h"
#include "base/text.h"
#include "measure/metrics.h"
#include "report/documents.h"

#include <map>

namespace bitloupe {
namespace {

std::string shapeText(const Shape& shape)
{
    std::string text;
    for (const std::uint64_t size : shape)
        text += (text.empty() ? "" : " x ") + groupedText(size);
    return text.empty() ? "scalar" : text;
}

TextTable scoreTable(const Model& model, const Analysis& analysis)
{
    TextTable table;
    table.addColumn("tensor", TextTable::Align::left);
    table.addColumn("dtype", TextTable::Align::left);
    table.addColumn("shape", TextTable::Align::right);
    for (const MetricInfo& metric : metrics())
        table.addColumn(std::string(metric.id), TextTable::Align::right);
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorInfo& tensor = model.tensors[i];
        const TensorScore& score = analysis.tensors[i];
        if (score.state != TensorState::measured || score.metrics.size() != metrics().size())
            continue;
        std::vector<std::string> row = {printable(tensor.name),
            std::string(dtypeInfo(tensor.dtype).name), shapeText(tensor.shape)};
        for (const double value : score.metrics)
            row.push_back(valueText(value));
        table.addRow(std::move(row));
    }
    return table;
}

// One line for each reason, with how many tensors it holds for.
std::string leftOut(const Model& model, const Analysis& analysis)
{
    struct Group {
        std::string_view first;
        std::uint64_t count = 0;
    };
    std::map<std::string, Group> groups;
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorScore& score = analysis.tensors[i];
        if (score.state == TensorState::measured)
            continue;
        const std::string what = score.state == TensorState::failed ? "failed: " : "not analysed: ";
        Group& group = groups[what + score.reason];
        if (group.count++ == 0)
            group.first = model.tensors[i].name;
    }
    std::string text;
    for (const auto& [reason, group] : groups)
        text += printable(reason) + ": " + groupedText(group.count)
            + (group.count == 1 ? " tensor, " : " tensors, first ") + printable(group.first) + "\n";
    return text;
}

std::string oddities(const Model& model, const Analysis& analysis)
{
    std::string text;
    std::uint64_t sampled = 0;
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorScore& score = analysis.tensors[i];
        sampled += score.sampled ? 1 : 0;
        if (score.facts.nans + score.facts.infinities > 0)
            text += printable(model.tensors[i].name) + ": " + groupedText(score.facts.nans)
                + " NaN, " + groupedText(score.facts.infinities)
                + " infinite, left out of the scores\n";
    }
    if (sampled > 0)
        text += "error curves estimated from a sample: " + groupedText(sampled)
            + (sampled == 1 ? " tensor\n" : " tensors\n");
    return text;
}

std::string describe(const Model& model, const Analysis& analysis)
{
    const TextTable table = scoreTable(model, analysis);
    std::string text = table.empty() ? "no tensor was measured\n" : table.text();
    const std::string rest = oddities(model, analysis) + leftOut(model, analysis);
    return rest.empty() ? text : text + "\n" + rest;
}

} // namespace

Result<Outcome> runAnalyze(const Options& options, const Session& session)
{
    const auto model = openNamedModel(options.model, session);
    if (!model)
        return model.error();
    const auto analysis = analysisOf(*model, options, session);
    if (!analysis)
        return analysis.error();
    const std::string json = analysisToJson(**model, *analysis);
    if (!options.output.empty())
        if (auto written = writeResult(options.output, json, "bitloupe-analysis/"); !written)
            return written.error();
    return Outcome {options.json ? json : describe(**model, *analysis)};
}

} // namespace bitloupe
