// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/head_pass.h"

#include "probe/logits.h"
#include "probe/panel.h"
#include "probe/second_moments.h"

#include <algorithm>

namespace bitloupe {

void headForward(const PanelPass& pass, const Architecture& architecture, const Floats& states)
{
    if (architecture.finalNorm && architecture.head)
        pass.recordInput(
            {&*architecture.head}, pass.run.normalise(*architecture.finalNorm, states));
}

HeadGradient headBackward(
    const PanelPass& pass, const Architecture& architecture, const Floats& states)
{
    Evaluation& run = pass.run;
    const Linear& head = *architecture.head;
    const Floats normed = run.normalise(*architecture.finalNorm, states);
    pass.recordInput({&head}, normed);
    const Weight weight = run.load(head);
    HeadGradient result {std::vector<std::uint32_t>(pass.tokens), Floats(states.size())};
    Floats atNormed(states.size());
    std::vector<double> sums(head.out);
    const std::size_t chunk = std::clamp<std::size_t>(logitsAtOnce / head.out, 1, pass.tokens);
    for (std::size_t begin = 0; begin < pass.tokens && !run.failed(); begin += chunk) {
        const std::size_t count = std::min(chunk, pass.tokens - begin);
        const auto rows = std::span(normed).subspan(begin * head.in, count * head.in);
        Floats logits = run.apply(head, weight, rows);
        if (run.failed())
            break;
        const Draw draw {labelKey(), begin, 1, architecture.logitSoftcap.value_or(0)};
        const auto labels = std::span(result.labels).subspan(begin, count);
        run.check(drawAndDifferentiate(draw, logits, head.out, 0, labels, run.job()));
        const Floats squares = meanSquares(logits, head.out);
        for (std::size_t i = 0; i < head.out; ++i)
            sums[i] += static_cast<double>(squares[i]) * static_cast<double>(count);
        run.back(weight, logits, std::span(atNormed).subspan(begin * head.in, count * head.in));
    }
    Floats mean(head.out);
    std::transform(sums.begin(), sums.end(), mean.begin(), [&](double sum) {
        return static_cast<float>(sum / static_cast<double>(pass.tokens));
    });
    if (!run.failed())
        pass.moments.gradient(head, mean, pass.tokens, pass.tokens);
    run.normaliseBack(*architecture.finalNorm, states, atNormed, result.gradient);
    return result;
}

} // namespace bitloupe
