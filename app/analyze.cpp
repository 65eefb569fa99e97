// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_input.h"
#include "app/plan_text.h"
#include "app/probe_input.h"
#include "app/text_table.h"
#include "base/text.h"
#include "measure/copies.h"
#include "measure/metrics.h"
#include "probe/imatrix.h"
#include "report/documents.h"

#include <array>
#include <map>
#include <span>

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
constexpr std::array probedBitsShown = {3, 4};
constexpr std::span<const int> probedBits = probedBitsShown;

RatePoint pointWith(const TensorScore& score, int bits)
{
    for (const RatePoint& point : score.curve)
        if (codec(point.codec).bits == bits && codec(point.codec).groupSize == shownGroup)
            return point;
    return {};
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
    for (const char* kind : {"r ", "D "})
        for (const int bits : analysis.moments ? probedBits : std::span<const int>())
            table.addColumn(kind + numberText(bits), TextTable::Align::right);
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
            row.push_back(valueText(pointWith(score, bits).nrmse));
        if (analysis.moments) {
            for (const int bits : probedBits)
                row.push_back(valueText(pointWith(score, bits).probed.inputError));
            for (const int bits : probedBits)
                row.push_back(valueText(pointWith(score, bits).probed.damage));
        }
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
    for (const TensorCopy& copy : findCopies(model, analysis))
        text += printable(model.tensor(copy.tensor).name) + ": the same numbers as "
            + printable(model.tensor(copy.original).name) + "\n";
    if (factsOnly > 0)
        text += "measured but not to be quantized, so without scores: " + groupedText(factsOnly)
            + (factsOnly == 1 ? " tensor\n" : " tensors\n");
    if (sampled > 0)
        text += "error curves estimated from a sample: " + groupedText(sampled)
            + (sampled == 1 ? " tensor\n" : " tensors\n");
    return text;
}

std::string probeText(const Analysis& analysis)
{
    if (!analysis.moments)
        return {};
    const Moments& moments = *analysis.moments;
    std::string text = "r B, D B: the same codec's error at the output of the matrix and of the "
                       "model\nprobe "
        + std::string(probeTierName(moments.tier)) + ": " + groupedText(moments.tokens)
        + (moments.ownText ? " tokens of the model's own text"
                           : " tokens of the model's vocabulary")
        + (moments.source.empty() ? "" : ", inputs from " + printable(moments.source, 200)) + "\n";
    if (analysis.selfText)
        text += "self-text: " + groupedText(analysis.selfText->ids.size()) + " tokens\n";
    return text;
}

std::string describe(const Model& model, const Analysis& analysis)
{
    const TextTable table = scoreTable(model, analysis);
    std::string text = table.empty() ? "no tensor was scored\n" : table.text();
    if (!table.empty())
        text += "\nerr B: error of affine-B-g64, as a part of the tensor's norm\n";
    return text + probeText(analysis) + oddities(model, analysis) + leftOut(model, analysis);
}

// With self-text only where it is asked for by name: an analysis has no other use for it.
Result<Analysis> analysisAsked(
    const std::shared_ptr<const Model>& model, const Options& options, const Session& session)
{
    const auto depth = probeDepthOf(options);
    if (!depth)
        return depth.error();
    const auto choice = probeChoiceOf(*model, options, session);
    if (!choice)
        return choice.error();
    auto analysis = probedAnalysisOf(model, *choice, options, session);
    if (!analysis || *depth != ProbeDepth::selfText || !choice->selfText)
        return analysis;
    auto text = selfTextOf(model, options, session);
    if (!text)
        return text.error();
    analysis->selfText = *std::move(text);
    return analysis;
}

Result<void> saveMoments(const Model& model, const Analysis& analysis, const Options& options)
{
    if (options.saveImatrix.empty())
        return {};
    if (!analysis.moments)
        return Error {Errc::badArgument, "--save-imatrix", "there are no moments without a probe"};
    return saveImatrix(model, analysis.moments, options.saveImatrix, false);
}

} // namespace

Result<Outcome> runAnalyze(const Options& options, const Session& session)
{
    const auto model = openNamedModel(options.model, session);
    if (!model)
        return model.error();
    auto analysis = analysisAsked(*model, options, session);
    if (!analysis)
        return analysis.error();
    if (auto saved = saveMoments(**model, *analysis, options); !saved)
        return saved.error();
    const std::string json = analysisToJson(**model, *analysis);
    if (!options.output.empty())
        if (auto written = writeResult(options.output, json, "bitloupe-analysis/"); !written)
            return written.error();
    return Outcome {options.json ? json : describe(**model, *analysis)};
}

} // namespace bitloupe
