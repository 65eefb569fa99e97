// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/attention_inputs.h"

namespace bitloupe {

Result<std::optional<RotaryAngles>> layerAngles(const Attention& attention, std::size_t length)
{
    if (!attention.rotary)
        return std::optional<RotaryAngles>();
    auto angles = rotaryAngles(*attention.rotary, length);
    if (!angles)
        return angles.error();
    return std::optional(std::move(*angles));
}

AttentionShape attentionShape(const Attention& attention, std::size_t length)
{
    return {length, attention.heads, attention.kvHeads, attention.headDim, attention.scale,
        attention.softcap.value_or(0), attention.window};
}

QueryKeyValue attentionInputs(Evaluation& run, const Attention& attention,
    const std::optional<RotaryAngles>& angles, std::size_t length, std::size_t position,
    std::span<const float> x)
{
    QueryKeyValue inputs;
    if (attention.qkv) {
        inputs = splitQkv(attention, run.apply(*attention.qkv, x));
    } else {
        inputs.q = run.apply(*attention.q, x);
        inputs.k = run.apply(*attention.k, x);
        inputs.v = run.apply(*attention.v, x);
    }
    if (attention.qNorm)
        inputs.q = run.normalise(*attention.qNorm, inputs.q);
    if (attention.kNorm)
        inputs.k = run.normalise(*attention.kNorm, inputs.k);
    if (!angles || run.failed())
        return inputs;
    run.check(rotate(*angles, length, position, attention.headDim, attention.heads, inputs.q,
        run.job()));
    run.check(rotate(*angles, length, position, attention.headDim, attention.kvHeads, inputs.k,
        run.job()));
    return inputs;
}

} // namespace bitloupe
