// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/quantization_names.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

using Tensors = std::span<const TensorInfo>;

/// The tensor whose name ends in `other` where `tensor`'s ends in `ending`.
const TensorInfo* sibling(
    Tensors sorted, const TensorInfo& tensor, std::string_view ending, std::string_view other)
{
    std::string name = tensor.name.substr(0, tensor.name.size() - ending.size());
    name += other;
    const auto id = findTensor(sorted, name);
    return id ? &sorted[id->index()] : nullptr;
}

/// Zero points are packed and scales are not, so their widths tell the bits.
int bitsFromZeros(const TensorInfo* zeros, const TensorInfo* scales)
{
    if (!zeros || !scales || zeros->shape.size() != 2 || scales->shape.size() != 2
        || scales->shape[1] == 0 || zeros->shape[1] > scales->shape[1])
        return 0;
    return static_cast<int>(32 * zeros->shape[1] / scales->shape[1]);
}

std::optional<QuantizedSource> integerColumns(Tensors sorted, const TensorInfo& tensor)
{
    constexpr std::string_view ending = "qweight";
    if (!tensor.name.ends_with(".qweight") || tensor.dtype != DType::I32)
        return std::nullopt;
    const TensorInfo* const scales = sibling(sorted, tensor, ending, "scales");
    const TensorInfo* const zeros = sibling(sorted, tensor, ending, "qzeros");
    // GPTQ packs along the inputs, AWQ along the outputs.
    const bool packedInputs = scales && scales->shape.size() == 2 && tensor.shape.size() == 2
        && scales->shape[1] == tensor.shape[1];
    const bool gptq = sibling(sorted, tensor, ending, "g_idx") || packedInputs;
    return QuantizedSource {gptq ? "GPTQ" : "AWQ", bitsFromZeros(zeros, scales)};
}

/// Bits when only one pair of bits and group size explains the widths.
int mlxBits(const TensorInfo& weight, const TensorInfo& scales)
{
    if (weight.shape.empty() || scales.shape.empty() || scales.shape.back() == 0)
        return 0;
    const std::uint64_t product = weight.shape.back() * 32 / scales.shape.back();
    int found = 0;
    for (const std::uint64_t bits : {2u, 3u, 4u, 5u, 6u, 8u}) {
        for (const std::uint64_t group : {32u, 64u, 128u}) {
            if (bits * group == product && found != 0)
                return 0;
            if (bits * group == product)
                found = static_cast<int>(bits);
        }
    }
    return found;
}

std::optional<QuantizedSource> packedWeight(Tensors sorted, const TensorInfo& tensor)
{
    constexpr std::string_view ending = "weight";
    if (!tensor.name.ends_with(".weight") || tensor.shape.size() < 2)
        return std::nullopt;
    if (tensor.dtype == DType::U32) {
        if (const TensorInfo* const scales = sibling(sorted, tensor, ending, "scales"))
            return QuantizedSource {
                scales->dtype == DType::U8 ? "MLX float" : "MLX", mlxBits(tensor, *scales)};
    }
    if (tensor.dtype == DType::I8) {
        if (sibling(sorted, tensor, ending, "weight_scale"))
            return QuantizedSource {"compressed-tensors", 8};
        if (sibling(sorted, tensor, ending, "SCB"))
            return QuantizedSource {"bitsandbytes", 8};
    }
    if (tensor.dtype == DType::U8) {
        if (sibling(sorted, tensor, ending, "weight_scale_2"))
            return QuantizedSource {"NVFP4", 4};
        if (sibling(sorted, tensor, ending, "weight.absmax"))
            return QuantizedSource {"bitsandbytes", 4};
        if (sibling(sorted, tensor, ending, "weight_scale"))
            return QuantizedSource {"packed bytes", 0};
    }
    return std::nullopt;
}

std::optional<QuantizedSource> byEnding(Tensors sorted, const TensorInfo& tensor)
{
    const std::string_view name = tensor.name;
    if (name.ends_with("_blocks") && tensor.dtype == DType::U8
        && sibling(sorted, tensor, "_blocks", "_scales"))
        return QuantizedSource {"MXFP4", 4};
    if (name.ends_with(".weight_packed"))
        return QuantizedSource {"compressed-tensors", tensor.dtype == DType::U8 ? 4 : 0};
    if (name.find(".quant_state.bitsandbytes__") != std::string_view::npos)
        return QuantizedSource {"bitsandbytes", 4};
    if (name.ends_with(".SCB"))
        return QuantizedSource {"bitsandbytes", 8};
    if (name.ends_with(".q_weight") && sibling(sorted, tensor, "q_weight", "q_scale"))
        return QuantizedSource {"EXL2", 0};
    if (name.ends_with(".W_q"))
        return QuantizedSource {"HQQ", 0};
    if (name.ends_with(".codes") && sibling(sorted, tensor, "codes", "codebooks"))
        return QuantizedSource {"AQLM", 0};
    return std::nullopt;
}

std::optional<QuantizedSource> narrowFloat(const TensorInfo& tensor)
{
    if (tensor.shape.size() < 2)
        return std::nullopt;
    if (tensor.dtype == DType::F4)
        return QuantizedSource {"F4", 4};
    if (tensor.dtype == DType::F6_E2M3 || tensor.dtype == DType::F6_E3M2)
        return QuantizedSource {std::string(dtypeInfo(tensor.dtype).name), 6};
    return std::nullopt;
}

} // namespace

std::optional<QuantizedSource> quantizationByTensors(std::span<const TensorInfo> sorted)
{
    for (const TensorInfo& tensor : sorted) {
        if (auto found = integerColumns(sorted, tensor))
            return found;
        if (auto found = packedWeight(sorted, tensor))
            return found;
        if (auto found = byEnding(sorted, tensor))
            return found;
        if (auto found = narrowFloat(tensor))
            return found;
    }
    return std::nullopt;
}

} // namespace bitloupe
