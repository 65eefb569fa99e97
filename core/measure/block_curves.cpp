// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/block_curves.h"

#include "job/parallel.h"
#include "measure/rate_distortion.h"
#include "measure/weighted_curve.h"
#include "numeric/tile_sums.h"

#include <algorithm>

namespace bitloupe {
namespace {

Result<void> measureBlocks(const TensorInfo& tensor, const MatrixView& view,
    const FloatReader& reader, DType scaleType, const Job& job, TensorScore& score)
{
    RateDistortion curve(tensor, view, CodecFamily::block, scaleType, false);
    for (std::uint64_t part = 0; part < curve.parts(); ++part)
        if (auto done = curve.measurePart(reader, part, job); !done)
            return done;
    curve.finish(score);
    return {};
}

Result<void> addTo(const std::shared_ptr<const Model>& model, TensorId id, const Job& job,
    Analysis& analysis)
{
    const TensorInfo& tensor = model->tensor(id);
    const auto view = matrixView(tensor.shape);
    if (!view)
        return {};
    auto reader = FloatReader::open(model, id);
    if (!reader)
        return reader.error();
    TensorScore& score = analysis.tensors[id.index()];
    if (auto done = measureBlocks(tensor, *view, *reader, analysis.scaleType, job, score); !done)
        return done;
    const auto weights = ErrorWeights::make(tensor, id, analysis.moments);
    if (!weights)
        return weights.error();
    if (!weights->any())
        return {};
    return weighCurve(
        tensor, *reader, *weights, CodecFamily::block, analysis.scaleType, job, score);
}

} // namespace

Result<Analysis> addBlockCurves(std::shared_ptr<const Model> model, Analysis analysis,
    const Job& job, const OnTensor& onTensor)
{
    if (analysis.blockCurves)
        return analysis;
    if (analysis.tensors.size() != model->tensors.size())
        return Error {Errc::badPlan, model->name, "the analysis has other tensors"};
    std::vector<TensorId> order;
    std::uint64_t bytes = 0;
    for (std::uint32_t i = 0; i < analysis.tensors.size(); ++i) {
        if (analysis.tensors[i].state != TensorState::measured)
            continue;
        order.push_back(TensorId {i});
        bytes += model->tensors[i].byteSize;
    }
    // Large tensors first, so that no thread is left alone with one at the end.
    std::stable_sort(order.begin(), order.end(), [&](TensorId a, TensorId b) {
        return model->tensor(a).byteSize > model->tensor(b).byteSize;
    });
    ProgressMeter meter(job, "measuring blocks", bytes);
    auto done = parallelFor(job, order.size(), [&](std::size_t at) -> Result<void> {
        const TensorId id = order[at];
        if (auto added = addTo(model, id, job, analysis); !added)
            return added;
        if (onTensor)
            onTensor(id, analysis.tensors[id.index()]);
        meter.add(model->tensor(id).byteSize);
        return {};
    });
    if (!done)
        return done.error();
    if (auto same = model->unchanged(); !same)
        return same.error();
    analysis.blockCurves = true;
    return analysis;
}

} // namespace bitloupe
