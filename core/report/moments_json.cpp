// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/moments_json.h"

#include "base/base64.h"
#include "base/checked.h"

#include <bit>
#include <map>
#include <tuple>

namespace bitloupe {
namespace {

static_assert(std::endian::native == std::endian::little, "floats are written as they lie");

// The same vector stands once: matrices that read one input share its moments.
class VectorWriter {
public:
    explicit VectorWriter(JsonWriter& json)
        : m_json(json)
    {
    }

    void write(std::string_view key, std::string_view tensor, const std::vector<float>& values)
    {
        if (values.empty())
            return;
        const std::string_view bytes(
            reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
        const auto [at, isNew] = m_written.try_emplace(bytes, tensor, key);
        m_json.name(key);
        if (isNew) {
            m_json.text(base64(std::as_bytes(std::span(values))));
            return;
        }
        m_json.array(JsonLayout::line);
        m_json.text(at->second.first).text(at->second.second);
        m_json.end();
    }

private:
    JsonWriter& m_json;
    std::map<std::string_view, std::pair<std::string_view, std::string_view>> m_written;
};

void writeProbedTensor(JsonWriter& json, VectorWriter& vectors, std::string_view name,
    const TensorMoments& moments, const TensorScore& score)
{
    json.name(name).object();
    json.member("tier", probeTierName(moments.tier)).member("note", moments.note);
    json.member("input_energy", score.inputEnergy);
    if (score.probed != ProbeTier::none) {
        json.name("curve").object();
        for (const RatePoint& point : score.curve) {
            json.name(codec(point.codec).name).array(JsonLayout::line);
            json.number(point.probed.nrmse).number(point.probed.nrmseStandardError);
            json.number(point.probed.inputError).number(point.probed.damage);
            json.end();
        }
        json.end();
    }
    vectors.write("input", name, moments.input);
    vectors.write("gradient", name, moments.gradient);
    vectors.write("row_use", name, moments.rowUse);
    vectors.write("column_gradient", name, moments.columnGradient);
    json.end();
}

} // namespace

void writeSelfTextMembers(JsonWriter& json, const SelfText& text)
{
    json.member("sequences", text.options.sequences).member("length", text.options.length);
    json.member("temperature", text.options.temperature).member("seed", text.options.seed);
    json.name("ids").array(JsonLayout::line);
    for (const std::uint32_t id : text.ids)
        json.number(id);
    json.end();
}

void writeProbe(JsonWriter& json, const Model& model, const Analysis& analysis)
{
    if (analysis.moments) {
        const Moments& moments = *analysis.moments;
        json.name("probe").object();
        json.member("tier", probeTierName(moments.tier)).member("reason", moments.reason);
        json.member("source", moments.source).member("tokens", moments.tokens);
        json.member("own_text", moments.ownText);
        json.name("tensors").object();
        VectorWriter vectors(json);
        for (std::size_t i = 0; i < model.tensors.size() && i < moments.tensors.size(); ++i) {
            const TensorMoments& tensor = moments.tensors[i];
            if (tensor.tier != ProbeTier::none || !tensor.note.empty() || !tensor.rowUse.empty())
                writeProbedTensor(
                    json, vectors, model.tensors[i].name, tensor, analysis.tensors[i]);
        }
        json.end().end();
    }
    if (analysis.selfText) {
        json.name("self_text").object();
        writeSelfTextMembers(json, *analysis.selfText);
        json.end();
    }
}

} // namespace bitloupe
