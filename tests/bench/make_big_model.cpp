// SPDX-License-Identifier: GPL-3.0-or-later
// make_big_model DIRECTORY: a deterministic BF16 checkpoint of 2.3 GB with the shapes of an
// 8-billion-parameter model: hidden 4096, feed-forward 14336, 8 of 32 heads for keys and values,
// vocabulary 32,768, 4 layers. Gaussian weights; every 97th input channel is 8 times as large.
#include "numeric/float_types.h"
#include "numeric/random.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace bitloupe;

namespace {

struct Entry {
    std::string name;
    std::vector<std::size_t> shape;
    std::size_t elements() const
    {
        return shape.size() == 1 ? shape[0] : shape[0] * shape[1];
    }
};

std::vector<Entry> entries()
{
    constexpr std::size_t hidden = 4096;
    constexpr std::size_t inner = 14336;
    constexpr std::size_t keys = 1024;
    constexpr std::size_t vocabulary = 32768;
    std::vector<Entry> list {{"model.embed_tokens.weight", {vocabulary, hidden}}};
    for (int layer = 0; layer < 4; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        list.push_back({prefix + "input_layernorm.weight", {hidden}});
        list.push_back({prefix + "self_attn.q_proj.weight", {hidden, hidden}});
        list.push_back({prefix + "self_attn.k_proj.weight", {keys, hidden}});
        list.push_back({prefix + "self_attn.v_proj.weight", {keys, hidden}});
        list.push_back({prefix + "self_attn.o_proj.weight", {hidden, hidden}});
        list.push_back({prefix + "post_attention_layernorm.weight", {hidden}});
        list.push_back({prefix + "mlp.gate_proj.weight", {inner, hidden}});
        list.push_back({prefix + "mlp.up_proj.weight", {inner, hidden}});
        list.push_back({prefix + "mlp.down_proj.weight", {hidden, inner}});
    }
    list.push_back({"model.norm.weight", {hidden}});
    list.push_back({"lm_head.weight", {vocabulary, hidden}});
    return list;
}

std::string headerOf(const std::vector<Entry>& list)
{
    std::string header = "{\"__metadata__\":{\"format\":\"pt\"}";
    std::size_t offset = 0;
    for (const Entry& entry : list) {
        header += ",\"" + entry.name + "\":{\"dtype\":\"BF16\",\"shape\":[";
        for (std::size_t i = 0; i < entry.shape.size(); ++i)
            header += (i ? "," : "") + std::to_string(entry.shape[i]);
        header += "],\"data_offsets\":[" + std::to_string(offset);
        offset += 2 * entry.elements();
        header += "," + std::to_string(offset) + "]}";
    }
    header += "}";
    header.resize((header.size() + 7) / 8 * 8, ' ');
    return header;
}

void writeValues(std::ofstream& out, const Entry& entry)
{
    // Normal numbers are dear; a long cycle of them, entered anywhere, serves as well.
    static const std::vector<float> normals = [] {
        std::vector<float> values(1'048'573); // a prime
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(0.02 * randomNormal(1, i));
        return values;
    }();
    const std::size_t columns = entry.shape.back();
    const std::uint64_t key = randomKey(entry.name, "weights");
    std::vector<float> row(columns);
    std::vector<std::byte> bytes(2 * columns);
    for (std::size_t r = 0; r < entry.elements() / columns; ++r) {
        std::size_t at = randomBelow(key, r, normals.size());
        for (std::size_t c = 0; c < columns; ++c) {
            const float gain = entry.shape.size() == 1 ? 0 : c % 97 == 0 ? 8.0f : 1.0f;
            row[c] = entry.shape.size() == 1 ? 1.0f : gain * normals[at];
            at = at + 1 == normals.size() ? 0 : at + 1;
        }
        narrowToBf16(row, bytes.data());
        out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: make_big_model DIRECTORY\n", stderr);
        return 2;
    }
    const std::filesystem::path directory = argv[1];
    std::filesystem::create_directories(directory);
    std::ofstream config(directory / "config.json");
    config << "{\"architectures\":[\"LlamaForCausalLM\"],\"model_type\":\"llama\","
              "\"hidden_size\":4096,\"intermediate_size\":14336,\"num_hidden_layers\":4,"
              "\"num_attention_heads\":32,\"num_key_value_heads\":8,\"vocab_size\":32768,"
              "\"rms_norm_eps\":1e-5,\"tie_word_embeddings\":false,\"torch_dtype\":\"bfloat16\"}\n";
    std::ofstream out(directory / "model.safetensors", std::ios::binary);
    const std::vector<Entry> list = entries();
    const std::string header = headerOf(list);
    const std::uint64_t size = header.size();
    out.write(reinterpret_cast<const char*>(&size), sizeof size); // little-endian hosts only
    out << header;
    for (const Entry& entry : list)
        writeValues(out, entry);
    out.flush();
    return config && out ? 0 : 1;
}
