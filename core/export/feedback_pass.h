// SPDX-License-Identifier: GPL-3.0-or-later
// Encoding with error feedback: the model reads its own text once, block by block, and each group
// of matrices is encoded as soon as the second moments of its input are known. The float model
// reads beside it, and what is encoded is moved a part of the way to where its outputs are met.
#pragma once

#include "export/tile_encoder.h"

#include <vector>

namespace bitloupe {

/// Encodes every tile: with feedback those that the walk through the model reaches with enough
/// tokens, the others by search; why is noted. Errors: as encodeWeights, and those of the walk;
/// a model that cannot be walked through is encoded by search.
/// Memory: the walk's, the factors of eight inputs, and the decoded weights of one group.
Result<std::vector<DecisionSums>> encodeWithFeedback(
    const EncodeInput& input, TileEncoder& encoder, const Job& job);

} // namespace bitloupe
