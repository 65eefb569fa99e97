// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/stored_order.h"

#include "base/checked.h"

#include <algorithm>
#include <map>

namespace bitloupe {
namespace {

bool endsWithAny(std::string_view name, std::initializer_list<std::string_view> ends)
{
    return std::any_of(ends.begin(), ends.end(),
        [name](std::string_view end) { return name.ends_with(end); });
}

bool isConv1d(const TensorInfo& tensor)
{
    return tensor.shape.size() == 2
        && endsWithAny(tensor.name, {"c_attn.weight", "c_proj.weight", "c_fc.weight"});
}

/// Other families have modules of the same names that are plain linear layers.
bool usesConv1d(std::span<const TensorInfo> tensors, std::string_view modelType)
{
    if (!modelType.empty())
        return modelType == "gpt2" || modelType == "openai-gpt" || modelType == "imagegpt"
            || modelType == "decision_transformer";
    return std::any_of(tensors.begin(), tensors.end(), [](const TensorInfo& tensor) {
        return isConv1d(tensor) && tensor.name.ends_with("c_attn.weight")
            && checkedMul(tensor.shape[0], 3) == tensor.shape[1];
    });
}

/// The two stacked matrices of one layer's experts.
struct Stack {
    TensorInfo* gateUp = nullptr;
    TensorInfo* down = nullptr;
};

bool isTwice(std::uint64_t value, std::uint64_t half) { return checkedMul(half, 2) == value; }

bool isTransposed(const Stack& stack, std::string_view modelType, std::uint64_t hiddenSize)
{
    bool plain = true;
    bool turned = true;
    if (stack.gateUp) {
        const Shape& shape = stack.gateUp->shape;
        plain = hiddenSize == 0 || shape[2] == hiddenSize;
        turned = hiddenSize == 0 || shape[1] == hiddenSize;
    }
    if (stack.gateUp && stack.down) {
        const Shape& up = stack.gateUp->shape;
        const Shape& down = stack.down->shape;
        plain = plain && isTwice(up[1], down[2]) && up[2] == down[1];
        turned = turned && isTwice(up[2], down[1]) && up[1] == down[2];
    } else if (stack.down) {
        plain = hiddenSize == 0 || stack.down->shape[1] == hiddenSize;
        turned = hiddenSize == 0 || stack.down->shape[2] == hiddenSize;
    }
    if (plain != turned)
        return turned;
    return modelType == "llama4" || modelType == "llama4_text" || modelType == "gpt_oss"
        || modelType.starts_with("qwen3_vl_moe");
}

} // namespace

void markTransposed(
    std::span<TensorInfo> tensors, std::string_view modelType, std::uint64_t hiddenSize)
{
    const bool conv1d = usesConv1d(tensors, modelType);
    std::map<std::string_view, Stack> stacks;
    for (TensorInfo& tensor : tensors) {
        tensor.transposed = conv1d && isConv1d(tensor);
        if (tensor.shape.size() != 3)
            continue;
        const std::string_view stem
            = std::string_view(tensor.name).substr(0, tensor.name.rfind('.') + 1);
        if (tensor.name.ends_with("experts.gate_up_proj"))
            stacks[stem].gateUp = &tensor;
        else if (tensor.name.ends_with("experts.down_proj"))
            stacks[stem].down = &tensor;
    }
    for (const auto& [stem, stack] : stacks) {
        const bool transposed = isTransposed(stack, modelType, hiddenSize);
        for (TensorInfo* tensor : {stack.gateUp, stack.down}) {
            if (tensor)
                tensor->transposed = transposed;
        }
    }
}

} // namespace bitloupe
