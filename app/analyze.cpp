// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_input.h"
#include "app/plan_text.h"
#include "app/text_table.h"
#include "base/text.h"
#include "measure/metrics.h"
#include "report/documents.h"

#include <array>
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

// Errors are shown at one group size; the JSON has every configuration.
constexpr std::array shownBits = {2, 3, 4, 5, 6, 8};
constexpr int shownGroup = 64;

double errorWith(const TensorScore& score, int bits)
{
    for (const RatePoint& point : score.curve)
        if (codec(point.codec).bits == bits && codec(point.codec).groupSize == shownGroup)
            return point.nrmse;
    return unknownValue;
}

bool isScored(const TensorScore& score)
{
    return score.state == TensorState::measured && !score.curve.empty()
        && score.metrics.size() == metrics().size();
}

TextTable scoreTable(const Model& model, const Analysis& analysis)
{
    TextTable table;
    table.addColumn("tensor", TextTable::Align::left);
    table.addColumn("dtype", TextTable::Align::left);
    table.addColumn("shape", TextTable::Align::right);
    for (const MetricInfo& metric : metrics())
        table.addColumn(std::string(metric.id), TextTable::Align::right);
    for (const int bits : shownBits)
        table.addColumn("err " + numberText(bits), TextTable::Align::right);
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorInfo& tensor = model.tensors[i];
        const TensorScore& score = analysis.tensors[i];
        if (!isScored(score))
            continue;
        std::vector<std::string> row = {printable(tensor.name),
            std::string(dtypeInfo(tensor.dtype).name), shapeText(tensor.shape)};
        for (const double value : score.metrics)
            row.push_back(valueText(value));
        for (const int bits : shownBits)
            row.push_back(valueText(errorWith(score, bits)));
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
    std::uint64_t factsOnly = 0;
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorScore& score = analysis.tensors[i];
        sampled += score.sampled ? 1 : 0;
        factsOnly += score.state == TensorState::measured && !isScored(score) ? 1 : 0;
        if (score.facts.nans + score.facts.infinities > 0)
            text += printable(model.tensors[i].name) + ": " + groupedText(score.facts.nans)
                + " NaN, " + groupedText(score.facts.infinities)
                + " infinite, left out of the scores\n";
    }
    if (factsOnly > 0)
        text += "measured but not to be quantized, so without scores: " + groupedText(factsOnly)
            + (factsOnly == 1 ? " tensor\n" : " tensors\n");
    if (sampled > 0)
        text += "error curves estimated from a sample: " + groupedText(sampled)
            + (sampled == 1 ? " tensor\n" : " tensors\n");
    return text;
}

std::string describe(const Model& model, const Analysis& analysis)
{
    const TextTable table = scoreTable(model, analysis);
    std::string text = table.empty() ? "no tensor was scored\n" : table.text();
    if (!table.empty())
        text += "\nerr B: error of affine-B-g64, as a part of the tensor's norm\n";
    return text + oddities(model, analysis) + leftOut(model, analysis);
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
