// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/weigh.h"

#include "job/parallel.h"
#include "measure/weighted_curve.h"

#include <algorithm>

namespace bitloupe {
namespace {

void dropProbe(TensorScore& score)
{
    score.probed = ProbeTier::none;
    score.inputEnergy = unknownValue;
    for (RatePoint& point : score.curve)
        point.probed = {};
}

// Large tensors first, so that no thread is left alone with one at the end.
std::vector<TensorId> orderOfWork(const Model& model, const std::vector<TensorId>& ids)
{
    std::vector<TensorId> order = ids;
    std::stable_sort(order.begin(), order.end(), [&](TensorId a, TensorId b) {
        return model.tensor(a).byteSize > model.tensor(b).byteSize;
    });
    return order;
}

} // namespace

Result<Analysis> weighCurves(std::shared_ptr<const Model> model, Analysis analysis,
    std::shared_ptr<const Moments> moments, const Job& job, const OnTensor& onTensor)
{
    std::vector<ErrorWeights> weights(model->tensors.size());
    std::vector<TensorId> reached;
    std::uint64_t bytes = 0;
    analysis.moments = std::move(moments);
    for (std::uint32_t i = 0; i < analysis.tensors.size() && i < weights.size(); ++i) {
        dropProbe(analysis.tensors[i]);
        const TensorId id {i};
        auto made = ErrorWeights::make(model->tensor(id), id, analysis.moments);
        if (!made)
            return made.error();
        weights[i] = std::move(*made);
        if (!weights[i].any() || analysis.tensors[i].state != TensorState::measured)
            continue;
        reached.push_back(id);
        bytes += model->tensor(id).byteSize;
    }
    const std::vector<TensorId> order = orderOfWork(*model, reached);
    ProgressMeter meter(job, "weighing", bytes);
    auto done = parallelFor(job, order.size(), [&](std::size_t at) -> Result<void> {
        const TensorId id = order[at];
        auto reader = FloatReader::open(model, id);
        if (!reader)
            return reader.error();
        TensorScore& score = analysis.tensors[id.index()];
        for (const CodecFamily family : {CodecFamily::affine, CodecFamily::block})
            if (auto weighed = weighCurve(model->tensor(id), *reader, weights[id.index()], family,
                    analysis.scaleType, job, score);
                !weighed)
                return weighed;
        if (onTensor)
            onTensor(id, score);
        meter.add(model->tensor(id).byteSize);
        return {};
    });
    if (!done)
        return done.error();
    if (auto same = model->unchanged(); !same)
        return same.error();
    return analysis;
}

} // namespace bitloupe
