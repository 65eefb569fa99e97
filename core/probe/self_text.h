// SPDX-License-Identifier: GPL-3.0-or-later
// Text that the model writes itself, as token ids: what feedback encoding learns from.
#pragma once

#include "job/job.h"
#include "model/model.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bitloupe {

struct SelfTextOptions {
    std::uint32_t sequences = 192;
    std::uint32_t length = 128; // tokens each, the first one included
    double temperature = 0.8; // at 1 small models drift off into noise (codec/README.md)
    std::uint64_t seed = 0;
};

/// sequences * length ids, one sequence after another.
struct SelfText {
    SelfTextOptions options;
    std::vector<std::uint32_t> ids;
};

/// Empty when the model can write; else why not (architecture, or its weights and the cache for
/// these options do not fit into `memoryBytes`).
std::string selfTextObstacle(
    const Model& model, std::uint64_t memoryBytes, const SelfTextOptions& options = {});

/// Samples from the model's own distribution, all sequences at once with a key-value cache: one
/// half starts at its BOS token, the other at tokens of the vocabulary panel, as do all where it has
/// no BOS. The same ids for any thread count. Phase: "writing self-text". Errors: as probeModel;
/// unsupported with the obstacle.
Result<SelfText> writeSelfText(
    std::shared_ptr<const Model> model, const SelfTextOptions& options, const Job& job);

} // namespace bitloupe
