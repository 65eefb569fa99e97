// SPDX-License-Identifier: GPL-3.0-or-later
// Curves of the weight blocks of GGUF, which take longer than all other measuring: so they are
// added to an analysis when a target asks for them.
#pragma once

#include "measure/measure.h"

#include <memory>

namespace bitloupe {

/// The analysis with the block codecs in the curves of measured tensors: what both encoders lose,
/// and what the moments say of it where the analysis has some. An analysis that has them is
/// returned as it is. The same numbers for any thread count, and whether moments came before or
/// after. `onTensor` is called from any thread when a tensor is done. Phase: "measuring blocks".
/// Errors: badPlan when analysis and model do not fit; cancelled, ioRead, changedOnDisk,
/// outOfMemory.
/// Cost: encodes 32,768 elements of a tensor or a multiple of it, about 0.05 s of one core.
Result<Analysis> addBlockCurves(std::shared_ptr<const Model> model, Analysis analysis,
    const Job& job, const OnTensor& onTensor = {});

} // namespace bitloupe
