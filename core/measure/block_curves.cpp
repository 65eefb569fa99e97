// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/block_curves.h"

#include "measure/rate_distortion.h"
#include "measure/revise_tensors.h"
#include "measure/weighted_curve.h"

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
    const Analysis& analysis, TensorScore& score)
{
    const TensorInfo& tensor = model->tensor(id);
    const auto view = matrixView(tensor.shape);
    if (!view)
        return {};
    auto reader = FloatReader::open(model, id);
    if (!reader)
        return reader.error();
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
    std::vector<TensorId> measured;
    for (std::uint32_t i = 0; i < analysis.tensors.size(); ++i)
        if (analysis.tensors[i].state == TensorState::measured)
            measured.push_back(TensorId {i});
    const auto revise = [&](TensorId id, TensorScore& score) {
        return addTo(model, id, job, analysis, score);
    };
    if (auto done = reviseTensors(*model, std::move(measured), "measuring blocks", analysis, job,
            onTensor, revise);
        !done)
        return done.error();
    analysis.blockCurves = true;
    return analysis;
}

} // namespace bitloupe
