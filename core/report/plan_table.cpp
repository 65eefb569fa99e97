// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/plan_table.h"

#include "base/text.h"
#include "measure/metrics.h"
#include "report/schemas.h"

#include <cmath>

namespace bitloupe {
namespace {

class TableWriter {
public:
    explicit TableWriter(TableFormat format)
        : m_format(format)
    {
    }

    void text(std::string_view value)
    {
        std::string cell;
        if (!value.empty() && std::string_view("=+-@\t\r").find(value.front()) != value.npos)
            cell += '\'';
        cell += value;
        separate();
        m_out += m_format == TableFormat::csv ? quoted(cell) : escapedTabs(cell);
    }
    void number(double value)
    {
        separate();
        if (std::isfinite(value))
            m_out += numberText(value);
    }
    void count(std::uint64_t value)
    {
        separate();
        m_out += std::to_string(value);
    }
    void skip() { separate(); }
    void endLine()
    {
        m_out += m_format == TableFormat::csv ? "\r\n" : "\n";
        m_first = true;
    }
    std::string take() && { return std::move(m_out); }

private:
    void separate()
    {
        if (!m_first)
            m_out += m_format == TableFormat::csv ? ',' : '\t';
        m_first = false;
    }
    static std::string quoted(const std::string& cell)
    {
        if (cell.find_first_of(",\"\r\n") == std::string::npos)
            return cell;
        std::string out = "\"";
        for (const char c : cell)
            out += c == '"' ? std::string("\"\"") : std::string(1, c);
        return out + '"';
    }
    static std::string escapedTabs(const std::string& cell)
    {
        std::string out;
        for (const char c : cell)
            out += c == '\t' ? std::string("\\t")
                : c == '\n'  ? std::string("\\n")
                : c == '\r'  ? std::string("\\r")
                             : std::string(1, c);
        return out;
    }

    TableFormat m_format;
    std::string m_out;
    bool m_first = true;
};

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
