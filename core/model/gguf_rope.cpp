// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_rope.h"

#include "base/text.h"

#include <algorithm>

namespace bitloupe {
namespace {

RopeKind ropeKindOfKey(std::string_view word)
{
    if (word.empty() || word == "none")
        return RopeKind::plain;
    if (word == "linear")
        return RopeKind::linear;
    if (word == "yarn")
        return RopeKind::yarn;
    return word == "longrope" ? RopeKind::longrope : RopeKind::unknown;
}

bool sensibleFactors(const std::vector<float>& factors)
{
    return std::all_of(factors.begin(), factors.end(),
        [](float value) { return value > 1e-6f && value < 1e6f; });
}

} // namespace

RopeFacts readGgufRope(const std::function<std::optional<double>(std::string_view)>& positive,
    std::optional<std::string_view> kind, const GgufVector& vectors)
{
    RopeFacts facts;
    facts.theta = positive("rope.freq_base").value_or(10'000); // what clients take without it
    facts.kind = ropeKindOfKey(kind.value_or(""));
    facts.kindText = printable(kind.value_or("none"), 40);
    facts.factor = positive("rope.scaling.factor");
    facts.originalMaxPositions = positive("rope.scaling.original_context_length");
    facts.attentionFactor = positive("rope.scaling.attn_factor");
    facts.betaFast = positive("rope.scaling.yarn_beta_fast");
    facts.betaSlow = positive("rope.scaling.yarn_beta_slow");
    const auto divisors = vectors("rope_freqs.weight");
    const auto shorts = vectors("rope_factors_short.weight");
    if (const auto longs = vectors("rope_factors_long.weight"))
        facts.longFactors = *longs;
    // Divisors of the frequencies, whatever rule they came from, are what longrope's are.
    if (divisors || shorts) {
        facts.shortFactors = divisors ? *divisors : *shorts;
        facts.kind = sensibleFactors(facts.shortFactors) ? RopeKind::longrope : RopeKind::unknown;
        facts.kindText = divisors ? "rope_freqs" : "rope_factors_short";
        facts.attentionFactor = facts.attentionFactor.value_or(1);
    }
    return facts;
}

} // namespace bitloupe
