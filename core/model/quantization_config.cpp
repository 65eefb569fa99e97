// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/quantization_config.h"

#include "base/text.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace bitloupe {
namespace {

using nlohmann::json;

constexpr std::int64_t maxBlock = 65'536;

Error unreadable(const std::string& what)
{
    return {Errc::badConfig, {}, "quantization_config cannot be read: " + what};
}

struct MethodRow {
    std::string_view key;
    std::string_view title;
    int bits; // when the method has only one width
};

constexpr auto methods = std::to_array<MethodRow>({
    {"gptq", "GPTQ", 0},
    {"awq", "AWQ", 0},
    {"bitsandbytes", "bitsandbytes", 0},
    {"compressed-tensors", "compressed-tensors", 0},
    {"mxfp4", "MXFP4", 4},
    {"hqq", "HQQ", 0},
    {"aqlm", "AQLM", 0},
    {"auto-round", "AutoRound", 0},
    {"intel/auto-round", "AutoRound", 0},
    {"bitnet", "BitNet", 0},
    {"quanto", "Quanto", 0},
    {"eetq", "EETQ", 8},
    {"torchao", "TorchAO", 0},
    {"exl2", "EXL2", 0},
    {"exl3", "EXL3", 0},
    {"modelopt", "ModelOpt", 0},
    {"fbgemm_fp8", "FBGEMM FP8", 8},
});

int bitsOf(const json& config)
{
    for (const std::string_view key : {"bits", "w_bit", "num_bits", "nbits"}) {
        if (const auto bits = jsonInteger(config, key, 1, 16))
            return static_cast<int>(*bits);
    }
    if (jsonBool(config, "load_in_4bit") == true || jsonBool(config, "_load_in_4bit") == true)
        return 4;
    if (jsonBool(config, "load_in_8bit") == true || jsonBool(config, "_load_in_8bit") == true)
        return 8;
    return 0;
}

/// The `weights` objects of all config_groups of compressed-tensors.
std::vector<const json*> weightGroups(const json& config)
{
    std::vector<const json*> found;
    const json* const groups = findJson(config, "config_groups");
    if (!groups || !groups->is_object())
        return found;
    for (const json& group : *groups) {
        if (const json* const weights = findJson(group, "weights"))
            found.push_back(weights);
    }
    return found;
}

bool isFloat8(const json* weights)
{
    return jsonString(*weights, "type") == "float" && jsonInteger(*weights, "num_bits") == 8;
}

Result<std::optional<std::array<std::uint64_t, 2>>> blockSize(const json& config)
{
    const json* const block = findJson(config, "weight_block_size");
    if (!block)
        return std::optional<std::array<std::uint64_t, 2>>();
    if (!block->is_array() || block->size() != 2)
        return unreadable("weight_block_size is not a list of two");
    const auto rows = integerOf((*block)[0], 1, maxBlock);
    const auto columns = integerOf((*block)[1], 1, maxBlock);
    if (!rows || !columns)
        return unreadable("a weight_block_size is not between 1 and 65536");
    return std::optional(std::array {
        static_cast<std::uint64_t>(*rows), static_cast<std::uint64_t>(*columns)});
}

Result<QuantizationConfig> readMethod(const json& config, const std::string& method)
{
    QuantizationConfig result;
    auto block = blockSize(config);
    if (!block)
        return block.error();
    const auto groups = weightGroups(config);
    const bool floatGroups = method == "compressed-tensors" && !groups.empty()
        && std::all_of(groups.begin(), groups.end(), isFloat8);
    const bool modelOptFp8
        = method == "modelopt" && jsonString(config, "quant_algo").value_or("").starts_with("FP8");
    if (method == "fp8" || method == "fbgemm_fp8" || floatGroups || modelOptFp8) {
        result.fp8 = true;
        result.fp8BlockSize = *block;
        return result;
    }
    const auto row = std::find_if(methods.begin(), methods.end(),
        [&](const MethodRow& candidate) { return candidate.key == method; });
    QuantizedSource source;
    source.method = row != methods.end() ? std::string(row->title) : printable(method, 40);
    source.bits = row != methods.end() && row->bits > 0 ? row->bits : bitsOf(config);
    for (const json* weights : groups) {
        if (source.bits == 0)
            source.bits = bitsOf(*weights);
    }
    result.quantized = source;
    return result;
}

Result<QuantizationConfig> readOne(const json& config)
{
    if (!config.is_object())
        return unreadable("it is not an object");
    const json* const method = findJson(config, "quant_method");
    if (method) {
        if (!method->is_string())
            return unreadable("quant_method is not a string");
        return readMethod(config, method->get<std::string>());
    }
    // MLX writes no method, but always both of these.
    if (findJson(config, "bits") && findJson(config, "group_size")) {
        if (bitsOf(config) == 0)
            return unreadable("bits makes no sense");
        QuantizationConfig result;
        const std::string mode = jsonString(config, "mode").value_or("affine");
        result.quantized = QuantizedSource {
            mode == "affine" ? "MLX" : "MLX " + printable(mode, 20), bitsOf(config)};
        return result;
    }
    if (findJson(config, "quant_algo"))
        return readMethod(config, "modelopt");
    return unreadable("it names no quant_method");
}

} // namespace

Result<QuantizationConfig> readQuantizationConfig(const json& outer, const json& text)
{
    for (const json* part : {&outer, &text}) {
        for (const std::string_view key : {"quantization", "quantization_config",
                 "compression_config"}) {
            const json* const config = findJson(*part, key);
            if (config)
                return readOne(*config);
        }
    }
    return QuantizationConfig();
}

} // namespace bitloupe
