// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/measure.h"

#include "measure/analysis_pass.h"

#include <algorithm>
#include <tuple>

namespace bitloupe {
namespace {

// Asked-for tensors first, then as they lie in the files. Sets `first` to how many were asked for.
std::vector<TensorId> orderOfWork(
    const Model& model, const std::vector<TensorId>& wanted, std::size_t& first)
{
    std::vector<TensorId> order;
    std::vector<bool> taken(model.tensors.size());
    for (const TensorId id : wanted) {
        if (id.index() < taken.size() && !taken[id.index()]) {
            taken[id.index()] = true;
            order.push_back(id);
        }
    }
    first = order.size();
    for (std::uint32_t i = 0; i < model.tensors.size(); ++i) {
        if (!taken[i])
            order.push_back(TensorId {i});
    }
    std::sort(order.begin() + static_cast<std::ptrdiff_t>(first), order.end(),
        [&](TensorId a, TensorId b) {
            const TensorInfo& left = model.tensor(a);
            const TensorInfo& right = model.tensor(b);
            return std::tie(left.shard, left.byteOffset, a)
                < std::tie(right.shard, right.byteOffset, b);
        });
    return order;
}

} // namespace

DType scaleTypeFor(const Model& model)
{
    std::uint64_t matrixBytes = 0;
    std::uint64_t f16Bytes = 0;
    for (const TensorInfo& tensor : model.tensors) {
        if (!matrixView(tensor.shape) || !dtypeInfo(tensor.dtype).analysed)
            continue;
        matrixBytes += tensor.byteSize;
        f16Bytes += tensor.dtype == DType::F16 ? tensor.byteSize : 0;
    }
    return f16Bytes > matrixBytes / 2 ? DType::F16 : DType::BF16;
}

int layerCount(const Model& model)
{
    int layers = 0;
    for (const TensorInfo& tensor : model.tensors)
        layers = std::max(layers, tensor.layer + 1);
    return layers;
}

Result<Analysis> measureModel(std::shared_ptr<const Model> model, const MeasureOptions& options,
    const Job& job, const OnTensor& onTensor)
{
    Analysis analysis;
    analysis.modelDigest = model->digest();
    analysis.scaleType = scaleTypeFor(*model);
    analysis.tensors.resize(model->tensors.size());
    std::size_t first = 0;
    const std::vector<TensorId> order = orderOfWork(*model, options.first, first);
    if (auto done = runFirstPass(model, options, order, job, onTensor, analysis); !done)
        return done.error();
    if (options.spectrum) {
        if (auto done = runSpectrumPass(model, order, first, job, onTensor, analysis); !done)
            return done.error();
    }
    if (auto same = model->unchanged(); !same)
        return same.error();
    analysis.complete = options.spectrum && options.curves;
    return analysis;
}

} // namespace bitloupe
