// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/documents.h"

#include "model/gguf_metadata.h"
#include "report/json_writer.h"

#include <map>

namespace bitloupe {
namespace {

void optionalMember(
    JsonWriter& json, std::string_view key, const std::optional<std::int64_t>& value)
{
    json.name(key);
    if (value)
        json.number(*value);
    else
        json.null();
}

void writeConfig(JsonWriter& json, const ConfigFacts& config)
{
    json.name("config").object();
    json.member("present", config.present).member("model_type", config.modelType);
    json.texts("architectures", config.architectures);
    optionalMember(json, "layers", config.layers);
    optionalMember(json, "hidden_size", config.hiddenSize);
    optionalMember(json, "intermediate_size", config.intermediateSize);
    optionalMember(json, "heads", config.heads);
    optionalMember(json, "kv_heads", config.kvHeads);
    optionalMember(json, "head_dim", config.headDim);
    optionalMember(json, "value_head_dim", config.valueHeadDim);
    optionalMember(json, "vocab_size", config.vocabSize);
    optionalMember(json, "max_positions", config.maxPositions);
    optionalMember(json, "sliding_window", config.slidingWindow);
    optionalMember(json, "experts", config.experts);
    optionalMember(json, "experts_per_token", config.expertsPerToken);
    json.name("tied_embeddings");
    if (config.tiedEmbeddings)
        json.boolean(*config.tiedEmbeddings);
    else
        json.null();
    json.end();
}

void writeTensor(JsonWriter& json, const Model& model, const TensorInfo& info)
{
    json.object(JsonLayout::line);
    json.member("name", info.name).member("dtype", dtypeInfo(info.dtype).name);
    json.name("shape").array(JsonLayout::line);
    for (const std::uint64_t extent : info.shape)
        json.number(extent);
    json.end();
    json.member("bytes", info.byteSize).member("role", roleInfo(info.role).id);
    json.member("layer", info.layer).member("expert", info.expert);
    json.member("shard", model.shards[info.shard].name);
    json.member("analysed", dtypeInfo(info.dtype).analysed);
    json.end();
}

// Of long arrays only the beginning; the file has the rest.
void writeKeyValues(JsonWriter& json, const GgufMetadata& metadata)
{
    constexpr std::size_t mostElements = 8;
    json.name("key_values").array(metadata.pairs().empty() ? JsonLayout::line : JsonLayout::lines);
    for (const GgufPair& pair : metadata.pairs()) {
        json.object(JsonLayout::line).member("key", pair.key);
        json.member("type", ggufValueTypeName(pair.elementType));
        json.name("count");
        if (pair.isArray())
            json.number(pair.count);
        else
            json.null();
        json.name("values").array(JsonLayout::line);
        const auto shown = metadata.preview(pair, mostElements);
        for (const std::string& text : shown ? *shown : std::vector<std::string>())
            json.text(text);
        json.end().end();
    }
    json.end();
}

} // namespace

std::string quantizationText(const Model& model)
{
    if (model.quantized)
        return model.quantized->text();
    std::map<DType, std::uint64_t> blocks;
    for (const TensorInfo& tensor : model.tensors)
        if (dtypeInfo(tensor.dtype).isBlock())
            ++blocks[tensor.dtype];
    std::string text;
    for (const auto& [dtype, count] : blocks)
        text += (text.empty() ? "" : ", ") + std::to_string(count)
            + (count == 1 ? " tensor of " : " tensors of ") + std::string(dtypeInfo(dtype).name);
    return text;
}

std::string inspectionToJson(const Model& model)
{
    JsonWriter json;
    json.object();
    json.member("schema", "bitloupe-inspect/1").member("version", BITLOUPE_VERSION);
    json.member("name", model.name).member("revision", model.revision);
    json.member("format", model.format == ModelFormat::gguf ? "gguf" : "safetensors");
    json.member("model_digest", model.digest());
    json.name("parameters");
    if (model.isPacked())
        json.null();
    else
        json.number(model.parameters());
    json.member("bytes", model.totalBytes());
    json.name("quantized");
    if (const std::string text = quantizationText(model); !text.empty())
        json.text(text);
    else
        json.null();
    writeConfig(json, model.config);
    json.name("warnings").array(model.warnings.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const ModelWarning& warning : model.warnings) {
        json.object(JsonLayout::line).member("where", warning.where);
        json.member("sentence", warning.sentence).end();
    }
    json.end();
    if (model.metadata)
        writeKeyValues(json, *model.metadata);
    json.name("shards").array(JsonLayout::line);
    for (const Shard& shard : model.shards)
        json.text(shard.name);
    json.end();
    json.name("tensors").array();
    for (const TensorInfo& info : model.tensors)
        writeTensor(json, model, info);
    json.end().end();
    return std::move(json).take();
}

} // namespace bitloupe
