// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/mint.h"

#include <algorithm>

namespace bitloupe {
namespace {

struct Configuration {
    int bits, groupSize;
};
constexpr Configuration configurations[] = {
    {2, 32}, {3, 64}, {4, 32}, {4, 64}, {4, 128}, {8, 64}, {8, 128}};

bool known(const Codec& codec)
{
    return std::any_of(
        std::begin(configurations), std::end(configurations), [&](const Configuration& c) {
            return c.bits == codec.bits && c.groupSize == codec.groupSize;
        });
}

double prior(const Decision& decision, int lastLayer)
{
    switch (decision.role) {
    case TensorRole::embedding:
    case TensorRole::positionEmbedding:
    case TensorRole::lmHead:
        return 10;
    case TensorRole::router:
    case TensorRole::sharedRouter:
    case TensorRole::vision:
    case TensorRole::projector:
        return 8;
    default:
        break;
    }
    if (decision.layer == 0)
        return 3;
    return decision.layer > 0 && decision.layer == lastLayer ? 2 : 1;
}

} // namespace

std::vector<double> mintPriors(const TargetProfile& profile)
{
    int lastLayer = -1;
    for (const Decision& decision : profile.decisions)
        lastLayer = std::max(lastLayer, decision.layer);
    std::vector<double> priors;
    priors.reserve(profile.decisions.size());
    for (const Decision& decision : profile.decisions)
        priors.push_back(prior(decision, lastLayer));
    return priors;
}

void applyMintOptions(const TargetProfile& profile, const Evidence& evidence, double floorDb,
    Constraints& constraints)
{
    const double largest = nrmseAt(floorDb);
    for (std::size_t d = 0; d < profile.decisions.size(); ++d) {
        AllowedOptions& allowed = constraints.decisions[d];
        if (allowed.pinned)
            continue;
        std::uint64_t kept = 0;
        for (std::size_t o = 0; o < profile.decisions[d].options.size(); ++o) {
            const Codec& candidate = codec(profile.decisions[d].options[o].codec);
            const bool usable = candidate.family == CodecFamily::stored
                || (known(candidate) && evidence.decisions[d].details[o].nrmseRound <= largest);
            if (usable)
                kept |= std::uint64_t(1) << o;
        }
        // The last option keeps the floats, so something is left without a rule; a floor rule
        // that names no configuration of MINT's stands as it is.
        if ((allowed.mask & kept) != 0)
            allowed.mask &= kept;
    }
}

} // namespace bitloupe
