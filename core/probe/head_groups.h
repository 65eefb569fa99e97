// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the head that are likely at like places of the text. What a row loses counts at the
// places where the model is in doubt about its token, so the second moments that matter to it are
// those of these places, and not of the whole text.
#pragma once

#include "probe/architecture.h"
#include "probe/evaluation.h"
#include "probe/input_covariance.h"

namespace bitloupe {

/// Fills the groups of `head`, whose mean is known. Shapes: normed [tokens, hidden], what the head
/// reads. The same for any thread count. Errors (in `run`): badWeights when logits are NaN, and
/// those of reading. Cost: one and an eighth products of `normed` with the head, and second moments
/// for each group. Memory: 128 MiB of logits; 64 floats a row; a group's second moments each.
void groupHeadRows(Evaluation& run, const Architecture& architecture,
    std::span<const float> normed, InputCovariance& head);

} // namespace bitloupe
