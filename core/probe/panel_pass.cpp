// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/panel_pass.h"

#include "probe/second_moments.h"

namespace bitloupe {

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

} // namespace bitloupe
