// SPDX-License-Identifier: GPL-3.0-or-later
// The walk through a mixture of experts: what each expert reads, tokens routed as the model does.
#pragma once

#include "probe/expert_rows.h"
#include "probe/input_covariance.h"
#include "probe/panel_pass.h"

namespace bitloupe {

/// inputs(), downInputs() and output() once each, in this order; matrices may be replaced between.
/// Experts that no token reaches are left out. Single-thread.
class ExpertWalk {
public:
    ExpertWalk(const Experts& experts, MomentsRecorder& recorder, std::size_t length);

    /// Shapes: normed [tokens, hidden].
    std::vector<InputCovariance> inputs(Evaluation& run, Floats normed);
    std::vector<InputCovariance> downInputs(Evaluation& run);
    /// The block's output, [tokens, hidden].
    Floats output(Evaluation& run);

private:
    PanelPass pass(Evaluation& run, std::size_t tokens) const;
    bool reached(std::size_t expert) const { return !m_routing.uses[expert].empty(); }

    const Experts& m_experts;
    MomentsRecorder& m_recorder;
    std::size_t m_length;
    Floats m_normed;
    Routing m_routing;
    std::vector<Floats> m_inner; // by expert; the shared one's is last
};

} // namespace bitloupe
