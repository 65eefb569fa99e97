// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/head_covariance.h"

#include "probe/attention_inputs.h"
#include "probe/covariance_sums.h"
#include "probe/mlp_block.h"

#include <algorithm>
#include <new>

namespace bitloupe {
namespace {

constexpr std::size_t headTokens = 4096;

void passBlock(const PanelPass& pass, const Block& block, Floats& states)
{
    Evaluation& run = pass.run;
    const auto angles = layerAngles(block.attention, pass.length);
    if (!angles)
        return run.fail(angles.error());
    const Floats context = attentionContext(pass, block, *angles, states);
    addTo(states, run.normalise(block.attentionPostNorm, run.apply(block.attention.o, context)));
    const Floats inner = downRows(pass, block, states);
    addTo(states, run.normalise(block.mlpPostNorm, run.apply(block.mlp->down, inner)));
}

} // namespace

Floats attentionContext(const PanelPass& pass, const Block& block,
    const std::optional<RotaryAngles>& angles, std::span<const float> states)
{
    const Attention& attention = block.attention;
    const QueryKeyValue inputs = attentionInputs(pass.run, attention, angles, pass.length, 0,
        pass.run.normalise(block.attentionNorm, states));
    Floats context(pass.tokens * attention.o.in);
    if (!pass.run.failed())
        pass.run.check(attend(attentionShape(attention, pass.length), inputs.q, inputs.k, inputs.v,
            context, pass.run.job()));
    return context;
}

Floats downRows(const PanelPass& pass, const Block& block, std::span<const float> states)
{
    MlpTrace trace;
    mlpInner(pass, *block.mlp, pass.run.normalise(block.mlpNorm, states), trace);
    return std::move(trace.inner);
}

Result<InputCovariance> headCovariance(const std::shared_ptr<const Model>& model,
    const Architecture& architecture, const SelfText& text, const Job& job)
{
    try {
        const std::size_t length = text.options.length;
        const std::size_t tokens
            = std::min(text.ids.size(), std::max<std::size_t>(1, headTokens / length) * length);
        Evaluation run(model, job, nullptr);
        MomentsRecorder recorder(*model); // stays empty
        const PanelPass pass {run, recorder, length, tokens, ProbeTier::full, false};
        Floats states = run.lookUp(architecture, std::span(text.ids).first(tokens), length);
        for (const Block& block : architecture.blocks)
            if (!run.failed())
                passBlock(pass, block, states);
        CovarianceSums sums({&*architecture.head}, architecture.head->in);
        sums.add(run, run.normalise(architecture.finalNorm, states));
        if (run.failed())
            return run.error();
        return sums.take();
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, {}, "the second moments do not fit into memory"};
    }
}

} // namespace bitloupe
