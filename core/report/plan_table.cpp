// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/plan_table.h"

#include "measure/metrics.h"
#include "report/schemas.h"
#include "report/table_writer.h"

#include <cmath>

namespace bitloupe {
namespace {

void writeHeader(TableWriter& table)
{
    for (const char* title : {"tensor", "role", "layer", "shape", "elements", "source_bytes",
             "codec", "bits", "data_bytes", "bits_per_weight", "reason", "predicted_damage", "nrmse",
             "input_error", "output_damage", "tier"})
        table.text(title);
    for (const MetricInfo& metric : metrics())
        table.text(metric.id);
    table.endLine();
}

std::string shapeWords(const Shape& shape)
{
    std::string text;
    for (const std::uint64_t size : shape)
        text += (text.empty() ? "" : "x") + std::to_string(size);
    return text;
}

void writeEvidenceCells(TableWriter& table, const DecisionEvidence& evidence, const Choice& choice)
{
    const OptionEvidence& option = evidence.options[choice.option];
    const ProbedPoint& probed = evidence.details[choice.option].probed;
    const bool free = evidence.options.size() > 1;
    for (const double value : {option.damage, option.nrmse, probed.inputError, probed.damage})
        table.number(free && evidence.known ? value : unknownValue);
    if (free)
        table.count(static_cast<std::uint64_t>(evidence.tier));
    else
        table.skip();
    for (std::size_t m = 0; m < metrics().size(); ++m)
        table.number(m < evidence.metrics.size() ? evidence.metrics[m] : unknownValue);
}

void writeDecisionLine(TableWriter& table, const Model& model, const Decision& decision,
    const DecisionEvidence& evidence, const Choice& choice)
{
    const CodecOption& option = decision.options[choice.option];
    std::uint64_t sourceBytes = 0;
    for (const TensorId id : decision.sources)
        sourceBytes += model.tensor(id).byteSize;
    table.text(decision.name);
    table.text(roleInfo(decision.role).id);
    if (decision.layer >= 0)
        table.count(static_cast<std::uint64_t>(decision.layer));
    else
        table.skip();
    table.text(shapeWords(decision.shape));
    table.count(decision.elements);
    table.count(sourceBytes);
    table.text(codec(option.codec).name);
    table.count(static_cast<std::uint64_t>(codec(option.codec).bits));
    table.count(option.dataBytes);
    table.number(decision.elements > 0
            ? 8.0 * static_cast<double>(option.dataBytes) / static_cast<double>(decision.elements)
            : unknownValue);
    table.text(reasonNames[static_cast<std::size_t>(choice.reason)]);
    writeEvidenceCells(table, evidence, choice);
    table.endLine();
}

} // namespace

std::string planTable(const Model& model, const TargetProfile& profile, const Evidence& evidence,
    const Plan& plan, std::span<const std::uint32_t> decisions, TableFormat format)
{
    TableWriter table(format);
    writeHeader(table);
    for (const std::uint32_t d : decisions)
        writeDecisionLine(
            table, model, profile.decisions[d], evidence.decisions[d], plan.choices[d]);
    return std::move(table).take();
}

} // namespace bitloupe
