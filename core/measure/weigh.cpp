// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/weigh.h"

#include "measure/revise_tensors.h"
#include "measure/weighted_curve.h"

namespace bitloupe {
namespace {

void dropProbe(TensorScore& score)
{
    score.probed = ProbeTier::none;
    score.inputEnergy = unknownValue;
    for (RatePoint& point : score.curve)
        point.probed = {};
}

} // namespace

Result<Analysis> weighCurves(std::shared_ptr<const Model> model, Analysis analysis,
    std::shared_ptr<const Moments> moments, const Job& job, const OnTensor& onTensor)
{
    std::vector<ErrorWeights> weights(model->tensors.size());
    std::vector<TensorId> reached;
    analysis.moments = std::move(moments);
    for (std::uint32_t i = 0; i < analysis.tensors.size() && i < weights.size(); ++i) {
        dropProbe(analysis.tensors[i]);
        const TensorId id {i};
        auto made = ErrorWeights::make(model->tensor(id), id, analysis.moments);
        if (!made)
            return made.error();
        weights[i] = std::move(*made);
        if (weights[i].any() && analysis.tensors[i].state == TensorState::measured)
            reached.push_back(id);
    }
    const auto revise = [&](TensorId id, TensorScore& score) -> Result<void> {
        const auto reader = FloatReader::open(model, id);
        if (!reader)
            return reader.error();
        for (const CodecFamily family : {CodecFamily::affine, CodecFamily::block})
            if (auto weighed = weighCurve(model->tensor(id), *reader, weights[id.index()], family,
                    analysis.scaleType, job, score);
                !weighed)
                return weighed;
        return {};
    };
    if (auto done = reviseTensors(
            *model, std::move(reached), "weighing", analysis, job, onTensor, revise);
        !done)
        return done.error();
    return analysis;
}

} // namespace bitloupe
