// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_input.h"
#include "app/text_table.h"
#include "base/text.h"
#include "model/gguf_metadata.h"
#include "report/documents.h"

#include <map>

namespace bitloupe {
namespace {

struct Sum {
    std::uint64_t tensors = 0, elements = 0, bytes = 0;
    void add(const TensorInfo& tensor)
    {
        ++tensors;
        elements += tensor.elements();
        bytes += tensor.byteSize;
    }
    std::vector<std::string> row(std::string_view name) const
    {
        return {std::string(name), groupedText(tensors), groupedText(elements), groupedText(bytes)};
    }
};

std::string fact(const std::optional<std::int64_t>& value)
{
    return value && *value >= 0 ? groupedText(static_cast<std::uint64_t>(*value)) : "unknown";
}

std::string architecture(const ConfigFacts& config)
{
    if (!config.present)
        return "unknown (nothing says)";
    std::string text = config.modelType.empty() ? "unknown" : printable(config.modelType);
    for (const std::string& name : config.architectures)
        text += name == config.modelType ? "" : ", " + printable(name);
    return text;
}

std::string format(const Model& model)
{
    if (model.format == ModelFormat::safetensors)
        return "safetensors";
    return "GGUF, version " + std::to_string(model.metadata->version) + ", "
        + groupedText(model.metadata->pairs().size()) + " key-values";
}

std::string sumsTable(std::string_view header, const std::vector<std::vector<std::string>>& rows)
{
    TextTable table;
    table.addColumn(std::string(header), TextTable::Align::left);
    for (const char* column : {"tensors", "elements", "bytes"})
        table.addColumn(column, TextTable::Align::right);
    for (const std::vector<std::string>& row : rows)
        table.addRow(row);
    return "\n" + table.text();
}

std::string byRole(const Model& model)
{
    std::map<TensorRole, Sum> sums;
    for (const TensorInfo& tensor : model.tensors)
        sums[tensor.role].add(tensor);
    std::vector<std::vector<std::string>> rows;
    for (const auto& [role, sum] : sums)
        rows.push_back(sum.row(roleInfo(role).id));
    return sumsTable("role", rows);
}

std::string byDtype(const Model& model)
{
    std::map<DType, Sum> sums;
    for (const TensorInfo& tensor : model.tensors)
        sums[tensor.dtype].add(tensor);
    std::vector<std::vector<std::string>> rows;
    for (const auto& [dtype, sum] : sums) {
        const DTypeInfo& info = dtypeInfo(dtype);
        rows.push_back(sum.row(std::string(info.name) + (info.analysed ? "" : " (not analysed)")));
    }
    return sumsTable("dtype", rows);
}

std::string keyValues(const GgufMetadata& metadata)
{
    constexpr std::size_t mostElements = 4, mostText = 60;
    TextTable table;
    for (const char* column : {"key", "type", "value"})
        table.addColumn(column, TextTable::Align::left);
    for (const GgufPair& pair : metadata.pairs()) {
        const auto shown = metadata.preview(pair, mostElements);
        std::string value;
        for (const std::string& text : shown ? *shown : std::vector<std::string>())
            value += (value.empty() ? "" : ", ") + printable(text, mostText);
        if (pair.isArray() && pair.count > mostElements)
            value += ", ...";
        const std::string type(ggufValueTypeName(pair.elementType));
        table.addRow({printable(pair.key),
            pair.isArray() ? groupedText(pair.count) + " x " + type : type, value});
    }
    return "\n" + table.text();
}

std::string describe(const Model& model)
{
    std::string text = labelled("model", printable(model.name));
    if (!model.revision.empty())
        text += labelled("revision", printable(model.revision));
    text += labelled("format", format(model));
    text += labelled("architecture", architecture(model.config));
    text += labelled("layers", fact(model.config.layers));
    text += labelled("hidden size", fact(model.config.hiddenSize));
    text += labelled("experts", model.config.experts ? fact(model.config.experts) : "none named");
    text += labelled("context", fact(model.config.maxPositions));
    text += labelled("parameters",
        model.isPacked() ? "not counted, several to a word" : groupedText(model.parameters()));
    text += labelled("tensors",
        groupedText(model.tensors.size()) + " in " + groupedText(model.shards.size())
            + (model.shards.size() == 1 ? " file" : " files"));
    text += labelled("tensor data",
        groupedText(model.totalBytes()) + " bytes (" + sizeText(model.totalBytes()) + ")");
    const std::string quantized = printable(quantizationText(model), 500);
    text += labelled("quantized",
        quantized.empty()     ? "no"
            : model.quantized ? quantized + " (can be looked at, not exported)"
                              : quantized);
    text += labelled("digest", model.digest());
    text += byDtype(model) + byRole(model);
    return model.metadata ? text + keyValues(*model.metadata) : text;
}

} // namespace

Result<Outcome> runInspect(const Options& options, const Session& session)
{
    const auto model = openNamedModel(options.model, session);
    if (!model)
        return model.error();
    return Outcome {options.json ? inspectionToJson(**model) : describe(**model)};
}

} // namespace bitloupe
