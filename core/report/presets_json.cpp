// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/metrics.h"
#include "report/documents.h"
#include "report/json_writer.h"

namespace bitloupe {
namespace {

void writeDevices(JsonWriter& json)
{
    json.name("devices").array();
    for (const Device& device : devices()) {
        json.object(JsonLayout::line).member("id", device.id).member("title", device.title);
        json.member("total_bytes", device.totalBytes);
        json.member("usable_fraction", device.usableFraction);
        json.member("reserve_bytes", device.reserveBytes).end();
    }
    json.end();
}

std::string_view familyName(CodecFamily family)
{
    switch (family) {
    case CodecFamily::stored: return "stored";
    case CodecFamily::affine: return "affine";
    case CodecFamily::block: break;
    }
    return "block";
}

void writeCodecs(JsonWriter& json)
{
    json.name("codecs").array();
    for (const Codec& codec : codecs()) {
        if (isCopied(codec))
            continue; // nothing to choose
        json.object(JsonLayout::line).member("name", codec.name);
        json.member("family", familyName(codec.family));
        json.member("bits", codec.bits).member("group_size", codec.groupSize).end();
    }
    json.end();
}

void writeNames(JsonWriter& json)
{
    json.name("strategies").array(JsonLayout::line);
    for (const Strategy strategy :
        {Strategy::damage, Strategy::uniform, Strategy::swan, Strategy::mint})
        json.text(strategyName(strategy));
    json.end();
    json.name("kv_types").array(JsonLayout::line);
    for (const KvType type : {KvType::f16, KvType::fp8, KvType::q8_0, KvType::q4_0})
        json.text(kvTypeName(type));
    json.end();
}

} // namespace

std::string presetsToJson()
{
    JsonWriter json;
    json.object();
    json.member("schema", "bitloupe-presets/1").member("version", BITLOUPE_VERSION);
    writeDevices(json);
    writeCodecs(json);
    json.name("targets").array();
    for (const ExportTarget& target : exportTargets()) {
        json.object(JsonLayout::line).member("id", target.id).member("title", target.title);
        json.member("clients", target.clients).end();
    }
    json.end();
    writeNames(json);
    json.name("metrics").array();
    for (const MetricInfo& metric : metrics()) {
        json.object(JsonLayout::line).member("id", metric.id).member("title", metric.title);
        json.member("source", metric.source);
        json.member("unit_interval", metric.unitInterval).end();
    }
    json.end().end();
    return std::move(json).take();
}

} // namespace bitloupe
