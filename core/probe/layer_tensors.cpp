// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/layer_tensors.h"

#include "base/quoted.h"
#include "probe/families.h"

namespace bitloupe {
namespace {

// Far above any model; keeps sums of sizes from overflowing and allocations sane.
constexpr std::uint64_t maxWidth = std::uint64_t(1) << 24;

bool isNorm(const TensorInfo& tensor)
{
    return tensor.role == TensorRole::norm && tensor.shape.size() == 1;
}

void add(LayerTensors& layer, const TensorInfo& tensor, TensorId id)
{
    if (tensor.role == TensorRole::auxiliary)
        return;
    layer.all.push_back(id);
    if (isNorm(tensor)) {
        layer.norms.push_back(id);
    } else if (tensor.shape.size() >= 2 && tensor.role != TensorRole::bias) {
        const bool fresh = layer.matrices.try_emplace({tensor.role, tensor.expert}, id).second;
        if (!fresh)
            layer.doubled.push_back(tensor.role);
    }
}

} // namespace

std::optional<TensorId> LayerTensors::find(TensorRole role, int expert) const
{
    const auto found = matrices.find({role, expert});
    return found == matrices.end() ? std::nullopt : std::optional(found->second);
}

std::vector<LayerTensors> groupByLayer(const Model& model, std::size_t layers)
{
    std::vector<LayerTensors> groups(layers + 1);
    for (std::size_t i = 0; i < layers; ++i)
        groups[i].place = "layer " + std::to_string(i);
    groups[layers].place = "the model";
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        const TensorInfo& tensor = model.tensors[i];
        if (tensor.role == TensorRole::vision || tensor.role == TensorRole::projector)
            continue;
        const TensorId id {static_cast<std::uint32_t>(i)};
        if (tensor.layer < 0)
            add(groups[layers], tensor, id);
        else if (static_cast<std::size_t>(tensor.layer) < layers)
            add(groups[static_cast<std::size_t>(tensor.layer)], tensor, id);
    }
    return groups;
}

std::string_view moduleName(std::string_view tensorName)
{
    const std::size_t dot = tensorName.rfind('.');
    if (dot == std::string_view::npos)
        return tensorName;
    const std::string_view path = tensorName.substr(0, dot);
    return path.substr(path.rfind('.') + 1); // npos + 1 is 0
}

TensorParts::TensorParts(const Model& model, Obstacles& obstacles)
    : m_model(model)
    , m_obstacles(obstacles)
    , m_used(model.tensors.size(), false)
{
}

bool TensorParts::readable(TensorId id)
{
    const TensorInfo& tensor = m_model.tensor(id);
    if (dtypeInfo(tensor.dtype).analysed)
        return true;
    m_obstacles.againstForward(inQuotes(tensor.name) + " is stored as "
        + std::string(dtypeInfo(tensor.dtype).name) + ", which the probe does not read");
    return false;
}

std::optional<TensorId> TensorParts::biasOf(TensorId weight, std::uint64_t slabs, std::size_t out)
{
    const std::string& name = m_model.tensor(weight).name;
    constexpr std::string_view end = ".weight";
    const auto id = m_model.find(name.ends_with(end)
            ? name.substr(0, name.size() - end.size()) + ".bias"
            : name + "_bias");
    if (!id)
        return std::nullopt;
    const TensorInfo& bias = m_model.tensor(*id);
    m_used[id->index()] = true;
    if (bias.elements() != slabs * out) {
        m_obstacles.againstForward(inQuotes(bias.name) + " holds " + std::to_string(bias.elements())
            + " values, expected " + std::to_string(slabs * out));
        return std::nullopt;
    }
    return readable(*id) ? id : std::nullopt;
}

std::optional<Linear> TensorParts::linear(TensorId id, std::uint64_t slab)
{
    const TensorInfo& tensor = m_model.tensor(id);
    m_used[id.index()] = true;
    const auto view = matrixView(tensor.shape);
    if (!view || slab >= view->slabs || view->rows > maxWidth || view->columns > maxWidth
        || view->slabs > maxWidth) {
        m_obstacles.againstForward(inQuotes(tensor.name) + " is not a matrix that can be evaluated");
        return std::nullopt;
    }
    if (!readable(id))
        return std::nullopt;
    Linear linear {id, slab, view->columns, view->rows, tensor.transposed, {}};
    if (tensor.transposed)
        std::swap(linear.in, linear.out);
    linear.bias = biasOf(id, view->slabs, linear.out);
    return linear;
}

std::optional<Linear> TensorParts::linear(
    const LayerTensors& layer, TensorRole role, int expert, std::uint64_t slab)
{
    const auto id = layer.find(role, expert);
    return id ? linear(*id, slab) : std::nullopt;
}

std::optional<Norm> TensorParts::norm(TensorId id, std::size_t width, double epsilon)
{
    const TensorInfo& tensor = m_model.tensor(id);
    m_used[id.index()] = true;
    if (tensor.elements() != width) {
        m_obstacles.againstForward(inQuotes(tensor.name) + " holds "
            + std::to_string(tensor.elements()) + " values, expected " + std::to_string(width));
        return std::nullopt;
    }
    if (!readable(id))
        return std::nullopt;
    Norm norm {id, biasOf(id, 1, width), width, false, false, epsilon};
    norm.removesMean = norm.bias || normsRemoveMean(m_model.config.modelType);
    // GGUF has the one added in.
    norm.plusOne = m_model.format != ModelFormat::gguf
        && storesNormsMinusOne(m_model.config.modelType);
    return norm;
}

bool TensorParts::expect(
    const Linear& linear, std::string_view what, std::size_t found, std::size_t expected)
{
    if (found == expected)
        return true;
    m_obstacles.againstForward(inQuotes(name(linear.tensor)) + " has " + std::to_string(found) + " "
        + std::string(what) + ", expected " + std::to_string(expected));
    return false;
}

} // namespace bitloupe
