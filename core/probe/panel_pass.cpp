// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/panel_pass.h"

#include "probe/second_moments.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::size_t tokensInPart = 2048;

} // namespace

void PanelPass::recordInput(std::initializer_list<const Linear*> linears, const Floats& x) const
{
    if (!recordsInputs || run.failed())
        return;
    Floats squares;
    for (const Linear* linear : linears) {
        if (!linear)
            continue;
        if (squares.empty())
            squares = meanSquares(x, linear->in);
        moments.input(*linear, squares);
    }
}

void PanelPass::recordGradient(const Linear& linear, const Floats& gradient) const
{
    if (run.failed() || gradient.empty())
        return;
    const std::size_t passed = gradient.size() / linear.out;
    moments.gradient(linear, meanSquares(gradient, linear.out), passed, tokens);
}

void forParts(Evaluation& run, MomentsRecorder& recorder, std::size_t length, std::size_t tokens,
    const std::function<void(const PanelPass& pass, std::size_t firstToken)>& work)
{
    const std::size_t most = std::max<std::size_t>(1, tokensInPart / length) * length;
    for (std::size_t first = 0; first < tokens && !run.failed(); first += most)
        work({run, recorder, length, std::min(most, tokens - first), ProbeTier::full, false},
            first);
}

} // namespace bitloupe
