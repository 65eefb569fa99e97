// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/revise_tensors.h"

#include "job/parallel.h"

#include <algorithm>

namespace bitloupe {

Result<void> reviseTensors(const Model& model, std::vector<TensorId> ids, std::string_view phase,
    Analysis& analysis, const Job& job, const OnTensor& onTensor,
    const std::function<Result<void>(TensorId id, TensorScore& score)>& revise)
{
    // Large tensors first, so that no thread is left alone with one at the end.
    std::stable_sort(ids.begin(), ids.end(), [&](TensorId a, TensorId b) {
        return model.tensor(a).byteSize > model.tensor(b).byteSize;
    });
    std::uint64_t bytes = 0;
    for (const TensorId id : ids)
        bytes += model.tensor(id).byteSize;
    ProgressMeter meter(job, phase, bytes);
    auto done = parallelFor(job, ids.size(), [&](std::size_t at) -> Result<void> {
        const TensorId id = ids[at];
        TensorScore& score = analysis.tensors[id.index()];
        if (auto revised = revise(id, score); !revised)
            return revised;
        if (onTensor)
            onTensor(id, score);
        meter.add(model.tensor(id).byteSize);
        return {};
    });
    return done ? model.unchanged() : done;
}

} // namespace bitloupe
