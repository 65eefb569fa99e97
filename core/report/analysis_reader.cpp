// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/metrics.h"
#include "model/strict_json.h"
#include "report/documents.h"
#include "report/moments_json.h"
#include "report/schemas.h"

#include <nlohmann/json.hpp>

namespace bitloupe {
namespace {

using Json = nlohmann::json;

Error badAnalysis(std::string where, std::string detail)
{
    return {Errc::badPlan, std::move(where), std::move(detail)};
}

// Null stands for unknown; anything that is no number is unknown as well.
double numberOrUnknown(const Json& object, std::string_view key)
{
    return jsonNumber(object, key).value_or(unknownValue);
}

double numberOrUnknown(const Json& value)
{
    return value.is_number() ? value.get<double>() : unknownValue;
}

void readFacts(const Json& tensor, TensorFacts& facts)
{
    const Json* from = findJson(tensor, "facts");
    if (from == nullptr)
        return;
    facts.minimum = numberOrUnknown(*from, "min");
    facts.maximum = numberOrUnknown(*from, "max");
    facts.mean = numberOrUnknown(*from, "mean");
    facts.standardDeviation = numberOrUnknown(*from, "standard_deviation");
    facts.absoluteMaximum = numberOrUnknown(*from, "absolute_max");
    facts.maxSigma = numberOrUnknown(*from, "max_sigma");
    facts.rowNormSpread = numberOrUnknown(*from, "row_norm_spread");
    facts.columnNormSpread = numberOrUnknown(*from, "column_norm_spread");
    facts.elements = jsonUnsigned(*from, "elements").value_or(0);
    facts.zeros = jsonUnsigned(*from, "zeros").value_or(0);
    facts.nans = jsonUnsigned(*from, "nans").value_or(0);
    facts.infinities = jsonUnsigned(*from, "infinities").value_or(0);
    facts.zeroRows = jsonUnsigned(*from, "zero_rows").value_or(0);
}

bool readHistogram(const Json& tensor, TensorFacts& facts)
{
    const Json* from = findJson(tensor, "histogram");
    if (from == nullptr || !from->is_array() || from->size() != facts.histogram.size())
        return false;
    for (std::size_t i = 0; i < facts.histogram.size(); ++i) {
        const auto count = integerOf((*from)[i], 0, std::numeric_limits<std::uint32_t>::max());
        if (!count)
            return false;
        facts.histogram[i] = static_cast<std::uint32_t>(*count);
    }
    return true;
}

bool readSpectrum(const Json& tensor, std::vector<float>& spectrum)
{
    constexpr std::size_t longest = 64;
    const Json* from = findJson(tensor, "spectrum");
    if (from == nullptr)
        return true;
    if (!from->is_array() || from->size() > longest)
        return false;
    for (const Json& value : *from)
        spectrum.push_back(static_cast<float>(numberOrUnknown(value)));
    return true;
}

// Unknown codecs are left out: a later version's, or a mistake; a gap in a curve is allowed.
bool readCurve(const Json& tensor, std::vector<RatePoint>& curve)
{
    const Json* from = findJson(tensor, "curve");
    if (from == nullptr || !from->is_object())
        return false;
    for (const Codec& codec : codecs()) {
        const Json* point = findJson(*from, codec.name);
        if (point == nullptr)
            continue;
        if (!point->is_array() || point->size() != 3)
            return false;
        RatePoint read {codec.id, numberOrUnknown((*point)[0]), numberOrUnknown((*point)[1]),
            numberOrUnknown((*point)[2])};
        if (read.nrmse < 0 || read.nrmseRound < 0 || read.relativeStandardError < 0)
            return false;
        curve.push_back(read);
    }
    return true;
}

Result<TensorScore> readTensor(const std::string& name, const Json& tensor)
{
    TensorScore score;
    const auto state =
        findNamed<TensorState>(stateNames, jsonString(tensor, "state").value_or(std::string()));
    if (!state)
        return badAnalysis(name, "found no known state");
    score.state = *state;
    score.reason = jsonString(tensor, "reason").value_or(std::string());
    score.sampled = jsonBool(tensor, "sampled").value_or(false);
    score.frobeniusSquared = jsonNumber(tensor, "frobenius_squared").value_or(0);
    if (score.frobeniusSquared < 0)
        return badAnalysis(name, "found a negative sum of squares");
    if (score.state != TensorState::measured)
        return score;
    readFacts(tensor, score.facts);
    if (!readHistogram(tensor, score.facts))
        return badAnalysis(name, "found no histogram of 256 counts");
    if (!readSpectrum(tensor, score.spectrum))
        return badAnalysis(name, "found no spectrum of at most 64 numbers");
    if (!readCurve(tensor, score.curve))
        return badAnalysis(name, "found no curve of three numbers a codec");
    const Json* values = findJson(tensor, "metrics");
    for (const MetricInfo& metric : metrics())
        score.metrics.push_back(
            values != nullptr ? numberOrUnknown(*values, metric.id) : unknownValue);
    return score;
}

} // namespace

Result<Analysis> analysisFromJson(const Model& model, std::string_view text)
{
    const auto document = parseStrictJson(text, documentLimits);
    if (!document)
        return document.error();
    const Json& root = *document;
    if (jsonString(root, "schema") != analysisSchema)
        return badAnalysis({},
            "found schema " + jsonString(root, "schema").value_or("nothing") + ", expected "
                + std::string(analysisSchema));
    Analysis analysis;
    analysis.modelDigest = jsonString(root, "model_digest").value_or(std::string());
    if (const std::string digest = model.digest(); analysis.modelDigest != digest)
        return badAnalysis({},
            "it is of another model: found digest " + analysis.modelDigest.substr(0, 12)
                + ", expected " + digest.substr(0, 12));
    const auto scaleType = findDType(jsonString(root, "scale_type").value_or(std::string()));
    if (scaleType != DType::BF16 && scaleType != DType::F16 && scaleType != DType::F32)
        return badAnalysis("scale_type", "expected BF16, F16 or F32");
    analysis.scaleType = *scaleType;
    analysis.complete = jsonBool(root, "complete").value_or(false);
    analysis.blockCurves = jsonBool(root, "block_curves").value_or(false);
    const Json* tensors = findJson(root, "tensors");
    if (tensors == nullptr || !tensors->is_object() || tensors->size() != model.tensors.size())
        return badAnalysis("tensors",
            "expected one entry for each of " + std::to_string(model.tensors.size()) + " tensors");
    for (const TensorInfo& info : model.tensors) {
        const Json* entry = findJson(*tensors, info.name);
        if (entry == nullptr)
            return badAnalysis(info.name, "the analysis does not name it");
        auto score = readTensor(info.name, *entry);
        if (!score)
            return score.error();
        analysis.tensors.push_back(*std::move(score));
    }
    if (auto probe = readProbe(root, model, analysis); !probe)
        return probe.error();
    return analysis;
}

} // namespace bitloupe
