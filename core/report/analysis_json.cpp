// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/metrics.h"
#include "report/documents.h"
#include "report/json_writer.h"
#include "report/moments_json.h"
#include "report/schemas.h"

namespace bitloupe {
namespace {

void writeFacts(JsonWriter& json, const TensorFacts& facts)
{
    json.name("facts").object(JsonLayout::line);
    json.member("min", facts.minimum).member("max", facts.maximum).member("mean", facts.mean);
    json.member("standard_deviation", facts.standardDeviation);
    json.member("absolute_max", facts.absoluteMaximum).member("max_sigma", facts.maxSigma);
    json.member("row_norm_spread", facts.rowNormSpread);
    json.member("column_norm_spread", facts.columnNormSpread);
    json.member("elements", facts.elements).member("zeros", facts.zeros);
    json.member("nans", facts.nans).member("infinities", facts.infinities);
    json.member("zero_rows", facts.zeroRows);
    json.end();
    json.name("histogram").array(JsonLayout::line);
    for (const std::uint32_t count : facts.histogram)
        json.number(count);
    json.end();
}

void writeScores(JsonWriter& json, const TensorScore& score)
{
    json.name("metrics").object(JsonLayout::line);
    for (std::size_t m = 0; m < score.metrics.size() && m < metrics().size(); ++m)
        json.member(metrics()[m].id, score.metrics[m]);
    json.end();
    json.name("spectrum").array(JsonLayout::line);
    for (const float value : score.spectrum)
        json.number(static_cast<double>(value));
    json.end();
    json.name("curve").object(score.curve.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const RatePoint& point : score.curve) {
        json.name(codec(point.codec).name).array(JsonLayout::line);
        json.number(point.nrmse).number(point.nrmseRound).number(point.relativeStandardError);
        json.end();
    }
    json.end();
}

void writeTensor(JsonWriter& json, const TensorScore& score)
{
    json.object();
    json.member("state", stateNames[static_cast<std::size_t>(score.state)]);
    json.member("reason", score.reason);
    json.member("not_finite", score.facts.nans > 0 || score.facts.infinities > 0);
    json.member("sampled", score.sampled);
    json.member("frobenius_squared", score.frobeniusSquared);
    if (score.state == TensorState::measured) {
        writeFacts(json, score.facts);
        writeScores(json, score);
    }
    json.end();
}

} // namespace

std::string analysisToJson(const Model& model, const Analysis& analysis)
{
    JsonWriter json;
    json.object();
    json.member("schema", analysisSchema).member("version", BITLOUPE_VERSION);
    json.member("model_digest", analysis.modelDigest);
    json.member("scale_type", dtypeInfo(analysis.scaleType).name);
    json.member("complete", analysis.complete);
    json.member("block_curves", analysis.blockCurves);
    json.name("tensors").object();
    for (std::size_t i = 0; i < model.tensors.size() && i < analysis.tensors.size(); ++i) {
        json.name(model.tensors[i].name);
        writeTensor(json, analysis.tensors[i]);
    }
    json.end();
    writeProbe(json, model, analysis);
    json.end();
    return std::move(json).take();
}

} // namespace bitloupe
