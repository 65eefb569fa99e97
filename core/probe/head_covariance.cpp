// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/head_covariance.h"

#include "probe/attention_inputs.h"
#include "probe/covariance_sums.h"
#include "probe/head_groups.h"
#include "probe/mlp_block.h"

#include <algorithm>
#include <new>

namespace bitloupe {
namespace {

void passBlock(const PanelPass& pass, const Block& block,
    const std::optional<RotaryAngles>& angles, std::span<float> states)
{
    Evaluation& run = pass.run;
    const Floats context = attentionContext(pass, block, angles, states);
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
        Evaluation run(model, job, nullptr);
        MomentsRecorder recorder(*model); // stays empty
        const std::size_t hidden = architecture.hidden;
        Floats states = run.lookUp(architecture, text.ids, text.options.length);
        const std::size_t length = text.options.length;
        const auto forAll = [&](const auto& work) {
            forParts(run, recorder, length, text.ids.size(),
                [&](const PanelPass& pass, std::size_t first) {
                    work(pass, std::span(states).subspan(first * hidden, pass.tokens * hidden));
                });
        };
        for (const Block& block : architecture.blocks) {
            const auto angles = layerAngles(block.attention, length);
            if (!angles)
                return angles.error();
            WeightStore weights; // read once for all parts
            run.useStore(weights, true);
            forAll([&](const PanelPass& pass, std::span<float> part) {
                passBlock(pass, block, *angles, part);
            });
        }
        WeightStore none;
        run.useStore(none, true);
        CovarianceSums sums({&*architecture.head}, architecture.head->in);
        forAll([&](const PanelPass&, std::span<float> part) {
            const Floats normed = run.normalise(architecture.finalNorm, part);
            sums.add(run, normed);
            std::ranges::copy(normed, part.begin());
        });
        InputCovariance head = sums.take();
        groupHeadRows(run, architecture, states, head);
        if (run.failed())
            return run.error();
        return head;
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, {}, "the second moments do not fit into memory"};
    }
}

} // namespace bitloupe
