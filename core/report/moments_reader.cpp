// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/checked.h"
#include "model/strict_json.h"
#include "report/moments_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace bitloupe {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t longestSelfText = 1u << 24; // tokens

Error badProbe(std::string where, std::string detail)
{
    return {Errc::badPlan, std::move(where), std::move(detail)};
}

// The text of a vector, also where it stands with another tensor: [tensor, key].
const std::string* vectorText(const Json& tensors, const Json& value)
{
    const Json* text = &value;
    if (value.is_array() && value.size() == 2 && value[0].is_string() && value[1].is_string()) {
        const Json* other = findJson(tensors, value[0].get_ref<const std::string&>());
        text = other != nullptr ? findJson(*other, value[1].get_ref<const std::string&>()) : nullptr;
    }
    return text != nullptr && text->is_string() ? &text->get_ref<const std::string&>() : nullptr;
}

// False unless absent or finite numbers of no sign; their count is judged where they are used.
bool readVector(const Json& tensors, const Json& tensor, const char* key, std::uint64_t longest,
    std::vector<float>& values)
{
    const Json* value = findJson(tensor, key);
    if (value == nullptr)
        return true;
    const std::string* text = vectorText(tensors, *value);
    const auto most = checkedMul(longest, std::uint64_t {8}); // base64 of four bytes, generously
    if (text == nullptr || !most || text->size() > *most + 8)
        return false;
    const auto bytes = fromBase64(*text);
    if (!bytes || bytes->empty() || bytes->size() % sizeof(float) != 0)
        return false;
    values.resize(bytes->size() / sizeof(float));
    std::memcpy(values.data(), bytes->data(), bytes->size());
    return values.size() <= longest
        && std::all_of(values.begin(), values.end(),
            [](float x) { return std::isfinite(x) && x >= 0; });
}

bool readCurve(const Json& tensor, TensorScore& score)
{
    const Json* from = findJson(tensor, "curve");
    if (from == nullptr)
        return true;
    for (RatePoint& point : score.curve) {
        const Json* numbers = findJson(*from, codec(point.codec).name);
        if (numbers == nullptr)
            continue;
        if (!numbers->is_array() || numbers->size() != 4)
            return false;
        double* const places[] = {&point.probed.nrmse, &point.probed.nrmseStandardError,
            &point.probed.inputError, &point.probed.damage};
        for (std::size_t i = 0; i < 4; ++i) {
            *places[i] = (*numbers)[i].is_number() ? (*numbers)[i].get<double>() : unknownValue;
            if (*places[i] < 0 || std::isinf(*places[i]))
                return false;
        }
    }
    return true;
}

Result<void> readTensor(const Json& tensors, const Json& json, const TensorInfo& info,
    TensorMoments& moments, TensorScore& score)
{
    const auto tier = findProbeTier(jsonString(json, "tier").value_or(std::string()));
    if (!tier)
        return badProbe(info.name, "found no known tier");
    moments.tier = *tier;
    moments.note = jsonString(json, "note").value_or(std::string());
    const auto view = matrixView(info.shape);
    const std::uint64_t rows = view ? view->slabs * view->rows : 0;
    const std::uint64_t columns = view ? view->slabs * view->columns : 0;
    const std::uint64_t longest = std::max(rows, columns);
    const bool read = readVector(tensors, json, "input", longest, moments.input)
        && readVector(tensors, json, "gradient", longest, moments.gradient)
        && readVector(tensors, json, "row_use", longest, moments.rowUse)
        && readVector(tensors, json, "column_gradient", longest, moments.columnGradient);
    if (!read)
        return badProbe(info.name, "its moments are not finite numbers of its rows and columns");
    score.inputEnergy = jsonNumber(json, "input_energy").value_or(unknownValue);
    if (!readCurve(json, score) || score.inputEnergy < 0)
        return badProbe(info.name, "found no curve of four numbers a codec");
    const bool weighed = std::any_of(score.curve.begin(), score.curve.end(),
        [](const RatePoint& point) { return !std::isnan(point.probed.nrmse); });
    score.probed = weighed ? *tier : ProbeTier::none;
    return {};
}

// Rows of the embedding; 0 when there is none.
std::uint64_t vocabularyOf(const Model& model)
{
    for (const TensorInfo& tensor : model.tensors)
        if (tensor.role == TensorRole::embedding && tensor.shape.size() == 2)
            return tensor.transposed ? tensor.shape[1] : tensor.shape[0];
    return 0;
}

} // namespace

Result<SelfText> readSelfTextMembers(const Json& object, const Model& model)
{
    const std::uint64_t vocabulary = vocabularyOf(model);
    SelfText text;
    const auto sequences = jsonUnsigned(object, "sequences", longestSelfText);
    const auto length = jsonUnsigned(object, "length", longestSelfText);
    const auto temperature = jsonNumber(object, "temperature");
    const auto seed = jsonUnsigned(object, "seed");
    const Json* ids = findJson(object, "ids");
    if (!sequences || !length || !temperature || !seed || ids == nullptr || !ids->is_array()
        || ids->size() != *sequences * *length || ids->size() > longestSelfText)
        return badProbe("self_text", "expected sequences * length ids and what they were made with");
    text.options = {static_cast<std::uint32_t>(*sequences), static_cast<std::uint32_t>(*length),
        *temperature, *seed};
    const std::uint64_t most = std::min<std::uint64_t>(
        vocabulary == 0 ? 0 : vocabulary - 1, std::numeric_limits<std::uint32_t>::max());
    for (const Json& json : *ids) {
        const auto id = integerOf(json, 0, static_cast<std::int64_t>(most));
        if (!id)
            return badProbe("self_text", "found an id that the model does not have");
        text.ids.push_back(static_cast<std::uint32_t>(*id));
    }
    return text;
}

Result<void> readProbe(const Json& root, const Model& model, Analysis& analysis)
{
    if (const Json* self = findJson(root, "self_text")) {
        auto text = readSelfTextMembers(*self, model);
        if (!text)
            return text.error();
        analysis.selfText = std::make_shared<const SelfText>(*std::move(text));
    }
    const Json* probe = findJson(root, "probe");
    if (probe == nullptr)
        return {};
    const auto tier = findProbeTier(jsonString(*probe, "tier").value_or(std::string()));
    const Json* tensors = findJson(*probe, "tensors");
    if (!tier || tensors == nullptr || !tensors->is_object())
        return badProbe("probe", "expected a tier and tensors");
    Moments moments;
    moments.tier = *tier;
    moments.reason = jsonString(*probe, "reason").value_or(std::string());
    moments.source = jsonString(*probe, "source").value_or(std::string());
    moments.tokens = jsonUnsigned(*probe, "tokens").value_or(0);
    moments.ownText = jsonBool(*probe, "own_text").value_or(false);
    moments.tensors.resize(model.tensors.size());
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const Json* tensor = findJson(*tensors, model.tensors[i].name);
        if (tensor == nullptr)
            continue;
        if (auto read = readTensor(*tensors, *tensor, model.tensors[i], moments.tensors[i],
                analysis.tensors[i]);
            !read)
            return read;
    }
    analysis.moments = std::make_shared<const Moments>(std::move(moments));
    return {};
}

} // namespace bitloupe
