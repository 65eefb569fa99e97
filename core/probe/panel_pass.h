// SPDX-License-Identifier: GPL-3.0-or-later
// What the halves of a block share while a panel passes through them.
#pragma once

#include "probe/evaluation.h"
#include "probe/moments_recorder.h"

#include <functional>

namespace bitloupe {

struct PanelPass {
    Evaluation& run;
    MomentsRecorder& moments;
    std::size_t length = 0; // tokens of a sequence
    std::size_t tokens = 0; // of all sequences
    ProbeTier tier = ProbeTier::none;
    bool recordsInputs = false; // false while a block is computed again for its gradients

    /// Notes the second moments of `x` as the input of these matrices.
    void recordInput(std::initializer_list<const Linear*> linears, const Floats& x) const;
    /// Notes the second moments of the gradient at a matrix's output, all tokens passing.
    void recordGradient(const Linear& linear, const Floats& gradient) const;
};

/// Calls work(pass, first token) for a text in parts of whole sequences, so that attention finds
/// all it sees and no product holds more than some thousand tokens. Ends at a failure of `run`.
void forParts(Evaluation& run, MomentsRecorder& recorder, std::size_t length, std::size_t tokens,
    const std::function<void(const PanelPass& pass, std::size_t firstToken)>& work);

} // namespace bitloupe
