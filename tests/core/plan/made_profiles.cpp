// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/made_profiles.h"

#include "codec/codec.h"
#include "plan/gaussian_error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace bitloupe::test {
namespace {

struct MatrixShape {
    TensorRole role;
    std::uint64_t rows, columns;
};
constexpr std::array<MatrixShape, 6> matrixShapes {{
    {TensorRole::attentionQ, 576, 576},
    {TensorRole::attentionK, 192, 576},
    {TensorRole::mlpUp, 1536, 576},
    {TensorRole::mlpDown, 576, 1536},
    {TensorRole::other, 320, 2880}, // groups of 128 do not divide it
    {TensorRole::attentionO, 64, 64},
}};

Decision makeDecision(
    std::size_t index, const MatrixShape& shape, std::uint64_t key, std::size_t mostOptions)
{
    Decision decision;
    decision.name = "model.layers." + std::to_string(index / matrixShapes.size()) + ".part"
        + std::to_string(index % matrixShapes.size());
    decision.sourceNames = {decision.name + ".weight"};
    decision.role = shape.role;
    decision.layer = static_cast<int>(index / matrixShapes.size());
    decision.rows = shape.rows;
    decision.columns = shape.columns;
    decision.elements = shape.rows * shape.columns;
    for (const Codec& codec : codecs()) {
        if (codec.family != CodecFamily::affine)
            continue;
        if (const auto row = rowLayout(codec, shape.columns, DType::BF16))
            decision.options.push_back({codec.id, 330, row->total() * shape.rows});
    }
    while (decision.options.size() + 1 > mostOptions)
        decision.options.erase(decision.options.begin()
            + static_cast<std::ptrdiff_t>(
                randomBelow(key, decision.options.size(), decision.options.size())));
    decision.options.push_back({findCodec("bf16")->id, 110, 2 * decision.elements});
    std::sort(decision.options.begin(), decision.options.end(),
        [](const CodecOption& a, const CodecOption& b) { return a.dataBytes < b.dataBytes; });
    return decision;
}

DecisionEvidence makeEvidence(const Decision& decision, std::uint64_t key, bool wild)
{
    DecisionEvidence evidence;
    evidence.known = true;
    const double factor = std::exp(0.2 * randomNormal(key, 100));
    for (std::size_t o = 0; o < decision.options.size(); ++o) {
        const GaussianError guess = gaussianError(codec(decision.options[o].codec));
        OptionEvidence option;
        option.nrmse = wild && o + 1 < decision.options.size() ? .3 * randomUniform(key, 200 + o)
                                                               : factor * guess.search;
        option.damage = option.nrmse * option.nrmse;
        evidence.options.push_back(option);
        evidence.details.push_back({wild ? 1.2 * option.nrmse : factor * guess.round});
    }
    return evidence;
}

} // namespace

MadePlanCase makePlanCase(std::uint64_t seed, const MadeOptions& options)
{
    MadePlanCase made;
    made.profile.targetId = "mlx";
    made.profile.size = {
        .shardLimitBytes = options.shardLimitBytes, .shardHeaderBytes = 60, .headerAlignment = 8};
    made.evidence.modelDigest = "made";
    for (std::size_t d = 0; d < options.decisions; ++d) {
        const std::uint64_t key = randomBits(seed, d);
        const MatrixShape& shape = matrixShapes[d % matrixShapes.size()];
        made.profile.decisions.push_back(makeDecision(d, shape, key, options.mostOptions));
        const Decision& decision = made.profile.decisions.back();
        made.profile.parameters += decision.elements;
        made.evidence.decisions.push_back(makeEvidence(decision, key, options.wild));
    }
    return made;
}

} // namespace bitloupe::test
