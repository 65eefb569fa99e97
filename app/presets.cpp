// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/text_table.h"
#include "base/text.h"
#include "export/export_target.h"
#include "measure/metrics.h"
#include "plan/memory.h"
#include "report/documents.h"

namespace bitloupe {
namespace {

std::string devicesText()
{
    TextTable table;
    table.addColumn("device", TextTable::Align::left);
    table.addColumn("name", TextTable::Align::left);
    table.addColumn("memory bytes", TextTable::Align::right);
    table.addColumn("reserve bytes", TextTable::Align::right);
    for (const Device& device : devices())
        table.addRow({std::string(device.id), std::string(device.title),
            groupedText(device.totalBytes), groupedText(device.reserveBytes)});
    return table.text();
}

std::string targetsText()
{
    TextTable table;
    for (const char* header : {"target", "name", "for"})
        table.addColumn(header, TextTable::Align::left);
    for (const ExportTarget& target : exportTargets())
        table.addRow(
            {std::string(target.id), std::string(target.title), std::string(target.clients)});
    return table.text();
}

std::string codecsText()
{
    TextTable table;
    table.addColumn("codec", TextTable::Align::left);
    table.addColumn("bits", TextTable::Align::right);
    table.addColumn("group", TextTable::Align::right);
    for (const Codec& codec : codecs()) {
        if (isCopied(codec))
            continue; // nothing to choose
        table.addRow({std::string(codec.name), numberText(codec.bits),
            codec.groupSize > 0 ? numberText(codec.groupSize) : "-"});
    }
    return table.text();
}

std::string metricsText()
{
    TextTable table;
    for (const char* header : {"metric", "name", "source"})
        table.addColumn(header, TextTable::Align::left);
    for (const MetricInfo& metric : metrics())
        table.addRow(
            {std::string(metric.id), std::string(metric.title), std::string(metric.source)});
    return table.text();
}

} // namespace

Result<Outcome> runPresets(const Options& options, const Session&)
{
    if (options.json)
        return Outcome {presetsToJson()};
    return Outcome {devicesText() + "\n" + targetsText() + "\n" + codecsText() + "\n"
        + metricsText() + "\n" + labelled("strategies", "damage, uniform, swan, mint")
        + labelled("KV types", "f16, fp8, q8_0, q4_0")};
}

} // namespace bitloupe
