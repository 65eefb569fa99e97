// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/made_model.h"

#include "app/program.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <cstring>

namespace bitloupe::test {
namespace {

class Weights {
public:
    void add(const QString& name, const QList<int>& shape)
    {
        qsizetype elements = 1;
        QJsonArray dimensions;
        for (const int size : shape) {
            elements *= size;
            dimensions.append(size);
        }
        const qsizetype begin = m_data.size();
        m_data.resize(begin + elements * 2);
        for (qsizetype i = 0; i < elements; ++i)
            qToLittleEndian(noise(), m_data.data() + begin + i * 2);
        m_header[name] = QJsonObject {{"dtype", "BF16"}, {"shape", dimensions},
            {"data_offsets", QJsonArray {begin, m_data.size()}}};
    }

    const QJsonObject& header() const { return m_header; }
    QByteArray& data() { return m_data; }

private:
    // The upper half of a float in [-0.05, 0.05), from a generator that is the same everywhere.
    quint16 noise()
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        const float value = (static_cast<float>(m_state >> 40) / 16777216.0F - 0.5F) * 0.1F;
        quint32 bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        return static_cast<quint16>(bits >> 16);
    }

    QJsonObject m_header;
    QByteArray m_data;
    quint64 m_state = 1;
};

void addLayer(Weights& weights, const MadeModel& model, int layer)
{
    const QString prefix = QStringLiteral("model.layers.%1.").arg(layer);
    for (const char* name : {"q_proj", "k_proj", "v_proj", "o_proj"})
        weights.add(prefix + "self_attn." + name + ".weight", {model.hidden, model.hidden});
    for (const char* name : {"gate_proj", "up_proj"})
        weights.add(prefix + "mlp." + name + ".weight", {model.intermediate, model.hidden});
    weights.add(prefix + "mlp.down_proj.weight", {model.hidden, model.intermediate});
    weights.add(prefix + "input_layernorm.weight", {model.hidden});
    weights.add(prefix + "post_attention_layernorm.weight", {model.hidden});
}

QJsonObject config(const MadeModel& model)
{
    return {{"architectures", QJsonArray {"LlamaForCausalLM"}}, {"model_type", "llama"},
        {"hidden_size", model.hidden}, {"intermediate_size", model.intermediate},
        {"num_hidden_layers", model.layers}, {"num_attention_heads", 4}, {"num_key_value_heads", 4},
        {"vocab_size", model.vocabulary}, {"rms_norm_eps", 1e-5}, {"tie_word_embeddings", true},
        {"torch_dtype", "bfloat16"}};
}

} // namespace

QByteArray safetensors(const QJsonObject& header, const QByteArray& data)
{
    const QByteArray json = QJsonDocument(header).toJson(QJsonDocument::Compact);
    QByteArray length(8, '\0');
    qToLittleEndian(static_cast<quint64>(json.size()), length.data());
    return length + json + data;
}

bool writeModel(const QString& directory, const MadeModel& model)
{
    Weights weights;
    weights.add("model.embed_tokens.weight", {model.vocabulary, model.hidden});
    for (int layer = 0; layer < model.layers; ++layer)
        addLayer(weights, model, layer);
    weights.add("model.norm.weight", {model.hidden});
    if (model.nanInFirst)
        qToLittleEndian(quint16(0x7FC0), weights.data().data());
    return QDir().mkpath(directory)
        && writeFile(directory + "/config.json", QJsonDocument(config(model)).toJson())
        && writeFile(
            directory + "/model.safetensors", safetensors(weights.header(), weights.data()));
}

} // namespace bitloupe::test
