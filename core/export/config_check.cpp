// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/config_check.h"

#include "base/checked.h"
#include "base/text.h"
#include "export/mlx_config.h"

#include <set>

namespace bitloupe {
namespace {

const TensorInfo* findTensor(const Model& model, const std::string& name)
{
    const auto id = model.find(name);
    return id ? &model.tensor(*id) : nullptr;
}

std::uint64_t lastAxis(const TensorInfo& info)
{
    return info.shape.empty() ? 0 : info.shape.back();
}

// Empty when the module's tensors hold what the configuration promises.
std::string moduleProblem(const MlxModuleBits& module, const TensorInfo& weight,
    const TensorInfo* scales, const TensorInfo* biases)
{
    const std::string where = printable(module.path, 120);
    if (scales == nullptr || biases == nullptr)
        return where + ": quantized in the configuration, but scales or biases are absent";
    if (weight.dtype != DType::U32 || scales->dtype != biases->dtype
        || scales->shape != biases->shape)
        return where + ": weight, scales and biases do not belong together";
    const auto columns = checkedMul(lastAxis(*scales), module.groupSize);
    const auto bits = columns ? checkedMul(*columns, module.bits) : std::nullopt;
    if (!bits || module.bits == 0 || *bits / 32 != lastAxis(weight) || *bits % 32 != 0)
        return where + ": " + std::to_string(module.bits) + " bits in groups of "
            + std::to_string(module.groupSize) + " do not fit the stored shapes";
    return {};
}

} // namespace

std::vector<std::string> mlxConfigProblems(const Model& written)
{
    std::vector<std::string> problems;
    const std::string_view text = written.configText;
    const std::string_view config = text.empty() ? std::string_view("{}") : text;
    const auto modules = readMlxQuantization(config);
    if (!modules)
        return {modules.error().message()};
    std::set<std::string> promised;
    for (const MlxModuleBits& module : *modules) {
        const TensorInfo* weight = findTensor(written, module.path + ".weight");
        if (weight == nullptr)
            continue; // a spelling for other loaders
        promised.insert(module.path);
        std::string problem = moduleProblem(module, *weight,
            findTensor(written, module.path + ".scales"),
            findTensor(written, module.path + ".biases"));
        if (!problem.empty())
            problems.push_back(std::move(problem));
    }
    constexpr std::string_view suffix = ".scales";
    for (const TensorInfo& info : written.tensors)
        if (info.name.ends_with(suffix)
            && !promised.contains(info.name.substr(0, info.name.size() - suffix.size())))
            problems.push_back(printable(info.name, 120) + ": scales of a module that the "
                "configuration does not call quantized");
    return problems;
}

} // namespace bitloupe
