// SPDX-License-Identifier: GPL-3.0-or-later
// Which experts a token uses, with what weights, and the gradient of those choices.
#pragma once

#include "probe/evaluation.h"

namespace bitloupe {

struct Routing {
    struct Use {
        std::uint32_t token = 0;
        float weight = 0;
    };
    Floats probabilities; // softmax of the logits, [tokens, experts]
    std::vector<std::vector<Use>> uses; // by expert, tokens rising
};

/// The `perToken` most probable experts of every token; among equals the first.
/// Shapes: logits [tokens, experts], all finite.
Routing routeTokens(const Experts& experts, const Floats& logits);

/// Gradient at the logits. `weightGradients` are those at the weights of `routing.uses`, in their
/// order.
Floats routeBack(const Experts& experts, const Routing& routing,
    const std::vector<Floats>& weightGradients);

/// 1 / (1 + e^-x) of each value.
Floats sigmoids(const Floats& values);

} // namespace bitloupe
